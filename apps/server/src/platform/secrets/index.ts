/**
 * What this installation keeps to itself. `keys.ts` makes two keys at the first start, the installation
 * secret and the Ed25519 key that signs commands, and keeps them in `<data>/keys/`; `derive.ts` makes a key
 * for every other purpose out of the installation secret, `door-secrets.ts`, `qr-issuer.ts` and
 * `derived-signer.ts` those of doors, of QRs and of other signatures; `seal.ts` encrypts single database
 * fields; `secret.ts` is the type that all of them travel in, which shows itself to no log. `mode.ts` keeps
 * what the installation was made as.
 */
export { deriveSecret, deriveSecretAbout, installationIdOf, type KeyLabel } from './derive.ts';
export { derivedSigner, type DerivedSigner } from './derived-signer.ts';
export { doorSecretsOf, entitySecretsOf, type OwnedDoor } from './door-secrets.ts';
export {
  assertSameInstallation,
  findInstallationMode,
  hasInstallationKeys,
  loadInstallationKeys,
  KeysProblem,
  type InstallationKeys,
} from './keys.ts';
export { qrIssuerOf, type QrIssuer } from './qr-issuer.ts';
export { type InstallationMode } from './mode.ts';
export { openField, sealField, SealBroken, type FieldPlace } from './seal.ts';
export { Secret } from './secret.ts';
