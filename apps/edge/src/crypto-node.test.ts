import { verifierOf, type Crypto } from '@claviger/agent';
import { doorKeys, hmac, pinDigest, seededCrypto, seededKey } from '@claviger/sim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from './crypto-node.ts';

const signer = seededKey('signer');
const message = new TextEncoder().encode('open');
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

const ofTheBox = nodeCrypto(signer);
const ports: readonly (readonly [string, Crypto])[] = [
  ['of a box', ofTheBox],
  ['of the simulation', seededCrypto(signer, 'signatures')],
];

/** The order of the group: S and S + L are one number there, and only the first is a signature. */
const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

function littleEndian(bytes: Uint8Array): bigint {
  return [...bytes].reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, place) => Number((value >> BigInt(8 * place)) & 255n));
}

/** RFC 8032 section 7.1: secret keys are not needed to verify. */
const published: readonly (readonly [key: string, message: string, signature: string])[] = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    `e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
    5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b`.replace(/\s/g, ''),
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    `92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
    085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00`.replace(/\s/g, ''),
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    `6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
    18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a`.replace(/\s/g, ''),
  ],
];

/** RFC 4231, test cases 1, 2, 3 and 6: a key of 20 bytes, of 4, of 20, and one longer than a block. */
const publishedCodes: readonly { readonly key: string; readonly message: string; readonly code: string }[] = [
  {
    key: '0b'.repeat(20),
    message: '4869205468657265',
    code: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    key: '4a656665',
    message: '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    code: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    key: 'aa'.repeat(20),
    message: 'dd'.repeat(50),
    code: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    key: 'aa'.repeat(131),
    message: `54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a
      65204b6579202d2048617368204b6579204669727374`.replace(/\s/g, ''),
    code: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
];

describe.each(ports)('the signatures %s', (_title, { verify, sha256 }) => {
  it('are those of RFC 8032, and no bit of them or of the message may differ', () => {
    for (const [key, text, signature] of published) {
      expect(verify(hex(key), hex(text), hex(signature))).toBe(true);
      for (let bit = 0; bit < 512; bit += 1) {
        const wrong = hex(signature);
        wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verify(hex(key), hex(text), wrong)).toBe(false);
      }
      expect(verify(hex(key), hex(`${text}00`), hex(signature))).toBe(false);
    }
  });

  it('are refused with S of the group’s order or more: that would be a second one', () => {
    const signature = signer.sign(message);
    const s = littleEndian(signature.slice(32));
    expect(verify(signer.publicKey, message, signature)).toBe(true);
    for (const other of [s + order, s + 2n * order, order, 2n ** 256n - 1n]) {
      if (other >= 2n ** 256n) continue;
      const second = Uint8Array.from([...signature.slice(0, 32), ...bytesOf(other)]);
      expect(verify(signer.publicKey, message, second)).toBe(false);
    }
  });

  it('are refused of any other length, and by bytes that are no key, without an error', () => {
    const signature = signer.sign(message);
    for (const length of [0, 1, 32, 63])
      expect(verify(signer.publicKey, message, signature.slice(0, length))).toBe(false);
    expect(verify(signer.publicKey, message, Uint8Array.from([...signature, 0]))).toBe(false);
    for (const key of [
      new Uint8Array(),
      new Uint8Array(31),
      new Uint8Array(33),
      new Uint8Array(32).fill(255),
    ])
      expect(verify(key, message, signature)).toBe(false);
  });

  it('are refused whatever bytes they are', () => {
    const anyBytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(anyBytes(32), anyBytes(64), (key, signature) => {
        expect(verify(key, message, signature)).toBe(false);
        expect(verify(signer.publicKey, message, signature)).toBe(false);
      }),
    );
  });

  it('under a key of small order are nobody’s, in every encoding of it', () => {
    const points = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ].flatMap((point) => {
      const signed = hex(point);
      signed[31] = (signed[31] ?? 0) | 0x80;
      return [hex(point), signed];
    });
    const takenByAll = { verify: () => true, sha256 };
    for (const point of points) {
      // Behind a verification that takes everything: the refusal is the door's own.
      const isTaken = verifierOf([point], takenByAll)(sha256(point).slice(0, 8), message, new Uint8Array(64));
      expect(isTaken).toBe(false);
    }
    const isTaken = verifierOf([signer.publicKey], takenByAll);
    expect(isTaken(sha256(signer.publicKey).slice(0, 8), message, new Uint8Array(64))).toBe(true);
  });
});

it('a box makes the codes of RFC 4231, and those of Node for keys and messages of every length', () => {
  for (const { key, message: text, code } of publishedCodes)
    expect(ofTheBox.hmac(hex(key), hex(text))).toEqual(hex(code));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 400 }), (key, text) => {
      expect(ofTheBox.hmac(key, text)).toEqual(hmac(key, text));
    }),
  );
});

it('a box digests PINs and proves steps as the simulation does', () => {
  expect(ofTheBox.pinDigest('482913', doorKeys.pinSalt)).toEqual(pinDigest('482913', doorKeys.pinSalt));
  expect(ofTheBox.hmac(doorKeys.pepper, message)).toEqual(hmac(doorKeys.pepper, message));
});
