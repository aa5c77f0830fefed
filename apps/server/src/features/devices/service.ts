import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isMatterCode, parsePairingCode, parseSerial, type DeviceId } from '@claviger/domain';
import { claimKeyLabel } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { Secret } from '../../platform/secrets/index.ts';
import { findBySerial } from './store.ts';

/** Why a serial number and a code claim nothing; for the log, the person gets one answer to all of them. */
export type ClaimFault =
  | 'serial_malformed'
  | 'code_malformed'
  | 'matter_code_without_hub'
  | 'serial_unknown'
  | 'code_wrong'
  | 'already_claimed';

/** A device that whoever asks may try to claim, and the key that its proof is checked with. */
export interface Claimable {
  readonly deviceId: DeviceId;
  readonly serial: string;
  readonly model: string;
  readonly claimKey: Uint8Array;
}

/** HMAC-SHA256 of a pairing code under the installation's pepper: all that is kept of the code. */
export function pairingCodeMac(pepper: Secret, pairingCode: string): Uint8Array {
  return createHmac('sha256', pepper.reveal()).update(pairingCode).digest();
}

/** Compared with when there is no such serial number, so that both cases take the same steps. */
const noMac = new Uint8Array(32);

/**
 * Whether serial number and code belong together and nobody owns the device. Takes the same steps for an
 * unknown serial number and for a wrong code. Scope of the transaction: installation.
 */
export async function findClaimable(
  tx: Transaction,
  typed: { readonly serial: string; readonly code: string },
  pepper: Secret,
): Promise<Claimable | { readonly fault: ClaimFault }> {
  const serial = parseSerial(typed.serial);
  if (serial === undefined) return { fault: 'serial_malformed' };
  const code = parsePairingCode(typed.code);
  if (code === undefined)
    return { fault: isMatterCode(typed.code) ? 'matter_code_without_hub' : 'code_malformed' };
  const device = await findBySerial(tx, serial);
  const isRight = timingSafeEqual(pairingCodeMac(pepper, code), device?.codeMac ?? noMac);
  if (!device) return { fault: 'serial_unknown' };
  if (!isRight) return { fault: 'code_wrong' };
  if (device.isOwned) return { fault: 'already_claimed' };
  const claimKey = new Uint8Array(hkdfSync('sha256', code, serial, claimKeyLabel, 32));
  return { deviceId: device.id, serial, model: device.model, claimKey };
}
