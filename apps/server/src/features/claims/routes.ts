import { parseSerial, type DeviceId } from '@claviger/domain';
import { deviceContract, enrolmentWaitMs, Refusal } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { findDevice } from '../devices/index.ts';
import type { ClaimBell } from './bell.ts';
import { findChallenge, proveClaim, renewCertificate, type ClaimParts } from './service.ts';

const device = { type: 'device' } as const;

/**
 * Nothing is counted by what a caller says it is: whoever has read a serial number would hold up its claim.
 * Proofs that fail are counted by address, for the log and the audit; one that holds is never held up, and 80
 * bits are not guessed at any rate. Hello changes nothing: the general limit of its address is enough, 20 a
 * second for 500 boxes behind one address that each ask every 25 seconds (decision record 0024).
 */
const failedLimit = {
  burst: 120,
  refillS: 10,
  counts: 'refused',
  subject: ({ visitor }: { readonly visitor: { readonly address: string } }) =>
    addressSubject(visitor.address),
} as const;

async function deviceOf(serial: string, parts: ClaimParts): Promise<DeviceId | undefined> {
  const written = parseSerial(serial);
  if (written === undefined) return undefined;
  return parts.database.transact({ kind: 'installation' }, (tx) => findDevice(tx, written));
}

/** An unknown serial number waits like a known one that nobody claims. */
async function answerHello(serial: string, parts: ClaimParts, bell: ClaimBell) {
  const deviceId = await deviceOf(serial, parts);
  const rung = bell.wait(deviceId ?? serial, enrolmentWaitMs);
  const challenge = deviceId && (await findChallenge(deviceId, parts));
  if (challenge) return { status: 'challenge' as const, ...challenge };
  await rung;
  const late = deviceId && (await findChallenge(deviceId, parts));
  return late ? { status: 'challenge' as const, ...late } : { status: 'waiting' as const };
}

/** The entrance of devices: hello, proof of a claim, renewal of a certificate. */
export function enrolmentRoutes(parts: ClaimParts, bell: ClaimBell): RouteDeclaration[] {
  return [
    defineRoute(deviceContract.enrolmentHello, {
      permission: 'public',
      resource: device,
      scope: 'installation',
      audit: { none: 'a device that waits changes nothing' },
      handler: ({ input }) => answerHello(input.body.serial, parts, bell),
    }),
    defineRoute(deviceContract.enrolmentProof, {
      permission: 'public',
      resource: device,
      scope: 'installation',
      audit: 'device.prove_claim',
      limits: [{ name: 'enrolment-proof', ...failedLimit }],
      handler: async ({ input, note }) => {
        const deviceId = await deviceOf(input.body.serial, parts);
        if (!deviceId) throw new Refusal('claim_failed', { cause: 'no such device' });
        note({ objectId: deviceId });
        return proveClaim(deviceId, input.body, parts);
      },
    }),
    defineRoute(deviceContract.renewCertificate, {
      permission: 'public',
      resource: device,
      scope: 'installation',
      audit: 'device.renew_certificate',
      limits: [{ name: 'certificate-renewal', ...failedLimit }],
      handler: async ({ input, note }) => {
        note({ objectId: input.body.deviceId });
        return renewCertificate(input.body, parts);
      },
    }),
  ];
}
