/** What a Key is for; the same strings in code, database, wire and screens (PRODUCT section 2). */
export const keyTypes = [
  'app',
  'smart',
  'fingerprint',
  'wallet',
  'physical',
  'intercom',
  'guest',
  'visitor',
  'delivery',
  'staff',
] as const;
export type KeyType = (typeof keyTypes)[number];

/** Stored states of a Key; expired and not yet valid are computed. */
export const keyStates = ['available', 'pending', 'active', 'suspended', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];
