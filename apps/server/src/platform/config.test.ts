import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationProblem, isLoopback, readConfiguration } from './config.ts';

let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'claviger-config-'));
});

afterEach(() => {
  rmSync(dataFolder, { recursive: true });
});

function read(environment: Record<string, string> = {}) {
  return readConfiguration({ CLAVIGER_DATA: dataFolder, ...environment });
}

function writeFile(content: unknown): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(dataFolder, 'claviger.json'), text);
}

const safe = { CLAVIGER_MODE: 'real', CLAVIGER_PUBLIC_ORIGIN: 'https://keys.example.org' };

describe('the configuration', () => {
  it('is a demo on loopback when nothing is set', () => {
    expect(read()).toEqual({
      dataFolder,
      mode: 'demo',
      roles: ['http', 'messaging', 'jobs'],
      portal: { host: '127.0.0.1', port: 3000 },
      devices: { host: '127.0.0.1', port: 3443 },
      broker: { host: '127.0.0.1', port: 8883 },
      publicOrigin: 'http://localhost:3000',
      tls: { kind: 'none' },
      trustedProxies: [],
      logLevel: 'info',
      copy: 1,
    });
  });

  it('takes the file of the data folder, and the environment before it', () => {
    writeFile({ portal: '[::1]:4000', roles: ['http'], logLevel: 'debug' });
    const { portal, roles, logLevel } = read({ CLAVIGER_LOG_LEVEL: 'warn', CLAVIGER_ROLES: 'http, jobs' });
    expect(portal).toEqual({ host: '::1', port: 4000 });
    expect(roles).toEqual(['http', 'jobs']);
    expect(logLevel).toBe('warn');
  });

  it('keeps URLs with passwords secret', () => {
    const configuration = read({
      CLAVIGER_DATABASE_URL: 'postgres://claviger:canary@db.example.org/claviger',
      CLAVIGER_BROKER_URL: 'mqtts://claviger:canary@broker.example.org:8883',
      CLAVIGER_METRICS_TOKEN: 'canary'.repeat(8),
    });
    expect(JSON.stringify(configuration)).not.toContain('canary');
    expect(configuration.databaseUrl?.revealText()).toContain('canary');
  });

  it.each([
    [{ CLAVIGER_PORTAL: '3000' }, 'CLAVIGER_PORTAL (portal) must be an address and a port'],
    [{ CLAVIGER_PORTAL: '127.0.0.1:70000' }, 'CLAVIGER_PORTAL (portal) must be an address and a port'],
    [{ CLAVIGER_MODE: 'production' }, 'CLAVIGER_MODE (mode) must be demo or real.'],
    [{ CLAVIGER_ROLES: 'http,mail' }, 'CLAVIGER_ROLES (roles) must be some of http, messaging, jobs.'],
    [{ CLAVIGER_ROLES: ',' }, 'CLAVIGER_ROLES (roles) must not be empty.'],
    [
      { CLAVIGER_PUBLIC_ORIGIN: 'keys.example.org' },
      'CLAVIGER_PUBLIC_ORIGIN (publicOrigin) must be an origin',
    ],
    [
      { CLAVIGER_PUBLIC_ORIGIN: 'https://a.example/x' },
      'CLAVIGER_PUBLIC_ORIGIN (publicOrigin) must be an origin',
    ],
    [{ CLAVIGER_TLS: 'files' }, 'CLAVIGER_TLS_CERTIFICATE (tlsCertificate) must name a file'],
    [
      { CLAVIGER_TLS: 'files', CLAVIGER_TLS_CERTIFICATE: 'a.pem' },
      'CLAVIGER_TLS_KEY (tlsKey) must name a file',
    ],
    [
      { CLAVIGER_DATABASE_URL: 'mysql://x' },
      'CLAVIGER_DATABASE_URL (databaseUrl) must be a URL that begins with',
    ],
    [
      { CLAVIGER_BROKER_URL: 'mqtt://x' },
      'CLAVIGER_BROKER_URL (brokerUrl) must be a URL that begins with mqtts://',
    ],
    [{ CLAVIGER_TRUST_PROXY: 'proxy' }, 'CLAVIGER_TRUST_PROXY (trustProxy) must hold addresses or networks'],
    [
      { CLAVIGER_SMTP_URL: 'smtps://mail.example.org' },
      'CLAVIGER_MAIL_FROM (mailFrom) must say whom mails come from',
    ],
    [
      { CLAVIGER_SMTP_URL: 'https://mail.example.org' },
      'CLAVIGER_SMTP_URL (smtpUrl) must be a URL that begins',
    ],
    [{ CLAVIGER_MAIL_FROM: 'nobody' }, 'CLAVIGER_MAIL_FROM (mailFrom) must be an e-mail address'],
    [{ CLAVIGER_METRICS_TOKEN: 'short' }, 'CLAVIGER_METRICS_TOKEN (metricsToken) must have at least 32'],
    [{ CLAVIGER_LOG_LEVEL: 'loud' }, 'CLAVIGER_LOG_LEVEL (logLevel) must be one of'],
    [{ CLAVIGER_PORTS: '1' }, 'CLAVIGER_PORTS is not a setting.'],
  ])('refuses %o and names the setting', (environment, message) => {
    expect(() => read(environment)).toThrow(ConfigurationProblem);
    expect(() => read(environment)).toThrow(message);
  });

  it.each([
    ['{', 'is not JSON'],
    [[], 'must hold one JSON object'],
    [{ port: 1 }, 'port is not a setting.'],
    [{ data: '/elsewhere' }, 'data cannot be set'],
    [{ mode: 7 }, 'CLAVIGER_MODE (mode) must be demo or real.'],
  ])('refuses a file that holds %j', (content, message) => {
    writeFile(content);
    expect(() => read()).toThrow(message);
  });
});

describe('a demo', () => {
  it.each(['CLAVIGER_PORTAL', 'CLAVIGER_DEVICES', 'CLAVIGER_BROKER'])(
    'refuses to listen beyond loopback with %s',
    (variable) => {
      expect(() => read({ [variable]: '0.0.0.0:9000' })).toThrow(`${variable} (`);
      expect(() => read({ [variable]: '192.168.1.4:9000' })).toThrow('this machine only');
    },
  );
});

describe('a real installation', () => {
  it('serves plain HTTP on loopback', () => {
    expect(read(safe).mode).toBe('real');
  });

  it('refuses plain HTTP on anything else', () => {
    const environment = { ...safe, CLAVIGER_PORTAL: '0.0.0.0:443' };
    expect(() => read(environment)).toThrow('CLAVIGER_PORTAL (portal) is 0.0.0.0:443 without TLS.');
    expect(read({ ...environment, CLAVIGER_TLS: 'own_authority' }).tls).toEqual({ kind: 'own_authority' });
    expect(read({ ...environment, CLAVIGER_TRUST_PROXY: '10.0.0.0/8' }).trustedProxies).toEqual([
      '10.0.0.0/8',
    ]);
  });

  it('refuses a public origin without https, and one that nobody else can reach', () => {
    expect(() => read({ ...safe, CLAVIGER_PUBLIC_ORIGIN: 'http://keys.example.org' })).toThrow('by https');
    expect(() =>
      read({ CLAVIGER_MODE: 'real', CLAVIGER_TLS: 'own_authority', CLAVIGER_PORTAL: '0.0.0.0:443' }),
    ).toThrow('CLAVIGER_PUBLIC_ORIGIN (publicOrigin) must be what people type');
  });
});

describe('loopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.0.1', false],
    ['::ffff:192.168.0.1', false],
    ['localhost.example.org', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
