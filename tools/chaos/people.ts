import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reader } from '@claviger/domain';
import { Refusal, Unreachable } from '@claviger/protocol';
import type { ChaosDoor } from './door.ts';
import type { ClaimedDoor, Installation } from './installation.ts';

/** A guest Key, and what its holder shows. */
interface HeldKey {
  readonly id: string;
  readonly name: string;
  readonly shows: readonly { readonly reader: Reader; readonly text: string }[];
  /** Whether the door has confirmed it; before that it would be a stranger's. */
  isKnown: boolean;
  isOver: boolean;
}

/** What people have done, for the audit. */
export interface Deeds {
  /** By the name of the Key: the most uses that a manager ever gave it at its lock. */
  readonly maxUses: Map<string, number>;
  /** Requests that were answered, those that were refused, and those that found the server away. */
  answered: number;
  refused: number;
  away: number;
}

export interface Household {
  readonly installation: Installation;
  readonly claimed: ClaimedDoor;
  readonly door: () => ChaosDoor;
  readonly deeds: Deeds;
  readonly isOver: () => boolean;
}

const keysAtADoor = 5;
const guestEveryMs = 75;
const managerEveryMs = 700;
const dayMs = 86_400_000;

function wallMinute(at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' },
  });
  return format.format(at).replace(' ', 'T');
}

function chance(oneOf: number): boolean {
  return randomInt(oneOf) === 0;
}

/** Does what a manager asks, or counts that it was refused (too many, say) or that nobody was there. */
async function ask<Answer>(deeds: Deeds, call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    const answer = await call();
    deeds.answered += 1;
    return answer;
  } catch (error) {
    if (error instanceof Unreachable) deeds.away += 1;
    else if (error instanceof Refusal) deeds.refused += 1;
    else throw error;
    return undefined;
  }
}

async function giveKey(household: Household, keys: HeldKey[]): Promise<void> {
  const { installation, claimed, deeds } = household;
  const card = randomBytes(7).toString('hex');
  const name = `${claimed.label.serial.slice(-4)} ${card}`;
  const maxUses = chance(4) ? undefined : randomInt(1, 30);
  if (maxUses !== undefined) deeds.maxUses.set(name, maxUses);
  const now = Date.now();
  const body = {
    ...{ lockId: claimed.lockId, name, card, withPicture: chance(3), language: 'en' as const },
    ...{ validFrom: wallMinute(now - dayMs), validUntil: wallMinute(now + dayMs) },
    ...(maxUses !== undefined && { maxUses }),
  };
  // The same intention, however often it has to be sent.
  const idempotencyKey = randomUUID();
  const create = () => installation.client.createGuestKey(installation.entityId, body, idempotencyKey);
  const made = await ask(deeds, create);
  if (!made) return;
  const { pin, picture } = made.secrets;
  const shows: HeldKey['shows'] = [
    { reader: 'card_reader', text: card },
    { reader: 'card_reader', text: card },
    ...(picture === undefined ? [] : [{ reader: 'qr_reader', text: picture } as const]),
    ...(pin === undefined || !chance(5) ? [] : [{ reader: 'keypad', text: pin } as const]),
  ];
  keys.push({ id: made.key.id, name, shows, isKnown: false, isOver: false });
}

async function changeKey({ installation, deeds }: Household, key: HeldKey): Promise<void> {
  const place = { entityId: installation.entityId, keyId: key.id };
  const known = await ask(deeds, () => installation.client.getKey(place));
  if (!known) return;
  if (chance(2)) {
    await ask(deeds, () => installation.client.deleteKey(place));
    return;
  }
  const now = Date.now();
  const change = {
    ...{
      version: known.version,
      validFrom: wallMinute(now - dayMs),
      validUntil: wallMinute(now + 2 * dayMs),
    },
    ...(known.maxUses !== undefined && { maxUses: known.maxUses }),
  };
  await ask(deeds, () => installation.client.updateKey(place, change));
}

/** Which Keys the door has confirmed: before that somebody who shows one would be a stranger to it. */
async function learnKeys({ installation, claimed, deeds }: Household, keys: HeldKey[]): Promise<void> {
  const query = { lockId: claimed.lockId, status: 'active', limit: 100 } as const;
  const page = await ask(deeds, () => installation.client.listKeys(installation.entityId, query));
  if (!page) return;
  for (const key of keys) {
    const found = page.items.find(({ id }) => id === key.id);
    if (found?.bindings[0]?.enforcement.state === 'enforced') key.isKnown = true;
  }
}

/** Gives Keys, changes some, takes some back, opens a door now and then, for as long as it goes on. */
export async function manage(household: Household, keys: HeldKey[]): Promise<void> {
  const { installation, claimed, deeds, isOver } = household;
  const place = { entityId: installation.entityId, lockId: claimed.lockId };
  while (!isOver()) {
    const living = keys.filter((key) => !key.isOver);
    if (living.length < keysAtADoor) await giveKey(household, keys);
    else if (chance(6)) {
      const key = living[randomInt(living.length)];
      if (key) await changeKey(household, key);
    }
    await learnKeys(household, keys);
    if (chance(8)) await ask(deeds, () => installation.client.openLock(place, randomUUID()));
    await pause(managerEveryMs);
  }
}

/** Guests show their Keys one after another; who was refused goes home. */
export async function visit({ door, isOver }: Household, keys: readonly HeldKey[]): Promise<void> {
  while (!isOver()) {
    const present = keys.filter((key) => key.isKnown && !key.isOver);
    const key = present[randomInt(Math.max(1, present.length))];
    const shown = key?.shows[randomInt(key.shows.length)];
    const here = door();
    if (key && shown && here.isUp()) {
      await here.present({ ...shown, key: key.name });
      key.isOver = here.presentations.at(-1)?.outcome === 'denied';
    }
    await pause(guestEveryMs);
  }
}

export type Keys = HeldKey[];
