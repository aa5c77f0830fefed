/** What a person is told of the own Account, and the one mail that asks whether an address is theirs. */
export const noticeKinds = [
  'passkey_added',
  'passkey_removed',
  'authenticator_on',
  'authenticator_off',
  'recovery_codes_renewed',
  'recovery_code_used',
  'password_changed',
  'password_reset',
  'address_changed',
  'sign_on_connected',
  'sign_on_removed',
  'api_key_made',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type AccountMailKind = NoticeKind | 'verify_address';
