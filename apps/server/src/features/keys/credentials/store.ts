import type { CredentialKind, CredentialState, Instant } from '@claviger/domain';
import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

export interface NewCredential {
  readonly entityId: string;
  readonly id: string;
  readonly keyId: string;
  readonly kind: CredentialKind;
  readonly sealedSecret?: Buffer;
  readonly sealedDigest?: Buffer;
  /** Left out: the time of the database. */
  readonly createdAt?: Instant;
}

export async function addCredential(tx: Transaction, credential: NewCredential): Promise<void> {
  await query(tx)
    .insertInto('credentials')
    .values({
      entity_id: credential.entityId,
      id: credential.id,
      key_id: credential.keyId,
      kind: credential.kind,
      sealed_secret: credential.sealedSecret ?? null,
      sealed_digest: credential.sealedDigest ?? null,
      ...(credential.createdAt !== undefined && { created_at: new Date(credential.createdAt) }),
    })
    .execute();
}

/** Another PIN for a Key that had one. */
export async function replacePin(
  tx: Transaction,
  pin: Required<Pick<NewCredential, 'entityId' | 'id' | 'sealedSecret' | 'sealedDigest'>>,
): Promise<void> {
  await query(tx)
    .updateTable('credentials')
    .set({ state: 'active', sealed_secret: pin.sealedSecret, sealed_digest: pin.sealedDigest })
    .where('entity_id', '=', pin.entityId)
    .where('id', '=', pin.id)
    .execute();
}

export async function addToken(
  tx: Transaction,
  token: { readonly entityId: string; readonly keyId: string; readonly hash: Buffer },
): Promise<void> {
  await query(tx)
    .insertInto('key_tokens')
    .values({ entity_id: token.entityId, token_hash: token.hash, key_id: token.keyId })
    .execute();
}

/** The Key of a token, and whose it is. Scope: installation. */
export async function findByToken(
  tx: Transaction,
  hash: Buffer,
): Promise<{ entityId: string; keyId: string } | undefined> {
  return query(tx)
    .selectFrom('key_tokens')
    .where('token_hash', '=', hash)
    .select(['entity_id as entityId', 'key_id as keyId'])
    .executeTakeFirst();
}

export interface KeptCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly state: CredentialState;
  /** Null where nobody is shown it any more. */
  readonly sealedSecret: Uint8Array | null;
}

export function listCredentials(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
): Promise<KeptCredential[]> {
  return query(tx)
    .selectFrom('credentials')
    .where('entity_id', '=', entityId)
    .where('key_id', '=', keyId)
    .orderBy('id')
    .select(['id', 'kind', 'state', 'sealed_secret as sealedSecret'])
    .execute();
}
