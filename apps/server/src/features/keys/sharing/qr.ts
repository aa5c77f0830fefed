import type { Instant } from '@claviger/domain';
import { qrBody, qrKeyTag, qrLocksLimit, qrLockTag, qrSignedBytes } from '@claviger/protocol';
import type { QrIssuer } from '../../../platform/secrets/index.ts';
import type { HeldKey } from '../store.ts';

/** What a QR of a Key is to say, beside the Key itself. */
export interface QrWanted {
  readonly entityId: string;
  readonly lockIds: readonly string[];
  readonly isStatic: boolean;
  readonly signedAt: Instant;
}

export interface SignedQr {
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** The QR of a Key, signed by the issuer of its Entity; a counted Key's carries no rule (SEMANTICS C3). */
export function signedQr(
  key: HeldKey,
  { entityId, lockIds, isStatic, signedAt }: QrWanted,
  issuerOf: (entityId: string) => QrIssuer,
): SignedQr {
  const issuer = issuerOf(entityId);
  const rule = { from: key.from ?? undefined, until: key.until ?? undefined, window: undefined };
  const content = {
    keyType: key.type,
    keyTag: qrKeyTag(key.id),
    issue: key.issue,
    signedAt,
    isStatic,
    rule: key.maxUses === null ? rule : undefined,
    lockTags: lockIds.length <= qrLocksLimit ? lockIds.map(qrLockTag) : [],
  };
  const body = qrBody(content, issuer.keyId);
  return { body, signature: issuer.sign(qrSignedBytes(body)) };
}
