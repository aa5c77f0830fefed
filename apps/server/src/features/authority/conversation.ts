import type { OwnedDevice } from '@claviger/authority';
import type { Transaction } from '../../platform/database/index.ts';
import type { LiveNotice } from '../../platform/live/index.ts';

/** A transaction about one device, and whose it is: found when it begins, or undefined if it has no owner. */
export interface Conversation {
  readonly tx: Transaction;
  readonly deviceId: string;
  readonly owned: OwnedDevice | undefined;
  readonly tell: (notice: LiveNotice) => Promise<void>;
}

/** The owned device; asked only after `getDevice` has found it. */
export function ownedBy({ owned }: Conversation): OwnedDevice {
  if (!owned) throw new Error('a device without an owner has nothing to keep');
  return owned;
}
