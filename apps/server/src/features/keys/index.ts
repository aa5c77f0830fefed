/**
 * A Key is what a person may open, when and with what. So far guest Keys: one lock, from and until, perhaps a
 * number of uses, with a link, a QR and, where the lock has a keypad, a PIN. What is asked for here and what
 * the door has confirmed are two facts of each Binding; the door decides by its access list alone.
 */
export { hasPicture } from './sharing/picture.ts';
export { isUseful, proofUses } from './sharing/proofs.ts';
export { signedQr } from './sharing/qr.ts';
export { keyRoutes, type KeyRouteParts } from './routes.ts';
export { openSecret, tokenHash } from './secrets.ts';
export { enforcementOf, getKey, heldUntil, statusOf, type ToldBinding } from './shown/shown.ts';
export { findByToken, listCredentials } from './credentials/store.ts';
export { findHeldKey, type HeldKey } from './store.ts';
export {
  followHolder,
  followHolderPayload,
  followHolderTask,
  wantHolderFollowed,
} from './holders/holders.ts';
export { listSuspendedKeys, restoreKeys, type RestoredKeys } from './holders/restoring.ts';
export { adoptKey, listMandatedKeys, suspendKeysOfMandate } from './mandated/adopting.ts';
export type { KeyParts } from './parts.ts';
export { drawPinFor, withPin } from './pins/keeping.ts';
export { endKeysOf, takeEndings, type AppliedEndings } from './endings/endings.ts';
