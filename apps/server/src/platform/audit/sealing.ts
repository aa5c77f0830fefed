import type { JsonValue } from '../database/connection/column-types.ts';
import type { Transaction } from '../database/index.ts';
import type { Secret } from '../secrets/index.ts';
import { chainOf, type AuditEntry, type Evidence, type Personal } from './entry.ts';
import { findName } from './subjects/store.ts';
import { ensureSubjectKeys, openFor, sealFor, type SubjectKey } from './subjects/subjects.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How a sealed field stands in `before` and `after`. */
interface SealedField {
  readonly sealed: string;
}

/** How a field stands there that was written after its person had been erased, and how any such is read. */
export const erasedField = { erased: true } as const;

const actorField = 'actor';
const reasonField = 'reason';

/** A reason that may tell of a person stands in its column, which is text, with this before its bytes. */
const sealedMark = 'sealed:';

/** What JSON keeps of it, and nothing else: that is what the database stores and the hash covers. */
function plainJson(fields: Fields): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>;
}

function sealFields(
  fields: Fields | undefined,
  personal: Personal | undefined,
  key: SubjectKey | undefined,
): Record<string, JsonValue> | null {
  if (!fields) return null;
  const plain = plainJson(fields);
  if (!personal) return plain;
  const { subjectId } = personal;
  for (const field of personal.fields) {
    const value = plain[field];
    if (value === undefined || value === null) continue;
    const sealed = sealFor(key, { subjectId, field }, value);
    plain[field] = sealed ? { sealed: Buffer.from(sealed).toString('base64url') } : { ...erasedField };
  }
  return plain;
}

function sealActor(
  entry: AuditEntry,
  name: string | undefined,
  key: SubjectKey | undefined,
): Uint8Array | null {
  if (entry.userId === undefined) return null;
  const who: JsonValue = {
    ...(name !== undefined && { name }),
    ...(entry.address !== undefined && { address: entry.address }),
    ...(entry.apiKey !== undefined && { apiKey: entry.apiKey }),
  };
  return sealFor(key, { subjectId: entry.userId, field: actorField }, who) ?? null;
}

/** What people write about a Key may name its holder; nothing of it stays once that one was erased. */
function sealReason(entry: AuditEntry, key: SubjectKey | undefined): string | null {
  const { reason, personal } = entry;
  if (reason === undefined || !personal) return reason ?? null;
  const { subjectId } = personal;
  const sealed = sealFor(key, { subjectId, field: reasonField }, reason);
  return `${sealedMark}${Buffer.from(sealed ?? []).toString('base64url')}`;
}

function orNull<Value>(value: Value | undefined): Value | null {
  return value ?? null;
}

/** What an entry looks like before anything of it is sealed. */
function plainEvidence(entry: AuditEntry): Evidence {
  return {
    chain: chainOf(entry.entityId),
    scope: entry.scope,
    entityId: orNull(entry.entityId),
    ownerId: orNull(entry.ownerId),
    accountId: orNull(entry.accountId),
    userId: orNull(entry.userId),
    deviceId: orNull(entry.deviceId),
    actor: null,
    mandateId: orNull(entry.mandateId),
    operation: entry.operation,
    objectType: orNull(entry.objectType),
    objectId: orNull(entry.objectId?.toLowerCase()),
    outcome: entry.outcome,
    code: orNull(entry.code),
    cause: orNull(entry.cause),
    reason: orNull(entry.reason),
    subjectId: orNull(entry.personal?.subjectId),
    before: sealFields(entry.before, undefined, undefined),
    after: sealFields(entry.after, undefined, undefined),
    count: entry.count ?? 1,
    firstAt: orNull(entry.firstAt),
    requestId: orNull(entry.requestId),
    address: entry.userId === undefined ? orNull(entry.address) : null,
    at: entry.at,
  };
}

/**
 * Persons have their keys in Entities. Outside of every one nothing could be sealed, or erased later, so what
 * tells of a person is not kept: only that there was something.
 */
function withoutPersonal(plain: Evidence, { before, after, personal }: AuditEntry): Evidence {
  if (!personal) return plain;
  const told = {
    before: sealFields(before, personal, undefined),
    after: sealFields(after, personal, undefined),
  };
  return { ...plain, ...told, reason: null };
}

/**
 * What is kept of an entry: what tells of a person of this Entity is sealed under that person's key, and left
 * out where there is no Entity. The name is that of this moment where the entry does not bring an older one.
 */
export async function sealEntry(
  tx: Transaction,
  entry: AuditEntry & { readonly name?: string },
  sealingKey: Secret,
): Promise<Evidence> {
  const { entityId, userId, personal } = entry;
  const plain = plainEvidence(entry);
  if (entityId === undefined) return withoutPersonal(plain, entry);
  const subjectIds = [userId, personal?.subjectId].filter((id) => id !== undefined);
  if (subjectIds.length === 0) return plain;
  const keys = await ensureSubjectKeys(tx, { entityId, subjectIds }, sealingKey);
  const name = entry.name ?? (userId === undefined ? undefined : await findName(tx, userId));
  const personKey = personal && keys.get(personal.subjectId);
  return {
    ...plain,
    actor: sealActor(entry, name, userId === undefined ? undefined : keys.get(userId)),
    reason: sealReason(entry, personKey),
    before: sealFields(entry.before, personal, personKey),
    after: sealFields(entry.after, personal, personKey),
  };
}

/** Who acted, as far as it can still be read; undefined where the person was erased. */
export interface OpenActor {
  readonly name?: string;
  readonly address?: string;
  /** The name of the API key with which a program acted for the person. */
  readonly apiKey?: string;
}

/** Opens who acted; undefined where it was erased, or where no User did. */
export function openActor(
  { userId, actor }: Pick<Evidence, 'userId' | 'actor'>,
  keys: ReadonlyMap<string, SubjectKey>,
): OpenActor | undefined {
  if (userId === null || actor === null) return undefined;
  const opened = openFor(keys.get(userId), { subjectId: userId, field: actorField }, actor);
  return opened === undefined ? undefined : (opened as OpenActor);
}

/** Why a person did it, as far as it can still be read. */
export interface OpenReason {
  readonly reason?: string;
  readonly isReasonErased?: true;
}

/** Opens the reason; one of before reasons were sealed stands there as it was written. */
export function openReason(
  { reason, subjectId }: Pick<Evidence, 'reason' | 'subjectId'>,
  keys: ReadonlyMap<string, SubjectKey>,
): OpenReason {
  if (reason === null) return {};
  if (subjectId === null || !reason.startsWith(sealedMark)) return { reason };
  const bytes = Buffer.from(reason.slice(sealedMark.length), 'base64url');
  const opened = openFor(keys.get(subjectId), { subjectId, field: reasonField }, bytes);
  return typeof opened === 'string' ? { reason: opened } : { isReasonErased: true };
}

function isSealed(value: JsonValue | undefined): value is JsonValue & SealedField {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    typeof value['sealed'] === 'string'
  );
}

/** `before` or `after` as it was said; what was erased is `erasedField`. */
export function openFields(
  fields: JsonValue | null,
  subjectId: string | null,
  keys: ReadonlyMap<string, SubjectKey>,
): Record<string, JsonValue> | undefined {
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) return undefined;
  if (subjectId === null) return fields;
  const opened = Object.entries(fields).map(([field, value]): [string, JsonValue] => {
    if (!isSealed(value)) return [field, value];
    const bytes = Buffer.from(value.sealed, 'base64url');
    return [field, openFor(keys.get(subjectId), { subjectId, field }, bytes) ?? { ...erasedField }];
  });
  return Object.fromEntries(opened);
}
