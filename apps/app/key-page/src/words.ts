import { type Format, m, statusAt } from '@claviger/web-kit';
import type { ShownKey } from '@claviger/protocol';
import { isHeldBack, type Obstacle } from './obstacle.ts';
import { isEnough, isTooWeak, opensWith, bestUse } from './proof/proofs.ts';

const secondMs = 1_000;

type Spanned = Pick<ShownKey, 'validFrom' | 'validUntil'>;

/** From when until when, on the clock of the place. */
export function spanText({ validFrom, validUntil }: Spanned, format: Format): string {
  const from = validFrom === undefined ? undefined : format.minute(validFrom);
  const until = validUntil === undefined ? undefined : format.minute(validUntil);
  if (from !== undefined && until !== undefined) return m.guest_page_span({ from, until });
  if (from !== undefined) return m.guest_page_from({ from });
  return until === undefined ? '' : m.guest_page_until({ until });
}

/** How many uses are left at a lock; nothing where the Key has no maximum. */
export function usesText({ usesLeft }: Pick<ShownKey['locks'][number], 'usesLeft'>): string {
  return usesLeft === undefined ? '' : m.guest_page_uses_left({ count: usesLeft });
}

const insteadTexts: Readonly<Record<(Obstacle & { kind: 'not_from_here' })['instead'], () => string>> = {
  qr: m.guest_page_open_use_qr,
  qr_and_pin: m.guest_page_open_use_both,
  two: m.guest_page_open_use_two,
  nothing: m.guest_page_nothing_opens,
};

type Wordless = Exclude<Obstacle['kind'], 'not_yet' | 'not_from_here' | 'cooldown'>;

const obstacleTexts: Readonly<Record<Wordless, () => string>> = {
  expired: m.guest_page_expired,
  revoked: m.guest_page_revoked,
  suspended: m.guest_page_suspended,
  pending: m.guest_page_suspended,
  available: m.guest_page_suspended,
  used_up: m.guest_page_used_up,
  unknown_key: m.guest_page_waits_until_known,
  held_back: m.guest_page_suspended,
  no_network: m.guest_page_needs_network,
  door_offline: m.guest_page_door_offline,
};

/** Why **Open** does nothing, as a sentence. */
export function obstacleText(obstacle: Obstacle, { validFrom = 0 }: Spanned, format: Format): string {
  if (obstacle.kind === 'not_yet') return m.guest_page_not_yet({ from: format.minute(validFrom) });
  if (obstacle.kind === 'not_from_here') return insteadTexts[obstacle.instead]();
  if (obstacle.kind !== 'cooldown') return obstacleTexts[obstacle.kind]();
  return m.open_cools_down({ seconds: Math.ceil(obstacle.leftMs / secondMs) });
}

/** What a door has not got of this Key yet, and what opens it meanwhile; nothing where it has everything. */
export function waitingText(lock: ShownKey['locks'][number], format: Format, now: number): string {
  const { waiting, isOnline } = lock;
  if (waiting === undefined) return '';
  if (waiting.for === 'counters') return m.guest_page_waits_counters();
  if (waiting.for === 'another_key') return m.guest_page_waits_another_key();
  const moment = format.since(waiting.since, now);
  const texts = {
    key: isOnline ? m.guest_page_waits_key : m.guest_page_waits_key_offline,
    change: isOnline ? m.guest_page_waits_change : m.guest_page_waits_change_offline,
  };
  const told = texts[waiting.for]({ moment });
  const opensAlready = waiting.for === 'key' && waiting.takesQr;
  return opensAlready ? `${told} ${m.guest_page_waits_qr_opens()}` : told;
}

/** A Key at the doors that do not hold it back. */
function withoutHeld(shown: ShownKey): ShownKey {
  return { ...shown, locks: shown.locks.filter((lock) => !isHeldBack(lock)) };
}

/** Whether the door has learned of the Key. */
function knowsKey({ waiting }: ShownKey['locks'][number]): boolean {
  return waiting?.for !== 'key';
}

/** What opens without a network, now and at doors that know the Key already. */
export function worksOfflineText(shown: ShownKey, now: number): string {
  if (statusAt(shown, now) !== 'active') return '';
  const locks = withoutHeld(shown).locks.filter(({ usesLeft }) => usesLeft !== 0);
  const taking = locks.filter((lock) => knowsKey(lock) || lock.waiting?.takesQr);
  const qr = shown.qr && bestUse({ locks: taking }, 'qr');
  const pin = shown.pin ? bestUse({ locks: locks.filter(knowsKey) }, 'pin') : undefined;
  if (pin && opensWith(qr, 'pin')) return m.guest_page_offline_works_together();
  if (isEnough(qr) && isEnough(pin)) return m.guest_page_offline_works();
  if (isEnough(qr)) return m.guest_page_offline_works_qr();
  return isEnough(pin) ? m.guest_page_offline_works_pin() : '';
}

/** Whether every door of the Key still has to learn of it. */
function isUnknownEverywhere({ locks }: ShownKey): boolean {
  return !locks.some(knowsKey);
}

function isHeldEverywhere({ locks }: ShownKey): boolean {
  return locks.length > 0 && locks.every(isHeldBack);
}

/** How the QR code is used at these doors, or that it does not open them. */
export function qrHint(key: ShownKey): string {
  const shown = withoutHeld(key);
  if (isHeldEverywhere(key)) return m.guest_page_suspended();
  const use = bestUse(shown, 'qr');
  if (isTooWeak(use)) return m.guest_page_qr_not_taken();
  const takesQr = shown.locks.some(({ waiting }) => waiting?.takesQr === true);
  if (isUnknownEverywhere(shown) && !takesQr) return m.guest_page_waits_until_known();
  if (opensWith(use, 'pin')) return m.guest_page_qr_hint_pin();
  if (opensWith(use, 'card')) return m.guest_page_qr_hint_card();
  return isEnough(bestUse(shown, 'picture')) ? m.guest_page_qr_hint_picture() : m.guest_page_qr_hint();
}

/** How the PIN is used at these doors, or that it does not open them. */
export function pinHint(key: ShownKey): string {
  const shown = withoutHeld(key);
  if (isHeldEverywhere(key)) return m.guest_page_suspended();
  const use = bestUse(shown, 'pin');
  if (isTooWeak(use)) return m.guest_page_pin_not_taken();
  if (isUnknownEverywhere(shown)) return m.guest_page_waits_until_known();
  if (opensWith(use, 'qr')) return m.guest_page_pin_hint_qr();
  if (opensWith(use, 'card')) return m.guest_page_pin_hint_card();
  return opensWith(use, 'picture') ? m.guest_page_pin_hint_picture() : m.guest_page_pin_hint();
}
