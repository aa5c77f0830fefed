import type { JsonValue } from '../database/connection/column-types.ts';

/** Where an act belongs: to an Entity, or outside of every one, by whoever had been let in so far. */
export type AuditScope = 'installation' | 'account' | 'owner' | 'entity' | 'device';

export type AuditOutcome = 'done' | 'refused' | 'failed';

/**
 * A person of whom fields of `before` and `after` tell: a User, or the holder of a guest Key by its Key, or
 * whoever was invited by the invitation.
 */
export interface Personal {
  readonly subjectId: string;
  readonly fields: readonly string[];
}

/** What one says who adds an entry: who, what, why, with what outcome. Instants are epoch milliseconds. */
export interface AuditEntry {
  readonly scope: AuditScope;
  /** Of scope `entity`, and of no other. */
  readonly entityId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly accountId?: string | undefined;
  /** Who acted in an Entity: name and address of this moment are kept sealed under the key of this User. */
  readonly userId?: string | undefined;
  /** The name of the API key with which a program acted for the User: kept sealed beside that one's name. */
  readonly apiKey?: string | undefined;
  readonly deviceId?: string | undefined;
  /** On whose behalf. */
  readonly mandateId?: string | undefined;
  readonly operation: string;
  readonly objectType?: string | undefined;
  readonly objectId?: string | undefined;
  readonly outcome: AuditOutcome;
  /** Why it was refused: a code of the catalogue of refusals. */
  readonly code?: string | undefined;
  /** What the code does not tell, where several causes have one answer. */
  readonly cause?: string | undefined;
  /** Why a person did it, where a form asks. */
  readonly reason?: string | undefined;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  readonly personal?: Personal | undefined;
  /** So many calls are one entry, the first at `firstAt`. */
  readonly count?: number | undefined;
  readonly firstAt?: number | undefined;
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
  readonly at: number;
}

/** The columns of an entry that are evidence, as they stand in the database. */
export interface Evidence {
  readonly chain: string;
  readonly scope: AuditScope;
  readonly entityId: string | null;
  readonly ownerId: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly actor: Uint8Array | null;
  readonly mandateId: string | null;
  readonly operation: string;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly outcome: AuditOutcome;
  readonly code: string | null;
  readonly cause: string | null;
  readonly reason: string | null;
  readonly subjectId: string | null;
  readonly before: JsonValue | null;
  readonly after: JsonValue | null;
  readonly count: number;
  readonly firstAt: number | null;
  readonly requestId: string | null;
  readonly address: string | null;
  readonly at: number;
}

/** A place in a chain. */
export interface Link {
  readonly sequence: number;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
}

/** The chain of what belongs to no Entity. */
export const installationChain = '00000000-0000-0000-0000-000000000000';

/** The chain that an entry of this Entity, or of none, belongs to. */
export function chainOf(entityId: string | null | undefined): string {
  return entityId ?? installationChain;
}
