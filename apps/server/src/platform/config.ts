/**
 * The configuration: environment variables `CLAVIGER_*` over `<data>/claviger.json`, which `claviger setup`
 * writes. Whatever is unsafe is refused here, before anything listens, with sentences that name the setting.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { checkSafety } from './config-safety.ts';
import { settingsFileName } from './data-folder.ts';
import { Secret } from './secrets/index.ts';
import {
  settings,
  type Configuration,
  type PortalTls,
  type ProviderSettings,
  type Settings,
} from './config-settings.ts';

export {
  serverRoles,
  type Configuration,
  type Listener,
  type PortalTls,
  type ProviderSettings,
  type ServerRole,
} from './config-settings.ts';
export { isLoopback } from './loopback.ts';

/** The configuration cannot be used: one sentence a line, each naming its setting. */
export class ConfigurationProblem extends Error {
  override readonly name = 'ConfigurationProblem';
}

const prefix = 'CLAVIGER_';

/** The environment variable of each setting; the file uses the setting's own name. */
export const settingVariables = {
  data: 'CLAVIGER_DATA',
  mode: 'CLAVIGER_MODE',
  roles: 'CLAVIGER_ROLES',
  portal: 'CLAVIGER_PORTAL',
  devices: 'CLAVIGER_DEVICES',
  broker: 'CLAVIGER_BROKER',
  publicOrigin: 'CLAVIGER_PUBLIC_ORIGIN',
  tls: 'CLAVIGER_TLS',
  tlsCertificate: 'CLAVIGER_TLS_CERTIFICATE',
  tlsKey: 'CLAVIGER_TLS_KEY',
  trustProxy: 'CLAVIGER_TRUST_PROXY',
  databaseUrl: 'CLAVIGER_DATABASE_URL',
  brokerUrl: 'CLAVIGER_BROKER_URL',
  metricsToken: 'CLAVIGER_METRICS_TOKEN',
  smtpUrl: 'CLAVIGER_SMTP_URL',
  mailFrom: 'CLAVIGER_MAIL_FROM',
  oidcIssuer: 'CLAVIGER_OIDC_ISSUER',
  oidcClientId: 'CLAVIGER_OIDC_CLIENT_ID',
  oidcClientSecret: 'CLAVIGER_OIDC_CLIENT_SECRET',
  oidcClientSecretFile: 'CLAVIGER_OIDC_CLIENT_SECRET_FILE',
  oidcLabel: 'CLAVIGER_OIDC_LABEL',
  oidcEmailDomains: 'CLAVIGER_OIDC_EMAIL_DOMAINS',
  logLevel: 'CLAVIGER_LOG_LEVEL',
  copy: 'CLAVIGER_COPY',
} as const;
type Setting = keyof typeof settingVariables;

/** Where no file can be, there are no settings; whether there is an installation is asked later. */
const noFileCodes: readonly unknown[] = ['ENOENT', 'ENOTDIR'];

function readFileSettings(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && noFileCodes.includes(error.code)) return {};
    throw error;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch (error) {
    throw new ConfigurationProblem(`${path} is not JSON. Correct it, or run \`claviger setup\` again.`, {
      cause: error,
    });
  }
  throw new ConfigurationProblem(`${path} must hold one JSON object.`);
}

function environmentSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const named = new Map(
    Object.entries(settingVariables).map(([setting, variable]) => [variable as string, setting]),
  );
  const unknown = Object.keys(environment).filter((name) => name.startsWith(prefix) && !named.has(name));
  if (unknown.length > 0)
    throw new ConfigurationProblem(unknown.map((name) => `${name} is not a setting.`).join('\n'));
  return Object.fromEntries(
    [...named].flatMap(([variable, setting]) => {
      const value = environment[variable];
      return value === undefined || value === '' ? [] : [[setting, value]];
    }),
  );
}

function sentence(setting: string, problem: string): string {
  const variable = settingVariables[setting as Setting] as string | undefined;
  return variable === undefined ? `${setting} is not a setting.` : `${variable} (${setting}) ${problem}.`;
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => sentence(key, ''))
        : [sentence(String(issue.path[0]), issue.message)],
    )
    .join('\n');
}

