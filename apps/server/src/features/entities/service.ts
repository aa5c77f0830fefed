import { randomInt } from 'node:crypto';
import { pairingCodeFromValues } from '@claviger/domain';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { addHome } from './store.ts';

export interface NewHome {
  readonly accountId: string;
  readonly email: string;
  readonly zone: string;
  readonly address: string;
}

/** Whether this machine knows the IANA time zone, so that it can tell its wall clock. */
export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Letters, numbers and underscores; a person may choose another Entity's code freely, this one is drawn. */
function drawCode(): string {
  return `HOME_${pairingCodeFromValues(Array.from({ length: 6 }, () => randomInt(32)))}`;
}

/** Makes an Owner with one home Entity, managed by the Account. Scope of the transaction: installation. */
export async function createHome(
  tx: Transaction,
  home: NewHome,
): Promise<{ readonly entityId: string; readonly userId: string }> {
  const entityId = newIdentifier();
  const userId = newIdentifier();
  const [street] = home.address.split(',');
  const name = home.email.split('@')[0]?.slice(0, 80) ?? home.email;
  await addHome(tx, {
    ...home,
    entityId,
    ownerId: newIdentifier(),
    userId,
    personName: name,
    ownerName: name,
    entityName: street?.trim().slice(0, 80) || 'Home',
    code: drawCode(),
  });
  return { entityId, userId };
}
