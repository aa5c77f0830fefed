/**
 * The words on the wire. `http/` holds the contract of the HTTP API as zod schemas, the source of the
 * routes, of the OpenAPI document and of the typed client; `wire/` what doors and server say to each other
 * over MQTT and at enrolment: deterministic CBOR in signed envelopes, topics with their access rules,
 * limits; `errors.ts` every refusal. No cryptography and no input or output in here: both are arguments.
 */
export * from './errors.ts';
export * from './explain/index.ts';
export * from './http/account/account.ts';
export * from './http/activity.ts';
export * from './http/audit/entries.ts';
export * from './http/audit/operations.ts';
export { apiKeyDaysLimit, type ApiKey, type ApiKeyList, type MadeApiKey } from './http/api-keys/contract.ts';
export * from './http/calls/account-calls.ts';
export { refusalOf } from './http/calls/answered.ts';
export * from './http/buildings/buildings.ts';
export * from './http/client.ts';
export * from './http/contract.ts';
export * from './http/device-contract.ts';
export * from './http/entities/entities.ts';
export * from './http/entities/holidays.ts';
export * from './http/saved-views/saved-views.ts';
export * from './http/entities/local-admins.ts';
export * from './http/imports/imports.ts';
export * from './http/imports/users.ts';
export * from './http/key-page.ts';
export * from './http/keys.ts';
export * from './http/locks.ts';
export * from './http/mails.ts';
export * from './http/requests/requests.ts';
export * from './http/route-contract.ts';
export * from './http/shapes.ts';
export * from './http/users/photo.ts';
export * from './http/users/users.ts';
export * from './language-forms.ts';
export * from './qr/index.ts';
export * from './virtual-driver.ts';
export * from './wire/access-list/index.ts';
export * from './wire/cbor.ts';
export * from './wire/enrolment.ts';
export * from './wire/envelope.ts';
export * from './wire/lookup.ts';
export * from './wire/messages.ts';
export * from './wire/record.ts';
export * from './wire/recovery.ts';
export * from './wire/signed-bytes.ts';
export * from './wire/text-bytes.ts';
export * from './wire/topics.ts';
