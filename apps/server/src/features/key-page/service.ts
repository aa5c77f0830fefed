import { createHash, createHmac } from 'node:crypto';
import { commandExpiryGraceMs, type Instant, type Reason } from '@claviger/domain';
import {
  qrKeyTag,
  qrStepSecret,
  Refusal,
  uuidText,
  type KeyCommand,
  type ShownKey,
} from '@claviger/protocol';
import { addJob, type Database, type Transaction } from '../../platform/database/index.ts';
import type { QrIssuer, Secret } from '../../platform/secrets/index.ts';
import { openLock, type OpenSending } from '../authority/index.ts';
import {
  enforcementOf,
  heldUntil,
  findByToken,
  findHeldKey,
  hasPicture,
  isUseful,
  listCredentials,
  openSecret,
  proofUses,
  signedQr,
  statusOf,
  tokenHash,
  type HeldKey,
} from '../keys/index.ts';
import { getCommand } from '../locks/index.ts';
import * as store from './store.ts';

export interface KeyPageParts {
  readonly database: Database;
  readonly sealingKey: Secret;
  readonly issuerOf: (entityId: string) => QrIssuer;
  readonly qrSecretOf: (entityId: string) => Uint8Array;
  readonly sending: OpenSending;
  readonly now: () => Instant;
}

interface FoundKey {
  readonly entityId: string;
  readonly keyId: string;
}

