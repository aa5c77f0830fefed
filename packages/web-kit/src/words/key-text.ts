import type { KeyType } from '@claviger/domain';
import type { Key, KeyStatus, Suspension } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';
import type { Clock } from '../i18n/use-clock.ts';

/** The statuses of a Key, in the order in which people look for them. */
export const keyStatusNames: Readonly<Record<KeyStatus, () => string>> = {
  active: m.key_status_active,
  not_yet: m.key_status_not_yet,
  expired: m.key_status_expired,
  revoked: m.key_status_revoked,
  suspended: m.key_status_suspended,
  pending: m.key_status_pending,
  available: m.key_status_available,
};

/** The types of Keys as the guides name them. */
export const keyTypeNames: Readonly<Record<KeyType, () => string>> = {
  wallet: m.key_type_wallet,
  physical: m.key_type_physical,
  intercom: m.key_type_intercom,
  guest: m.key_type_guest,
  app: m.key_type_app,
  smart: m.key_type_smart,
  fingerprint: m.key_type_fingerprint,
  visitor: m.key_type_visitor,
  delivery: m.key_type_delivery,
  staff: m.key_type_staff,
};

/** Why a Key is suspended. */
export const suspensionTexts: Readonly<Record<Suspension, () => string>> = {
  holder_deactivated: m.key_suspension_holder_deactivated,
  not_restored: m.key_suspension_not_restored,
  mandate_ended: m.key_suspension_mandate_ended,
};

type Binding = Key['bindings'][number];

/**
 * How far a door has what was asked for: a word, and the sentence behind it. A Key that was taken away at a
 * door which does not know it yet may still open there; the sentence says so.
 */
export function enforcementText(
  { state, enforcement }: Pick<Binding, 'state' | 'enforcement'>,
  { format, now }: Clock,
): { readonly name: string; readonly sentence: string } {
  const moment = format.since(enforcement.since, now);
  if (enforcement.state === 'enforced') {
    return { name: m.key_enforced(), sentence: m.key_enforced_since({ moment }) };
  }
  const isOffline = enforcement.state === 'offline';
  const facts = [
    isOffline ? m.key_waits_offline() : pendingTexts[enforcement.cause]({ moment }),
    ...(state === 'active' ? [] : [m.key_may_still_open()]),
  ];
  return {
    name: isOffline ? m.lock_offline_since({ moment }) : m.key_pending(),
    sentence: `${facts.join('. ')}.`,
  };
}

/** Whether the door itself holds the Key back, because it does not know its uses. */
export function isHeldByDoor({ enforcement }: Pick<Binding, 'enforcement'>): boolean {
  return enforcement.state === 'pending' && heldCauses.includes(enforcement.cause);
}

type PendingCause = Extract<Binding['enforcement'], { state: 'pending' }>['cause'];

const heldCauses: readonly PendingCause[] = ['counters_in_doubt', 'record_damaged', 'counter_unknown'];

const pendingTexts: Readonly<Record<PendingCause, (told: { moment: string }) => string>> = {
  sending: m.key_sending_since,
  refused_by_door: m.key_refused_by_door,
  counters_in_doubt: m.key_counters_in_doubt,
  record_damaged: m.key_record_damaged,
  counter_unknown: m.key_counter_unknown,
};

/** How often a Key was used at a lock and how often it still may. */
export function usesText(usesSpent: number, maxUses: number | undefined, { format }: Clock): string {
  const spent = format.number(usesSpent);
  if (maxUses === undefined) return m.key_uses_free({ spent });
  const left = format.number(Math.max(0, maxUses - usesSpent));
  return m.key_uses_left({ spent, left, max: format.number(maxUses) });
}

/** How much there is of the uses that one lock told. */
export interface UsesBound {
  readonly maxUses: number | undefined;
  /** The Key opens no more: what it still had is worth nothing. */
  readonly isOver: boolean;
}

/** The same at one lock; where nobody knows the rest, or it is worth nothing, what is spent. */
export function usesTextAt(
  { usesSpent, enforcement }: Pick<Binding, 'usesSpent' | 'enforcement'>,
  { maxUses, isOver }: UsesBound,
  clock: Clock,
): string {
  const isUnknown = enforcement.state === 'pending' && enforcement.cause === 'counter_unknown';
  const spent = clock.format.number(usesSpent);
  if (maxUses === undefined) return isOver ? m.key_uses_spent({ spent }) : m.key_uses_free({ spent });
  const max = clock.format.number(maxUses);
  if (isUnknown) return m.key_uses_at_least({ spent, max });
  return isOver ? m.key_uses_spent_max({ spent, max }) : usesText(usesSpent, maxUses, clock);
}
