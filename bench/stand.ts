import { createPublicKey, verify } from 'node:crypto';
import {
  decide,
  emptyMemory,
  type AccessList,
  type CredentialAttempt,
  type Decision,
  type Presentation,
} from '@claviger/domain';
import { encodeAccessList, openAccessList, qrSignedBytes, readQr, type QrContent } from '@claviger/protocol';
import { presentationOf } from '../packages/agent/src/attempts/presented.ts';
import {
  createVirtualClock,
  createVirtualDisk,
  createVirtualHardware,
  doorKeys,
  doorSettings,
  pictureText,
  seededKey,
  theDevice,
  theIssuer,
  worldStartsAt,
} from '@claviger/sim';
import { nodeCrypto } from '../apps/edge/src/crypto-node.ts';
import { createCore } from '../packages/agent/src/core.ts';
import { doorListOf, type DoorList } from '../packages/agent/src/lists/door-list.ts';
import { isAllowed, type Question } from './anchors/peers.ts';
import type { Contender } from './harness.ts';
import { givenKeys, listOf, type Given } from './lists.ts';

const identity = seededKey('door');

/** What the agent of a box stands on, with the cryptography of a real one. */
export const core = createCore(
  {
    ...{ deviceId: theDevice, ownershipEpoch: 1, identityKey: identity.publicKey, serverKeys: [] },
    ...{ agentVersion: 'bench', secrets: doorKeys, locks: [{ number: 1, settings: doorSettings }] },
  },
  {
    clock: createVirtualClock(worldStartsAt),
    crypto: nodeCrypto(identity),
    hardware: createVirtualHardware(() => 0),
    link: { publish: () => undefined },
    store: createVirtualDisk(),
    diary: { note: () => undefined },
  },
);

/** A Wednesday, shortly before eleven. */
export const now = worldStartsAt + 10_000_000;

/** So many Keys are shown, from all over the list: the next one is in no cache. */
const samples = 1_024;

export function attemptOf(first: Presentation, at = now): CredentialAttempt {
  return {
    ...{ kind: 'credential', first, at, uncertaintyMs: 50, canRecord: true, side: 'entry' },
    listConfirmedAt: at,
  };
}

export function questionOf(key: Given, at = now): Question {
  const minutes = Math.floor(at / 60_000);
  const weekday = (Math.floor(at / 86_400_000) + 3) % 7;
  return { key, at, minute: minutes % 1_440, weekday: 1 << weekday };
}

/** Does the work with one thing after another, for ever in turn. */
export function inTurn<Thing>(
  things: readonly Thing[],
  work: (thing: Thing) => void,
): (times: number) => void {
  if (things.length === 0) throw new Error('nothing to work on');
  let place = 0;
  return (times) => {
    for (let time = 0; time < times; time += 1) {
      place = place + 1 < things.length ? place + 1 : 0;
      const thing = things[place];
      if (thing !== undefined) work(thing);
    }
  };
}

/** Decides at a door that remembers nothing. Throws unless the outcome is the expected one. */
export function expectOutcome(outcome: Decision['outcome'], first: Presentation, { index }: DoorList): void {
  const { outcome: found, reason } = decide(index, emptyMemory, attemptOf(first));
  if (found !== outcome) throw new Error(`expected ${outcome}, found ${reason}`);
}

/** The list as a door decides by it: opened from its bytes. */
export function doorOf(list: AccessList): DoorList {
  return doorListOf(openAccessList(encodeAccessList(list)), false);
}

export interface Stand {
  readonly door: DoorList;
  readonly list: AccessList;
  readonly keys: readonly Given[];
  /** Some of the Keys that open now. */
  readonly valid: readonly Given[];
}

export function standOf(count: number, options: { readonly hasQr: boolean }): Stand {
  const keys = givenKeys(count);
  const open = keys.filter((key) => isAllowed(questionOf(key)));
  const step = Math.max(1, Math.floor(open.length / samples));
  const valid = open.filter((_, place) => place % step === 0).slice(0, samples);
  const list = listOf(keys, options);
  return { door: doorOf(list), list, keys, valid };
}

/** What a card reader hands on once the number is digested. */
export function cardOf({ card }: Given): Presentation {
  return { method: 'card', path: 'card_reader', isMalformed: false, verified: 'not_tested', lookup: card };
}

/** Cards from their digests on. */
export function cardContender({ door, valid }: Stand, name: string): Contender {
  return {
    name,
    run: inTurn(valid, (key) => {
      expectOutcome('granted', cardOf(key), door);
    }),
  };
}

/** Pictures as the reader has read them; moving ones unless something else is said of them. */
export function qrContender(
  { door, valid }: Stand,
  name: string,
  content: Partial<QrContent> = {},
): Contender {
  const texts = valid.map(({ id }) => pictureText({ key: id, at: now, content }));
  return {
    name,
    run: inTurn(texts, (text) => {
      expectOutcome('granted', presentationOf(core, { reader: 'qr_reader', text }, door), door);
    }),
  };
}

export const verifyName = 'raw Ed25519 verify, key imported once';

/** Raw verifications, each of a picture of its own. */
export function verifyOf(keys: readonly Given[]): (() => void)[] {
  const x = Buffer.from(theIssuer.publicKey).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return keys.map(({ id }) => {
    const read = readQr(pictureText({ key: id, at: now }));
    if (!read) throw new Error('a picture that cannot be read');
    const { signature } = read;
    const bytes = qrSignedBytes(read.body);
    return () => {
      if (!verify(null, bytes, publicKey, signature)) throw new Error('not signed');
    };
  });
}

/** Raw verification of the very same pictures. */
export function verifyContender({ valid }: Stand): Contender {
  const all = verifyOf(valid);
  return {
    name: verifyName,
    run: inTurn(all, (one) => {
      one();
    }),
  };
}