/** The Key of a token. Refuses not_found, whatever was wrong with the token. */
async function findKeyOf(token: string, { database }: KeyPageParts): Promise<FoundKey> {
  const found = await database.transact({ kind: 'installation' }, (tx) => findByToken(tx, tokenHash(token)));
  if (!found) throw new Refusal('not_found');
  return found;
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** The signed body of a Key's QR and what makes its steps. */
function qrOf(
  key: HeldKey,
  { entityId, locks }: { readonly entityId: string; readonly locks: readonly store.PageLock[] },
  parts: KeyPageParts,
): NonNullable<ShownKey['qr']> {
  const lockIds = locks.map(({ id }) => id);
  const wanted = { entityId, lockIds, isStatic: false, signedAt: parts.now() };
  const { body, signature } = signedQr(key, wanted, parts.issuerOf);
  const hmac = (secret: Uint8Array, bytes: Uint8Array): Uint8Array =>
    Uint8Array.from(createHmac('sha256', secret).update(bytes).digest());
  return {
    body: toText(body),
    signature: toText(signature),
    stepSecret: toText(qrStepSecret(qrKeyTag(key.id), { qrSecret: parts.qrSecretOf(entityId), hmac })),
  };
}

function usesLeftOf({ usesSpent }: store.PageLock, maxUses: number): number {
  return Math.max(0, maxUses - usesSpent);
}

type ShownLock = ShownKey['locks'][number];

interface Shown extends Pick<ShownLock, 'proofs'> {
  readonly isCounted: boolean;
}

/** What the door of a lock has not got of this Key; undefined where it has everything. */
function waitingOf(lock: store.PageLock, { isCounted, proofs }: Shown): ShownLock['waiting'] {
  const enforcement = enforcementOf(lock, isCounted);
  const { state, since } = enforcement;
  if (state === 'enforced') return undefined;
  const opensAlone = proofs.some(({ proof, opens }) => proof === 'qr' && opens === 'alone');
  const held = heldUntil(enforcement);
  if (held) return { for: held, since, takesQr: false };
  if (lock.isKeyKnown) return { for: 'change', since, takesQr: opensAlone };
  // SEMANTICS C3: a counted Key's QR carries no rule of its own.
  return { for: 'key', since, takesQr: opensAlone && lock.hasList && !isCounted };
}

/** A Key with the credentials that it has. */
interface Holding {
  readonly key: HeldKey;
  readonly credentials: Awaited<ReturnType<typeof listCredentials>>;
}

function lockOf(lock: store.PageLock, { key, credentials }: Holding): ShownLock {
  const { maxUses } = key;
  const isCounted = maxUses !== null;
  const has = (kind: 'pin' | 'card'): boolean =>
    credentials.some((credential) => credential.kind === kind && credential.sealedSecret !== null);
  const held = { type: key.type, hasPin: has('pin'), hasCard: has('card'), hasPicture: hasPicture(key) };
  const proofs = proofUses(held, lock);
  const waiting = waitingOf(lock, { isCounted, proofs });
  return {
    id: lock.id,
    name: lock.name,
    location: lock.location,
    proofs,
    isOnline: lock.isOnline === true,
    unlockForMs: lock.unlockForMs,
    ...(waiting && { waiting }),
    ...(lock.offlineSince !== null && { offlineSince: lock.offlineSince }),
    // Nobody knows it where another Key is needed.
    ...(maxUses !== null && waiting?.for !== 'another_key' && { usesLeft: usesLeftOf(lock, maxUses) }),
  };
}

function pinOf({ credentials }: Holding, sealingKey: Secret): string | undefined {
  const pin = credentials.find(({ kind }) => kind === 'pin');
  return pin?.sealedSecret ? openSecret(sealingKey, pin.id, pin.sealedSecret) : undefined;
}

/** What people show at these doors, as far as it would open them: PIN, QR and that a picture is out. */
function proofsShown(
  holding: Holding,
  { entityId, locks }: { readonly entityId: string; readonly locks: readonly store.PageLock[] },
  parts: KeyPageParts,
): Pick<ShownKey, 'pin' | 'qr' | 'hasPicture'> {
  const shown = locks.map((lock) => lockOf(lock, holding));
  // For where another Key is needed this one proves nothing any more.
  const uses = shown.flatMap(({ proofs, waiting }) => (waiting?.for === 'another_key' ? [] : proofs));
  const pin = isUseful(uses, 'pin') ? pinOf(holding, parts.sealingKey) : undefined;
  return {
    ...(pin !== undefined && { pin }),
    ...(isUseful(uses, 'qr') && { qr: qrOf(holding.key, { entityId, locks }, parts) }),
    hasPicture: isUseful(uses, 'picture'),
  };
}

/**
 * What the holder of this token sees; what opens a door is shown while the Key lives. Refuses not_found, and
 * key_ended for a deleted Key: an old link tells nothing of who had it, or where.
 */
export async function showKey(token: string, parts: KeyPageParts): Promise<ShownKey> {
  const found = await findKeyOf(token, parts);
  const { entityId } = found;
  return parts.database.transact({ kind: 'entity', entityId }, async (tx) => {
    const key = await findHeldKey(tx, found);
    if (!key) throw new Refusal('not_found');
    if (key.state === 'revoked') throw new Refusal('key_ended');
    const entity = await store.findEntity(tx, entityId);
    const locks = await store.listLocksOf(tx, found, parts.now());
    const holding = { key, credentials: await listCredentials(tx, found) };
    const status = statusOf(key, parts.now());
    const isLiving = status === 'active' || status === 'not_yet';
    return {
      place: entity.name,
      address: entity.address,
      zone: entity.zone,
      status,
      ...(key.from !== null && { validFrom: key.from }),
      ...(key.until !== null && { validUntil: key.until }),
      ...(key.maxUses !== null && { maxUses: key.maxUses }),
      serverAt: parts.now(),
      ...(isLiving ? proofsShown(holding, { entityId, locks }, parts) : { hasPicture: false }),
      locks: locks.map((lock) => lockOf(lock, holding)),
    };
  });
}

/**
 * The reasons that a holder is told; the others are for the people of the house (PRODUCT section 3).
 * *Offline* and *lock inactive* are refusals of the server.
 */
const toldReasons: ReadonlySet<Reason> = new Set(['expired', 'not_yet_valid', 'uses_exhausted']);

/** What is left of a counted Key at the lock of a command; undefined for any other. */
async function usesOf(
  tx: Transaction,
  found: FoundKey,
  { lockId, now }: { readonly lockId: string; readonly now: Instant },
): Promise<KeyCommand['uses']> {
  const max = (await findHeldKey(tx, found))?.maxUses ?? null;
  const lock = (await store.listLocksOf(tx, found, now)).find(({ id }) => id === lockId);
  return max === null || !lock ? undefined : { left: usesLeftOf(lock, max), max };
}

async function shownCommand(
  tx: Transaction,
  found: FoundKey,
  { commandId, now }: { readonly commandId: string; readonly now: Instant },
): Promise<KeyCommand> {
  const command = await getCommand(tx, found.entityId, commandId);
  const { id, lockId, stage, reason, issuedAt, notAfter, stages } = command;
  const isTold = reason !== undefined && toldReasons.has(reason);
  const uses = await usesOf(tx, found, { lockId, now });
  const said = { id, lockId, stage, issuedAt, notAfter, stages };
  return { ...said, ...(isTold && { reason }), ...(uses && { uses }) };
}

const uuidLength = 16;

/** One command for one press: its identifier is that of the Key and the press, a UUID of version 8. */
function commandIdOf(keyId: string, press: string): string {
  const bytes = createHash('sha256').update(`${keyId} ${press}`).digest().subarray(0, uuidLength);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return uuidText(bytes);
}

interface Press {
  readonly token: string;
  readonly lockId: string;
  /** The same press, sent again, opens nothing twice. */
  readonly press: string;
}

/** The page that was left open of a deleted Key has the right token: that is told, and is no wrong try. */
async function missingLock(tx: Transaction, found: FoundKey): Promise<Refusal> {
  const key = await findHeldKey(tx, found);
  return new Refusal(key?.state === 'revoked' ? 'key_ended' : 'not_found');
}

/**
 * Open on the page: presents the Key at the lock. Refuses not_found, key_ended, lock_not_active and
 * lock_offline; whatever else there is to say, the door says it. The same press with another lock is
 * idempotency_key_reused.
 */
export async function openByKey({ token, lockId, press }: Press, parts: KeyPageParts): Promise<KeyCommand> {
  const found = await findKeyOf(token, parts);
  const { entityId, keyId } = found;
  const commandId = commandIdOf(keyId, press);
  const now = parts.now();
  const opened = await parts.database.transact({ kind: 'entity', entityId }, async (tx) => {
    const lock = (await store.listLocksOf(tx, found, now)).find(({ id }) => id === lockId);
    // The same press may come several times at once: the second one waits, and finds the command.
    if (lock) await store.waitForDevice(tx, { entityId, deviceId: lock.deviceId });
    const pressedLock = await store.findCommandLock(tx, { ...found, commandId });
    if (pressedLock !== undefined) {
      if (pressedLock !== lockId) throw new Refusal('idempotency_key_reused');
      return { command: await shownCommand(tx, found, { commandId, now }) };
    }
    if (!lock) throw await missingLock(tx, found);
    const { deviceId } = lock;
    const opening = await openLock(tx, { commandId, deviceId, lockId, keyId }, parts.sending);
    const runAt = opening.notAfter + commandExpiryGraceMs;
    await addJob(tx, { task: 'expire_command', payload: { deviceId, commandId }, runAt });
    return { command: await shownCommand(tx, found, { commandId, now }), send: opening.send };
  });
  await opened.send?.();
  return opened.command;
}

/** How far an Open of this page has come. Refuses not_found, also for another Key's. */
export async function followCommand(
  { token, commandId }: { readonly token: string; readonly commandId: string },
  parts: KeyPageParts,
): Promise<KeyCommand> {
  const found = await findKeyOf(token, parts);
  const { entityId } = found;
  return parts.database.transact({ kind: 'entity', entityId }, async (tx) => {
    const lockId = await store.findCommandLock(tx, { ...found, commandId });
    if (lockId === undefined) throw new Refusal('not_found');
    return shownCommand(tx, found, { commandId, now: parts.now() });
  });
}
