import type { DownChannel, Signer, Verify } from '@claviger/protocol';
import type { AuthorityStore, AuthorityTransaction, OwnedDevice } from './store.ts';

/** The outside world of the authority. `now` is the server's time in UTC epoch milliseconds. */
export interface AuthorityPorts {
  readonly store: AuthorityStore;
  readonly signer: Signer;
  /** A verifier for one device's identity key. */
  readonly verifierOf: (publicKey: Uint8Array) => Verify;
  /** Verifies what this server itself has signed. */
  readonly verifyOwn: Verify;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  readonly now: () => number;
}

/** A message that goes to the device when the transaction is committed. */
export interface Reply {
  readonly channel: DownChannel;
  readonly message: Uint8Array;
}

/**
 * What became of a message: taken, with replies, or refused for a cause that is recorded and not answered.
 */
export type Receipt =
  | { readonly ok: true; readonly replies: readonly Reply[] }
  | { readonly ok: false; readonly cause: string; readonly replies: readonly Reply[] };

export function taken(...replies: readonly Reply[]): Receipt {
  return { ok: true, replies };
}

export function refused(cause: string, ...replies: readonly Reply[]): Receipt {
  return { ok: false, cause, replies };
}

/** Works on an owned device in one transaction; records the refusal in a transaction of its own. */
export async function receiveFrom(
  deviceId: string,
  ports: AuthorityPorts,
  work: (transaction: AuthorityTransaction, device: OwnedDevice) => Promise<Receipt>,
): Promise<Receipt> {
  const receipt = await ports.store.transact(deviceId, async (transaction) => {
    const device = await transaction.getDevice();
    return device ? work(transaction, device) : refused('device has no owner here');
  });
  if (!receipt.ok) {
    await ports.store.transact(deviceId, async (transaction) => {
      if (await transaction.getDevice()) await transaction.noteRefusal(receipt.cause, ports.now());
    });
  }
  return receipt;
}
