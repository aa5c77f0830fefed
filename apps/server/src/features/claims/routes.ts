import { parseSerial, type DeviceId } from '@claviger/domain';
import { deviceContract, enrolmentWaitMs, Refusal } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { findDevice } from '../devices/index.ts';
import type { ClaimBell } from './bell.ts';
import { findChallenge, proveClaim, renewCertificate, type ClaimParts } from './service.ts';

const device = { type: 'device' } as const;

/** A box says hello every 25 seconds and after each cut of its network. */
const helloLimit = { burst: 60, refillS: 2 } as const;
const proofLimit = { burst: 20, refillS: 30 } as const;

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
      limits: [{ name: 'enrolment-hello', ...helloLimit, subject: ({ input }) => input.body.serial }],
      handler: ({ input }) => answerHello(input.body.serial, parts, bell),
    }),
    defineRoute(deviceContract.enrolmentProof, {
      permission: 'public',
      resource: device,
      scope: 'installation',
      audit: 'device.prove_claim',
      limits: [{ name: 'enrolment-proof', ...proofLimit, subject: ({ input }) => input.body.serial }],
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
      limits: [{ name: 'certificate-renewal', ...proofLimit, subject: ({ input }) => input.body.deviceId }],
      handler: async ({ input, note }) => {
        note({ objectId: input.body.deviceId });
        return renewCertificate(input.body, parts);
      },
    }),
  ];
}
