import { chanceOf } from '../packages/sim/src/oracle/chance.ts';
import { type AccessList, type CredentialRule, type KeyRule } from '@claviger/domain';
import { cardLookup, qrKeyTag, qrLookup, uuidText } from '@claviger/protocol';
import { doorKeys, doorList, hmac, keyRule, worldStartsAt } from '@claviger/sim';

const dayMs = 86_400_000;
const keyed = { pepper: doorKeys.pepper, hmac };

/** What every engine is given: 32 weekly schedules, each with days and hours of its own. */
export const schedules = Array.from({ length: 32 }, (_, place) => ({
  id: `profile-${place}`,
  weekdays: 0b001_1111 | ((place & 0b11) << 5),
  from: 360 + place,
  until: 1320 - 2 * place,
}));

/** When the lock's own schedule is open: twice a day, fourteen windows a week; by weekday, Monday first. */
export const lockWindows = Array.from({ length: 7 }, (_, day) => [
  { from: 300, until: 750 + day },
  { from: 765 + day, until: 1380 },
]);

export interface Given {
  readonly id: string;
  readonly card: string;
  readonly schedule: number;
  readonly from: number;
  readonly until: number;
}

/** The UUID of a Key by its number: random enough to be spread over a list, the same in every run. */
function idOf(number: number): string {
  const digest = hmac(new Uint8Array(32), Uint8Array.of(number & 255, number >> 8, number >> 16));
  return uuidText(digest.slice(0, 16));
}

/** The number of a Key's card, in hexadecimal. */
export function cardNumberOf(id: string): string {
  return id.replaceAll('-', '').slice(0, 14);
}

/** So many Keys, some of them not yet or no more valid, each with one of the schedules and a card. */
export function givenKeys(count: number): readonly Given[] {
  const chance = chanceOf(count);
  return Array.from({ length: count }, (_, number) => {
    const id = idOf(number);
    return {
      id,
      card: cardLookup(Buffer.from(cardNumberOf(id), 'hex'), keyed),
      schedule: chance.below(schedules.length),
      from: worldStartsAt + (chance.below(120) - 110) * dayMs,
      until: worldStartsAt + (chance.below(120) - 10) * dayMs,
    };
  });
}

function ruleOf({ id, schedule, from, until }: Given): KeyRule {
  return keyRule({ id, from, until, profile: schedules[schedule]?.id });
}

const activeOf = (key: string) => ({ key, state: 'active', isDuress: false }) as const;

export function cardCredential({ id, card }: Given): CredentialRule {
  return { lookup: card, kind: 'card', assurance: 'low', ...activeOf(id) };
}

export function qrCredential({ id }: Given): CredentialRule {
  return { lookup: qrLookup(qrKeyTag(id)), kind: 'qr', assurance: 'medium', ...activeOf(id) };
}

/** The access list of one lock with these Keys; with or without their QRs. */
export function listOf(keys: readonly Given[], { hasQr }: { hasQr: boolean }): AccessList {
  return doorList({
    lock: { schedule: { isHolidayExempt: false, intervals: lockWindows }, takesStaticQr: true },
    profiles: schedules.map(({ id, weekdays, from, until }) => ({
      ...{ id, kind: 'own' as const, permissions: [] },
      scheduler: { weekdays, hours: { from, until } },
    })),
    keys: keys.map(ruleOf),
    credentials: [...keys.map(cardCredential), ...(hasQr ? keys.map(qrCredential) : [])],
  });
}
