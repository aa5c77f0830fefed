import { z } from 'zod';
import { serverCopyLimit } from '@claviger/protocol';
import { isLoopback } from './loopback.ts';
import { logLevels, type LogLevel } from './log.ts';
import { Secret, type InstallationMode } from './secrets/index.ts';

export const serverRoles = ['http', 'messaging', 'jobs'] as const;
export type ServerRole = (typeof serverRoles)[number];

/** Where a listener listens; port 0 takes any free one. */
export interface Listener {
  readonly host: string;
  readonly port: number;
}

/** How the Portal is protected: not at all, by certificate files, or by the installation's own authority. */
export type PortalTls =
  | { readonly kind: 'none' }
  | { readonly kind: 'files'; readonly certificatePath: string; readonly keyPath: string }
  | { readonly kind: 'own_authority' };

/** An OpenID Connect provider, at which this installation is a client. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: Secret;
  /** What people call it: "Sign in with …". */
  readonly label: string;
  /** Whose addresses it may speak for where somebody is new here; all, if none is named. */
  readonly emailDomains: readonly string[];
}

/** Everything the server is told from outside. */
export interface Configuration {
  readonly dataFolder: string;
  readonly mode: InstallationMode;
  readonly roles: readonly ServerRole[];
  readonly portal: Listener;
  readonly devices: Listener;
  readonly broker: Listener;
  /** What people type to come here, without a path: `https://keys.example.org`. */
  readonly publicOrigin: string;
  readonly tls: PortalTls;
  /** Addresses or networks of the proxies whose forwarded headers are believed; nobody's by default. */
  readonly trustedProxies: readonly string[];
  /** Another PostgreSQL or broker than the embedded one; secret, because a URL may carry a password. */
  readonly databaseUrl?: Secret;
  readonly brokerUrl?: Secret;
  readonly metricsToken?: Secret;
  /** The SMTP server that takes our mails, with its password in the URL, and whom they come from. */
  readonly mail?: { readonly url: Secret; readonly from: string };
  /** Who else may say who somebody is, if anybody. */
  readonly provider?: ProviderSettings;
  readonly logLevel: LogLevel;
  /** Which copy of the server this is at a broker that several share, from 1. */
  readonly copy: number;
}

function listener(defaultPort: number) {
  const fallback = `127.0.0.1:${String(defaultPort)}`;
  return z
    .string()
    .default(fallback)
    .transform((text, context): Listener => {
      const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:]+)):(\d{1,5})$/.exec(text);
      const host = match?.[1] ?? match?.[2];
      const port = Number(match?.[3]);
      if (host !== undefined && port <= 65_535) return { host, port };
      context.addIssue(`must be an address and a port such as ${fallback} or [::1]:${String(defaultPort)}`);
      return z.NEVER;
    });
}

function list(text: string): string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

function url(protocols: readonly string[]) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )
    .transform((text) => new Secret(text));
}

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    'must be an origin without a path, such as https://keys.example.org',
  );

/** A provider is believed because of the certificate of its address, unless it is on this machine. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Words separated by commas; the file may also hold an array of them. */
const words = z.union([z.array(z.string()), z.string().transform(list)]);

/** The settings as the environment and the file spell them. */
export const settings = z.strictObject({
  data: z.string().min(1, 'must name a folder'),
  mode: z.enum(['demo', 'real'], 'must be demo or real').default('demo'),
  roles: words
    .default([...serverRoles])
    .pipe(z.array(z.enum(serverRoles, 'must be some of http, messaging, jobs')).min(1, 'must not be empty')),
  portal: listener(3000),
  devices: listener(3443),
  broker: listener(8883),
  publicOrigin: origin.optional(),
  tls: z.enum(['none', 'files', 'own_authority'], 'must be none, files or own_authority').default('none'),
  tlsCertificate: z.string().min(1, 'must name a file').optional(),
  tlsKey: z.string().min(1, 'must name a file').optional(),
  trustProxy: words
    .default([])
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must hold addresses or networks'))),
  databaseUrl: url(['postgres:', 'postgresql:']).optional(),
  brokerUrl: url(['mqtts:']).optional(),
  metricsToken: z
    .string()
    .min(32, 'must have at least 32 characters')
    .transform((text) => new Secret(text))
    .optional(),
  smtpUrl: url(['smtp:', 'smtps:']).optional(),
  mailFrom: z.email('must be an e-mail address').optional(),
  oidcIssuer: z
    .string()
    .refine(isIssuer, 'must be an https:// URL without query or fragment, or http:// on this machine')
    .optional(),
  oidcClientId: z.string().min(1).max(200).optional(),
  oidcClientSecret: z
    .string()
    .min(1)
    .transform((text) => new Secret(text))
    .optional(),
  oidcClientSecretFile: z.string().min(1, 'must name a file').optional(),
  oidcLabel: z.string().trim().min(1).max(40, 'must have at most 40 characters').optional(),
  oidcEmailDomains: words
    .default([])
    .pipe(z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must hold domains such as example.org'))),
  copy: z.coerce.number('must be a number').int().min(1, 'counts from 1').max(serverCopyLimit).default(1),
  logLevel: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});

export type Settings = z.output<typeof settings>;
