import type { DoorSecrets } from '@claviger/protocol';
import { deriveSecretAbout } from './derive.ts';
import type { Secret } from './secret.ts';

/** A device in one ownership. */
export interface OwnedDoor {
  readonly deviceId: string;
  readonly entityId: string;
  readonly ownershipEpoch: number;
}

const saltLength = 16;

function derive(installationSecret: Secret, about: string, length?: number): string {
  const wanted = { about, ...(length !== undefined && { length }) };
  return Buffer.from(deriveSecretAbout(installationSecret, 'door secrets', wanted).reveal()).toString(
    'base64url',
  );
}

/** What all doors of an Entity share: the salt of its PINs and the secret of its rotating QRs. */
export function entitySecretsOf(
  installationSecret: Secret,
  entityId: string,
): Pick<DoorSecrets, 'pinSalt' | 'qrSecret'> {
  return {
    pinSalt: derive(installationSecret, `pin salt ${entityId}`, saltLength),
    qrSecret: derive(installationSecret, `qr steps ${entityId}`),
  };
}

/**
 * What a door needs to recognise credentials by itself. The pepper is this door's in this ownership; salt and
 * QR secret are those of its Entity, so that one door that is broken open gives away no other door's digests.
 */
export function doorSecretsOf(installationSecret: Secret, door: OwnedDoor): DoorSecrets {
  const { deviceId, entityId, ownershipEpoch } = door;
  return {
    pepper: derive(installationSecret, `pepper ${deviceId} ${ownershipEpoch}`),
    ...entitySecretsOf(installationSecret, entityId),
  };
}
