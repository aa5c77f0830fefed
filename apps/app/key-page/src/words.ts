import { type Format, m } from '@claviger/web-kit';
import type { ShownKey } from '@claviger/protocol';
import type { Obstacle } from './obstacle.ts';

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

/** Why **Open** does nothing, as a sentence. */
export function obstacleText(obstacle: Obstacle, { validFrom = 0 }: Spanned, format: Format): string {
  switch (obstacle.kind) {
    case 'not_yet':
      return m.guest_page_not_yet({ from: format.minute(validFrom) });
    case 'expired':
      return m.guest_page_expired();
    case 'revoked':
      return m.guest_page_revoked();
    case 'suspended':
    case 'pending':
    case 'available':
      return m.guest_page_suspended();
    case 'used_up':
      return m.guest_page_used_up();
    case 'no_network':
      return m.guest_page_needs_network();
    case 'door_offline':
      return m.guest_page_door_offline();
    case 'cooldown':
      return m.open_cools_down({ seconds: Math.ceil(obstacle.leftMs / secondMs) });
  }
}
