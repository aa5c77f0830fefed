import type { AccountId, EntityId, EntityRole, Instant, OwnerId, UserId } from '@claviger/domain';

/** An API key with which a program acts for a person. */
export interface ApiKeyInUse {
  readonly id: string;
  readonly name: string;
  /** By their names; the role of the person must have them too. */
  readonly permissions: ReadonlySet<string>;
  readonly expiresAt: Instant;
}

/** An API key that holds, with whom and where it acts for. */
export interface FoundApiKey extends ApiKeyInUse {
  readonly accountId: AccountId;
  readonly entityId: EntityId;
  readonly userId: UserId;
  /** What the role was given by with which it was made. */
  readonly mandateId: string | null;
}

/** Somebody who has signed in, with whatever Account. */
export interface SignedIn {
  readonly accountId: AccountId;
  readonly email: string;
  readonly sessionId: string;
  readonly sessionExpiresAt: Instant;
  /** When the person last proved to be there: by signing in, or by confirming it since. */
  readonly confirmedAt: Instant;
  /** A program calls, and not the person; it has no session. */
  readonly apiKey?: ApiKeyInUse;
}

/** A signed-in Account in one Entity, as the User and with the role that its Membership says. */
export interface Member extends SignedIn {
  readonly ownerId: OwnerId;
  readonly entityId: EntityId;
  readonly userId: UserId;
  readonly role: EntityRole;
  /** By the clock of the database, from letting in on; undefined where the Membership has no end. */
  readonly roleEndsInMs: number | undefined;
  /** The same end as an instant. */
  readonly roleUntil?: Instant | undefined;
  /** The Mandate that gave the role, and on whose behalf everything is done with it. */
  readonly mandateId?: string | undefined;
}
