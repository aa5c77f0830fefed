/** What each feature is given of the platform. */
import { createPublicKey, sign } from 'node:crypto';
import type { AuthorityPorts } from '@claviger/authority';
import type { RequestParts } from './features/access-requests/index.ts';
import type { ListJobs } from './features/access-lists/index.ts';
import { authorityPorts, type OpenSending, type SigningKey } from './features/authority/index.ts';
import type { ClaimParts } from './features/claims/index.ts';
import { findClaimable } from './features/devices/index.ts';
import type { KeyPageParts } from './features/key-page/index.ts';
import type { KeyRouteParts } from './features/keys/index.ts';
import type { InvitingParts } from './features/local-admins/index.ts';
import type { LockParts } from './features/locks/index.ts';
import type { MailParts } from './features/mails/index.ts';
import { openAudit, type Audit } from './platform/audit/index.ts';
import type { Authentication } from './platform/authentication/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Configuration } from './platform/config.ts';
import type { Database } from './platform/database/index.ts';
import { openSharedLimiter, type Doorkeeper, type SharedLimiter } from './platform/http/index.ts';
import type { Log } from './platform/log.ts';
import { smtpServer } from './platform/mail/index.ts';
import type { Bus } from './platform/messaging/index.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Authority } from './platform/pki/index.ts';
import type { ServedIdentity } from './platform/pki/renewal.ts';
import {
  deriveSecret,
  doorSecretsOf,
  entitySecretsOf,
  qrIssuerOf,
  type InstallationKeys,
  type Secret,
} from './platform/secrets/index.ts';

export interface AppPorts {
  readonly configuration: Configuration;
  readonly database: Database;
  readonly authentication: Authentication;
  readonly keys: InstallationKeys;
  readonly authority: Authority;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Where devices reach the broker. */
  readonly brokerUrl: string;
  /** The server's own where nothing else is said. */
  readonly doorkeeper?: Doorkeeper;
  readonly portalTls?: ServedIdentity;
  readonly devicesTls?: ServedIdentity;
  readonly portalFolder?: string;
  readonly keyPageFolder?: string;
}

export interface FeatureParts {
  readonly authority: AuthorityPorts;
  readonly claims: ClaimParts;
  readonly findClaimable: LockParts['findClaimable'];
  readonly sending: OpenSending;
  readonly lists: ListJobs;
  readonly keys: KeyRouteParts;
  readonly keyPage: KeyPageParts;
  readonly mails: MailParts;
  readonly inviting: InvitingParts;
  /** Counts with every entrance and every copy of the server. */
  readonly limiter: SharedLimiter;
  readonly audit: Audit;
  readonly requests: RequestParts;
  readonly now: () => number;
}

/** Makes what limits count by unreadable: it is addresses of people. */
export function limitedSubjectsKey({ installationSecret }: InstallationKeys): Secret {
  return deriveSecret(installationSecret, 'limited subjects');
}

function signingKeyOf({ commandSigningKey }: InstallationKeys): SigningKey {
  const { x } = createPublicKey(commandSigningKey).export({ format: 'jwk' });
  return {
    publicKey: fromText(x ?? ''),
    sign: (bytes: Uint8Array) => Uint8Array.from(sign(null, bytes, commandSigningKey)),
  };
}

function fromText(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

function claimPartsOf(ports: AppPorts): ClaimParts {
  const { database, authority, keys, clock, brokerUrl } = ports;
  return {
    database,
    authority,
    sealingKey: deriveSecret(keys.installationSecret, 'sealed fields'),
    brokerUrl,
    serverKeys: [signingKeyOf(keys).publicKey],
    doorSecretsOf: (door) => doorSecretsOf(keys.installationSecret, door),
    now: () => clock.now(),
  };
}

/** Everything about Keys: how they are made, listed, shown and mailed. */
function keyPartsOf(ports: AppPorts, sending: OpenSending) {
  const { database, configuration, clock, bus } = ports;
  const secret = ports.keys.installationSecret;
  const sealingKey = deriveSecret(secret, 'sealed fields');
  const now = () => clock.now();
  const issuerOf = (entityId: string) => qrIssuerOf(secret, entityId);
  const { mode, publicOrigin, mail } = configuration;
  const mails: MailParts = { mode, server: mail && smtpServer(mail), sealingKey, now };
  const pins = {
    database,
    tagKey: deriveSecret(secret, 'pin values'),
    saltOf: (entityId: string) => fromText(entitySecretsOf(secret, entityId).pinSalt),
  };
  const making = { sealingKey, issuerOf, doorSecretsOf: claimPartsOf(ports).doorSecretsOf };
  const audit = openAudit({ installationSecret: secret, now });
  const lists: ListJobs = { database, ports: sending.ports, bus, making };
  const keys: KeyRouteParts = { database, sealingKey, pins, issuerOf, publicOrigin, now, mails };
  const qrSecretOf = (entityId: string) => fromText(entitySecretsOf(secret, entityId).qrSecret);
  const keyPage: KeyPageParts = { database, sealingKey, issuerOf, qrSecretOf, sending, now };
  return { audit, mails, lists, keys, keyPage };
}

/** Makes them once for all routes and jobs. */
export function featureParts(ports: AppPorts): FeatureParts {
  const { database, keys, bus, clock } = ports;
  const now = () => clock.now();
  const authority = authorityPorts(database, signingKeyOf(keys), now);
  const sending = { ports: authority, database, bus };
  const pepper = deriveSecret(keys.installationSecret, 'pairing codes');
  const keyParts = keyPartsOf(ports, sending);
  return {
    authority,
    claims: claimPartsOf(ports),
    findClaimable: (typed) =>
      database.transact({ kind: 'installation' }, (tx) => findClaimable(tx, typed, pepper)),
    sending,
    now,
    ...keyParts,
    inviting: { publicOrigin: ports.configuration.publicOrigin, mails: keyParts.mails, now },
    limiter: openSharedLimiter(database, limitedSubjectsKey(keys)),
    requests: {
      ...{ database, authentication: ports.authentication, audit: keyParts.audit },
      ...{ keys: keyParts.keys, mails: keyParts.mails, now },
      publicOrigin: ports.configuration.publicOrigin,
    },
  };
}