function tlsOf({ tls, tlsCertificate, tlsKey }: Settings): PortalTls {
  if (tls !== 'files') return { kind: tls };
  if (tlsCertificate !== undefined && tlsKey !== undefined) {
    return { kind: 'files', certificatePath: resolve(tlsCertificate), keyPath: resolve(tlsKey) };
  }
  const missing = tlsCertificate === undefined ? 'tlsCertificate' : 'tlsKey';
  throw new ConfigurationProblem(sentence(missing, 'must name a file when tls is files'));
}

function mailOf({ smtpUrl, mailFrom }: Settings): Configuration['mail'] {
  if (!smtpUrl) return undefined;
  if (mailFrom === undefined) {
    throw new ConfigurationProblem(sentence('mailFrom', 'must say whom mails come from when smtpUrl is set'));
  }
  return { url: smtpUrl, from: mailFrom };
}

/** A secret in a file is for systems that hand secrets out that way. */
function clientSecretOf({ oidcClientSecret, oidcClientSecretFile }: Settings): Secret | undefined {
  if (oidcClientSecretFile === undefined) return oidcClientSecret;
  if (oidcClientSecret)
    throw new ConfigurationProblem(
      sentence('oidcClientSecretFile', 'is one too many beside oidcClientSecret'),
    );
  try {
    const text = readFileSync(resolve(oidcClientSecretFile), 'utf8').trim();
    if (text !== '') return new Secret(text);
  } catch (error) {
    throw new ConfigurationProblem(sentence('oidcClientSecretFile', 'names a file that cannot be read'), {
      cause: error,
    });
  }
  throw new ConfigurationProblem(sentence('oidcClientSecretFile', 'names an empty file'));
}

function providerOf(values: Settings): ProviderSettings | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcLabel } = values;
  if (issuer === undefined) {
    if (clientId === undefined && oidcLabel === undefined) return undefined;
    throw new ConfigurationProblem(sentence('oidcIssuer', 'must be set where oidcClientId or oidcLabel is'));
  }
  if (clientId === undefined)
    throw new ConfigurationProblem(sentence('oidcClientId', 'must be set where oidcIssuer is'));
  const clientSecret = clientSecretOf(values);
  return {
    ...{ issuer, clientId, label: oidcLabel ?? new URL(issuer).hostname },
    emailDomains: values.oidcEmailDomains.map((domain) => domain.toLowerCase()),
    ...(clientSecret && { clientSecret }),
  };
}

function defaultOrigin({ portal, tls }: Settings): string {
  return `${tls === 'none' ? 'http' : 'https'}://localhost:${String(portal.port)}`;
}

/**
 * Reads the configuration. The environment wins over the file, or over the settings that are about to become
 * one; unknown settings are refused, so a slip of the pen does not silently mean a default. Refuses with
 * ConfigurationProblem.
 */
export function readConfiguration(
  environment: NodeJS.ProcessEnv,
  wanted?: Readonly<Record<string, unknown>>,
): Configuration {
  const fromEnvironment = environmentSettings(environment);
  const dataFolder = resolve(fromEnvironment['data'] ?? 'data');
  const fromFile = wanted ?? readFileSettings(resolve(dataFolder, settingsFileName));
  if ('data' in fromFile) throw new ConfigurationProblem(`data cannot be set in ${settingsFileName}.`);
  const parsed = settings.safeParse({ ...fromFile, ...fromEnvironment, data: dataFolder });
  if (!parsed.success) throw new ConfigurationProblem(problemsOf(parsed.error));
  const values = parsed.data;
  const mail = mailOf(values);
  const provider = providerOf(values);
  const configuration: Configuration = {
    dataFolder,
    mode: values.mode,
    roles: values.roles,
    portal: values.portal,
    devices: values.devices,
    broker: values.broker,
    publicOrigin: values.publicOrigin ?? defaultOrigin(values),
    tls: tlsOf(values),
    trustedProxies: values.trustProxy,
    logLevel: values.logLevel,
    copy: values.copy,
    ...(values.databaseUrl && { databaseUrl: values.databaseUrl }),
    ...(values.brokerUrl && { brokerUrl: values.brokerUrl }),
    ...(values.metricsToken && { metricsToken: values.metricsToken }),
    ...(mail && { mail }),
    ...(provider && { provider }),
  };
  const dangers = checkSafety(configuration);
  if (dangers.length > 0) throw new ConfigurationProblem(dangers.join('\n'));
  return configuration;
}
