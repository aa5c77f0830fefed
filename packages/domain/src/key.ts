/** What a Key can be (PRODUCT section 2, "Key types"). */
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

/** The states of a Key that are stored; *expired* and *not yet* are computed. */
export const keyStates = ['available', 'pending', 'active', 'suspended', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];

export const bindingStates = ['active', 'suspended', 'revoked'] as const;
export type BindingState = (typeof bindingStates)[number];

/** What can prove a Key at a lock. */
export const credentialKinds = ['pin', 'qr', 'link', 'pass', 'app_key', 'card', 'button', 'finger'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

export const credentialStates = ['pending', 'active', 'suspended', 'revoked'] as const;
export type CredentialState = (typeof credentialStates)[number];

/** How a credential is shown. */
export const credentialMethods = [
  'pin',
  'qr',
  'pass',
  'card',
  'button',
  'finger',
  'app',
  'link',
  'keyless_go',
  'auto_unlock',
] as const;
export type CredentialMethod = (typeof credentialMethods)[number];

/** The kind of credential that each method shows. */
export const kindOfMethod: Readonly<Record<CredentialMethod, CredentialKind>> = {
  pin: 'pin',
  qr: 'qr',
  pass: 'pass',
  card: 'card',
  button: 'button',
  finger: 'finger',
  app: 'app_key',
  link: 'link',
  keyless_go: 'app_key',
  auto_unlock: 'app_key',
};

/** The readers that a door can have; each is one reader path of its lock (SEMANTICS C9). */
export const readers = ['keypad', 'qr_reader', 'card_reader'] as const;
export type Reader = (typeof readers)[number];

/** What each reader reads. */
export const methodOfReader: Readonly<Record<Reader, CredentialMethod>> = {
  keypad: 'pin',
  qr_reader: 'qr',
  card_reader: 'card',
};

/** Modes that a door can be put into by who opens it. */
export const doorModes = ['day_latch', 'permanent_open', 'party'] as const;
export type DoorMode = (typeof doorModes)[number];

/** What a Profile can allow; never a permission in the software. */
export const profilePermissions = ['keyless_go', 'auto_unlock', ...doorModes] as const;
export type ProfilePermission = (typeof profilePermissions)[number];

export const profileKinds = ['admin', 'blocked', 'own'] as const;
export type ProfileKind = (typeof profileKinds)[number];

/** How much a presentation proves, ascending (SEMANTICS M5). */
export const assurances = ['low', 'medium', 'high'] as const;
export type Assurance = (typeof assurances)[number];

export const sides = ['entry', 'exit'] as const;
export type Side = (typeof sides)[number];
