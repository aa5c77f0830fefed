declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/**
 * Identifiers are UUIDs in lower case; the brand keeps one noun's identifier from standing in for
 * another's.
 */
export type AccountId = Branded<'AccountId'>;
export type OwnerId = Branded<'OwnerId'>;
export type EntityId = Branded<'EntityId'>;
export type UserId = Branded<'UserId'>;
export type DeviceId = Branded<'DeviceId'>;
export type LockId = Branded<'LockId'>;
export type ClaimId = Branded<'ClaimId'>;
export type CommandId = Branded<'CommandId'>;

/** A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
export type Instant = number;
