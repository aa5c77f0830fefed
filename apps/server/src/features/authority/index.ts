/**
 * The server's side of the conversation with the devices. What they say arrives over the broker and is
 * judged by `@claviger/authority`; its store is PostgreSQL, in the scope of the device. Other features
 * issue commands through here and never speak to a device themselves.
 */
import { keyIdOf, verifierOf } from './verifier.ts';
import { createHash } from 'node:crypto';
import type { AuthorityPorts } from '@claviger/authority';
import type { Database } from '../../platform/database/index.ts';
import { postgresAuthorityStore } from './store.ts';

export { listenToDevices, type DeviceConversations } from './messages.ts';
export { expireCommand, expireCommandPayload, giveUpOnSilentDevices } from './jobs.ts';
export { compileListTask, wantKeysAt, wantListForEveryKey, wantListOf } from './lists/wanted/store.ts';
export { takeReportTask } from './restored/store.ts';
export { authorityTransaction } from './store.ts';
export { openLock, type OpenOutcome, type OpenSending } from './service.ts';

/** The installation's command-signing key: Ed25519, the public half raw. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** The ports of the authority on this database, this key and this clock. */
export function authorityPorts(database: Database, key: SigningKey, now: () => number): AuthorityPorts {
  return {
    store: postgresAuthorityStore(database),
    signer: { keyId: keyIdOf(key.publicKey), sign: key.sign },
    verifierOf,
    verifyOwn: verifierOf(key.publicKey),
    sha256: (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()),
    now,
  };
}
