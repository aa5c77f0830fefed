import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assertSameInstallation,
  deriveSecret,
  installationIdOf,
  KeysProblem,
  findInstallationMode,
  loadInstallationKeys,
  openField,
  SealBroken,
  sealField,
  Secret,
} from './index.ts';

const installationSecret = new Secret(new Uint8Array(32).fill(7));

let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'claviger-keys-'));
});

afterEach(() => {
  rmSync(dataFolder, { recursive: true });
});

describe('a secret', () => {
  it('shows itself neither as text nor as JSON nor to an inspection', () => {
    const secret = new Secret('canary-7f3a');
    const shown = [
      String(secret),
      ['a', secret].join(),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true }),
    ].join();
    expect(shown).not.toContain('canary');
    expect(secret.revealText()).toBe('canary-7f3a');
  });

  it('cannot be changed through the bytes that it was made of or that it revealed', () => {
    const bytes = new Uint8Array(32).fill(1);
    const secret = new Secret(bytes);
    bytes.fill(2);
    secret.reveal().fill(3);
    expect(secret.reveal()).toEqual(new Uint8Array(32).fill(1));
  });

  it('equals one with the same bytes only', () => {
    expect(new Secret('one').equals(new Secret('one'))).toBe(true);
    expect(new Secret('one').equals(new Secret('two'))).toBe(false);
    expect(new Secret('one').equals(new Secret('longer'))).toBe(false);
  });
});

describe('derived keys', () => {
  it('differ by purpose and stay the same between starts', () => {
    const cookies = deriveSecret(installationSecret, 'session cookies');
    expect(cookies.equals(deriveSecret(installationSecret, 'session cookies'))).toBe(true);
    expect(cookies.equals(deriveSecret(installationSecret, 'sealed fields'))).toBe(false);
    expect(cookies.reveal()).toHaveLength(32);
  });

  it('give the installation an identifier that is a UUID', () => {
    expect(installationIdOf(installationSecret)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('a sealed field', () => {
  const place = { table: 'claims', column: 'sealed_key', rowId: '0190' };
  const plain = new TextEncoder().encode('1234 5678');

  it('opens where it was sealed', () => {
    expect(openField(installationSecret, place, sealField(installationSecret, place, plain))).toEqual(
      Buffer.from(plain),
    );
  });

  it('is different every time', () => {
    const first = sealField(installationSecret, place, plain);
    expect(first.equals(sealField(installationSecret, place, plain))).toBe(false);
    expect(first.includes('1234')).toBe(false);
  });

  it.each([
    ['another row', { ...place, rowId: '0191' }],
    ['another column', { ...place, column: 'nonce' }],
    ['another table', { ...place, table: 'locks' }],
    ['names that only look alike when joined', { table: 'claimss', column: 'ealed_key', rowId: '0190' }],
  ])('does not open in %s', (_where, elsewhere) => {
    const sealed = sealField(installationSecret, place, plain);
    expect(() => openField(installationSecret, elsewhere, sealed)).toThrow(SealBroken);
  });

  it('does not open when any byte was changed, when it was cut, or under another key', () => {
    const sealed = sealField(installationSecret, place, plain);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => openField(installationSecret, place, changed)).toThrow(SealBroken);
      expect(() => openField(installationSecret, place, sealed.subarray(0, index))).toThrow(SealBroken);
    }
    expect(() => openField(new Secret(new Uint8Array(32)), place, sealed)).toThrow(SealBroken);
  });
});

describe('the keys of an installation', () => {
  it('are made at the first start, private, and read again at the next', () => {
    const made = loadInstallationKeys(dataFolder, 'demo');
    const read = loadInstallationKeys(dataFolder, 'demo');
    expect(read.installationSecret.equals(made.installationSecret)).toBe(true);
    expect(read.commandSigningKey.equals(made.commandSigningKey)).toBe(true);
    expect(read.installationId).toBe(made.installationId);
    expect(readdirSync(dataFolder)).toEqual(['keys']);
    expect(statSync(join(dataFolder, 'keys')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(dataFolder, 'keys'))) {
      expect(statSync(join(dataFolder, 'keys', file)).mode & 0o777).toBe(0o600);
    }
  });

  it('are different in every installation', () => {
    const other = loadInstallationKeys(join(dataFolder, 'other'), 'demo');
    expect(other.installationId).not.toBe(loadInstallationKeys(dataFolder, 'demo').installationId);
  });

  it.each(['demo', 'real'] as const)('of a %s belong to it for good', (mode) => {
    const other = mode === 'demo' ? 'real' : 'demo';
    loadInstallationKeys(dataFolder, mode);
    expect(() => loadInstallationKeys(dataFolder, other)).toThrow(`holds a ${mode}`);
    writeFileSync(join(dataFolder, 'claviger.json'), JSON.stringify({ mode: other }));
    expect(() => loadInstallationKeys(dataFolder, other)).toThrow(KeysProblem);
    writeFileSync(join(dataFolder, 'keys', 'mode'), 'both');
    expect(() => loadInstallationKeys(dataFolder, mode)).toThrow(/keys.mode is damaged/);
  });

  it.each([
    ['a demo', undefined, 'demo'],
    ['real where the settings say so', { mode: 'real' }, 'real'],
  ] as const)('that are older than the word are those of %s', (_what, settings, mode) => {
    loadInstallationKeys(dataFolder, mode);
    rmSync(join(dataFolder, 'keys', 'mode'));
    if (settings) writeFileSync(join(dataFolder, 'claviger.json'), JSON.stringify(settings));
    expect(findInstallationMode(dataFolder)).toBe(mode);
    expect(() => loadInstallationKeys(dataFolder, mode)).not.toThrow();
  });

  it('are refused when others may read them', () => {
    loadInstallationKeys(dataFolder, 'demo');
    chmodSync(join(dataFolder, 'keys', 'installation.secret'), 0o640);
    expect(() => loadInstallationKeys(dataFolder, 'demo')).toThrow(/Others may read .*chmod/);
  });

  it('are refused when one is missing, and the lost one is not replaced', () => {
    loadInstallationKeys(dataFolder, 'demo');
    rmSync(join(dataFolder, 'keys', 'command-signing.pem'));
    expect(() => loadInstallationKeys(dataFolder, 'demo')).toThrow(/command-signing.pem is missing/);
    expect(readdirSync(join(dataFolder, 'keys'))).toEqual(['installation.secret', 'mode']);
  });

  it.each([
    ['installation.secret', 'abc'],
    ['command-signing.pem', 'not a key'],
  ])('are refused when %s is damaged', (file, content) => {
    loadInstallationKeys(dataFolder, 'demo');
    writeFileSync(join(dataFolder, 'keys', file), content);
    expect(() => loadInstallationKeys(dataFolder, 'demo')).toThrow(KeysProblem);
  });

  it('refuse the database of another installation', () => {
    const keys = loadInstallationKeys(dataFolder, 'demo');
    expect(() => {
      assertSameInstallation(keys, keys.installationId);
    }).not.toThrow();
    expect(() => {
      assertSameInstallation(keys, '00000000-0000-8000-8000-000000000000');
    }).toThrow(KeysProblem);
  });
});
