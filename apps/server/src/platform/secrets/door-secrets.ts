import type { DoorSecrets } from '@claviger/protocol';
import { deriveSecretAbout, type KeyLabel } from './derive.ts';
import type { Secret } from './secret.ts';

/** A device in one ownership. */
export interface OwnedDoor {
  readonly deviceId: string;
  readonly entityId: string;
  readonly ownershipEpoch: number;
}

const saltLength = 16;

/**
 * What a door needs to recognise credentials by itself. The pepper is this door's in this ownership; salt and
 * QR secret are those of its Entity, so that one door that is broken open gives away no other door's digests.
 */
export function doorSecretsOf(installationSecret: Secret, door: OwnedDoor): DoorSecrets {
  const { deviceId, entityId, ownershipEpoch } = door;
  const derive = (about: string, length?: number): string => {
    const label: KeyLabel = 'door secrets';
    const derived = deriveSecretAbout(installationSecret, label, {
      about,
      ...(length !== undefined && { length }),
    });
    return Buffer.from(derived.reveal()).toString('base64url');
  };
  return {
    pepper: derive(`pepper ${deviceId} ${ownershipEpoch}`),
    pinSalt: derive(`pin salt ${entityId}`, saltLength),
    qrSecret: derive(`qr steps ${entityId}`),
  };
}
