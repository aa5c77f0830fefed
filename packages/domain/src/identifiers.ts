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

/** Where the dashes of a UUID part its 32 digits. */
const uuidParts = [
  [0, 8],
  [8, 12],
  [12, 16],
  [16, 20],
  [20, 32],
] as const;

/**
 * The beginning of a UUID, or a whole one, as identifiers are written (`0190A0B01111` is `0190a0b0-1111`):
 * for people who type or paste it, in whatever case and with dashes or without; undefined for what is none.
 */
export function uuidBeginning(text: string): string | undefined {
  const digits = text.trim().toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return undefined;
  const parts = uuidParts.map(([from, until]) => digits.slice(from, until));
  return parts.filter((part) => part !== '').join('-');
}
