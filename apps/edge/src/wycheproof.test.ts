import { existsSync, readFileSync } from 'node:fs';
import type { Crypto } from '@claviger/agent';
import { seededCrypto, seededKey } from '@claviger/sim';
import { expect, it } from 'vitest';
import { nodeCrypto } from './crypto-node.ts';

/**
 * The Ed25519 vectors of Project Wycheproof, as Debian's golang-github-cloudflare-circl-dev brings them
 * (145, of its format 0.8). They are not ours to keep here: `.ci/run` installs them, and where they are
 * missing this says that it did not run.
 */
const file =
  '/usr/share/gocode/src/github.com/cloudflare/circl/sign/ed25519/testdata/wycheproof_Ed25519.json';

/** What is read of the file: bytes are hexadecimal. */
type Vectors = {
  numberOfTests: number;
  testGroups: {
    key: { pk: string };
    tests: { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }[];
  }[];
};

const signer = seededKey('signer');
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const ports: readonly (readonly [string, Crypto])[] = [
  ['a box', nodeCrypto(signer)],
  ['the simulation', seededCrypto(signer, 'signatures')],
];

if (!existsSync(file)) console.info('the Wycheproof vectors are not installed: they did not run');

it.skipIf(!existsSync(file)).each(ports)(
  '%s takes every signature that Wycheproof calls valid, and no other',
  (_title, { verify }) => {
    const { numberOfTests, testGroups } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
    const answers = testGroups.flatMap(({ key, tests }) =>
      tests.map(({ tcId, msg, sig, result }) => ({
        tcId,
        result,
        answer: verify(hex(key.pk), hex(msg), hex(sig)) ? 'valid' : 'invalid',
      })),
    );
    expect(answers).toHaveLength(numberOfTests);
    expect(numberOfTests).toBeGreaterThanOrEqual(145);
    expect(answers.filter(({ result, answer }) => result !== answer)).toEqual([]);
  },
);
