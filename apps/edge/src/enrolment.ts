import { createHmac, hkdfSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  claimKeyLabel,
  claimProofBytes,
  enrolmentAnswer,
  enrolmentWaitMs,
  ownership,
  renewalAnswer,
  renewalBytes,
  type DoorSecrets,
  type EnrolmentProof,
  type Ownership,
} from '@claviger/protocol';
import type { EdgeConfig } from './config.ts';
import { readFileIfThere, writeFileDurably } from './files.ts';
import { postJson } from './https-json.ts';
import type { BoxIdentity } from './identity.ts';

export const agentVersion = '0.1.0';

const answerTimeoutMs = 15_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;

export interface EnrolmentParts {
  readonly config: EdgeConfig;
  readonly identity: BoxIdentity;
  readonly note: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly signal: AbortSignal;
}

/** What a box owns, as it lies in its file: one that was claimed earlier has no secrets yet. */
export type OwnedBox = Omit<Ownership, 'secrets'> & { readonly secrets?: DoorSecrets | undefined };

const ownedBox = ownership.partial({ secrets: true });

const ownershipFile = (config: EdgeConfig): string => join(config.dataFolder, 'ownership.json');

/**
 * The ownership of this box, if it was claimed. Throws if its file was damaged: a box does not guess its
 * owner.
 */
export function loadOwnership(config: EdgeConfig): OwnedBox | undefined {
  const text = readFileIfThere(ownershipFile(config));
  return text === undefined ? undefined : ownedBox.parse(JSON.parse(text));
}

export function saveOwnership(config: EdgeConfig, owned: OwnedBox): void {
  writeFileDurably(ownershipFile(config), JSON.stringify(owned, undefined, 2));
}

function requestFile({ dataFolder }: EdgeConfig, claimId: string): string {
  return join(dataFolder, `claim-${claimId}.csr.pem`);
}

/** What makes requests is loaded when one is made: a box that starts needs none, and its door waits. */
async function makeRequest({ config, identity }: EnrolmentParts): Promise<string> {
  const { makeCertificateRequest } = await import('./certificate.ts');
  return makeCertificateRequest(identity.tlsPrivateKey, config.serial);
}

/**
 * The same request for the same claim, also after a restart: a proof whose answer was lost can be repeated.
 */
async function certificateRequestFor(claimId: string, parts: EnrolmentParts): Promise<string> {
  const path = requestFile(parts.config, claimId);
  const known = readFileIfThere(path);
  if (known !== undefined) return known;
  const made = await makeRequest(parts);
  writeFileDurably(path, made);
  return made;
}

function claimKeyOf({ pairingCode, serial }: EdgeConfig): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', pairingCode, serial, claimKeyLabel, 32));
}

async function makeProof(
  challenge: { claimId: string; nonce: string },
  parts: EnrolmentParts,
): Promise<EnrolmentProof> {
  const { config, identity } = parts;
  const proven = {
    serial: config.serial,
    claimId: challenge.claimId,
    identityKey: Buffer.from(identity.identityKey).toString('base64url'),
    certificateRequest: await certificateRequestFor(challenge.claimId, parts),
  };
  const mac = createHmac('sha256', claimKeyOf(config)).update(
    claimProofBytes('mac', challenge.nonce, proven),
  );
  const signature = identity.sign(claimProofBytes('signature', challenge.nonce, proven));
  return {
    ...proven,
    mac: mac.digest('base64url'),
    signature: Buffer.from(signature).toString('base64url'),
  };
}

async function askOnce(parts: EnrolmentParts): Promise<Ownership | undefined> {
  const { config, signal } = parts;
  const call = { authority: config.authority, signal };
  const answer = await postJson({
    ...call,
    url: new URL('/v1/enrolment/hello', config.enrolUrl),
    body: { serial: config.serial, agentVersion },
    answer: enrolmentAnswer,
    timeoutMs: enrolmentWaitMs + answerTimeoutMs,
  });
  if (answer.status === 'waiting') return undefined;
  parts.note('info', 'somebody claims this lock; answering the challenge');
  const owned = await postJson({
    ...call,
    url: new URL('/v1/enrolment/proof', config.enrolUrl),
    body: await makeProof(answer, parts),
    answer: ownership,
    timeoutMs: answerTimeoutMs,
  });
  saveOwnership(config, owned);
  rmSync(requestFile(config, answer.claimId), { force: true });
  return owned;
}

/** Waits until somebody claims this box and proves that it is the one. Ends early only by the signal. */
export async function becomeOwned(parts: EnrolmentParts): Promise<Ownership> {
  let pauseMs = shortestPauseMs;
  parts.note('info', `unclaimed, serial ${parts.config.serial}; waiting for an owner`);
  for (;;) {
    parts.signal.throwIfAborted();
    try {
      const owned = await askOnce(parts);
      if (owned) return owned;
      pauseMs = shortestPauseMs;
    } catch (error) {
      parts.signal.throwIfAborted();
      parts.note('warn', `enrolment: ${(error as Error).message}; trying again in ${pauseMs / 1_000} s`);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    await pause(pauseMs / 2, undefined, { signal: parts.signal });
  }
}

/** Asks for the next certificate, and the secrets, with the identity key; returns the ownership with them. */
export async function renewCertificate(owned: OwnedBox, parts: EnrolmentParts): Promise<OwnedBox> {
  const { config, identity, signal } = parts;
  const request = {
    deviceId: owned.deviceId,
    ownershipEpoch: owned.ownershipEpoch,
    certificateRequest: await makeRequest(parts),
  };
  const { certificate, secrets } = await postJson({
    url: new URL('/v1/enrolment/renewal', config.enrolUrl),
    authority: config.authority,
    body: { ...request, signature: Buffer.from(identity.sign(renewalBytes(request))).toString('base64url') },
    answer: renewalAnswer,
    timeoutMs: answerTimeoutMs,
    signal,
  });
  const renewed = { ...owned, certificate, secrets };
  saveOwnership(config, renewed);
  return renewed;
}
