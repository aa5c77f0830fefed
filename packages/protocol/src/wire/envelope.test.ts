import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openMessage, sealMessage, type Signer, type Verify } from './envelope.ts';
import { commandMessage, storedMessage, timeMessage, type CommandMessage } from './messages.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keyId = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const signer: Signer = { keyId, sign: (bytes) => Uint8Array.from(sign(null, bytes, privateKey)) };
const verifyKnown: Verify = (id, bytes, signature) =>
  String(id) === String(keyId) && verify(null, bytes, publicKey, signature);

const command: CommandMessage = {
  device: new Uint8Array(16).fill(1),
  ownershipEpoch: 1,
  bootNonce: new Uint8Array(16).fill(2),
  command: new Uint8Array(16).fill(3),
  sequence: 7,
  issuedAt: 1_795_000_000_000,
  notAfter: 1_795_000_010_000,
  type: 'open',
  lock: 1,
};

describe('a signed message', () => {
  it('opens to what was sealed', () => {
    const opened = openMessage(commandMessage, sealMessage(commandMessage, command, signer), verifyKnown);

    expect(opened).toEqual({ ok: true, body: command, keyId });
  });

  it('is refused when any bit of it is turned', () => {
    const message = sealMessage(commandMessage, command, signer);
    for (let bit = 0; bit < message.length * 8; bit += 1) {
      const turned = message.slice();
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openMessage(commandMessage, turned, verifyKnown).ok).toBe(false);
    }
  });

  it('is refused when it is shorter or longer by a byte', () => {
    const message = sealMessage(commandMessage, command, signer);

    expect(openMessage(commandMessage, message.subarray(0, -1), verifyKnown).ok).toBe(false);
    expect(openMessage(commandMessage, Uint8Array.from([...message, 0]), verifyKnown).ok).toBe(false);
  });

  it('of one kind is not taken for another of the same form', () => {
    const at = 5;
    const time = { device: new Uint8Array(16), ownershipEpoch: 1, nonce: new Uint8Array(16), at, lists: [] };
    const message = sealMessage(timeMessage, time, signer);
    const relabelled = message.slice();
    relabelled[1] = storedMessage.number;

    expect(openMessage(storedMessage, message, verifyKnown)).toEqual({ ok: false, fault: 'malformed' });
    expect(openMessage(storedMessage, relabelled, verifyKnown)).toEqual({
      ok: false,
      fault: 'bad_signature',
    });
  });

  it('over its limit is refused before its signature is looked at', () => {
    const oversized = new Uint8Array(commandMessage.sizeLimit + 1).fill(1);
    const never: Verify = () => {
      throw new Error('looked at');
    };

    expect(openMessage(commandMessage, oversized, never)).toEqual({ ok: false, fault: 'oversized' });
  });

  it('with a field that this version does not know is refused, though it is signed', () => {
    const body = commandMessage.body.write(command) as Map<number, number>;
    const forged = {
      ...commandMessage,
      body: { schema: {}, write: () => new Map([...body, [99, 1]]), read: () => command },
    };

    const message = sealMessage(forged, command, signer);

    expect(openMessage(commandMessage, message, verifyKnown)).toEqual({ ok: false, fault: 'malformed' });
  });
});
