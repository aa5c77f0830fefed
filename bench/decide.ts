/**
 * P1 to P4: what a decision costs beside the cryptography that it needs, and beside other engines. A QR or
 * a PIN is measured from what the reader has read to the decision; a card from its digest on.
 */
import { createHmac, createSecretKey, generateKeyPairSync, scryptSync } from 'node:crypto';
import { decide, emptyMemory } from '@claviger/domain';
import { pinLookup, pinScrypt } from '@claviger/protocol';
import { doorKeys, doorList, hmac, keyRule, pictureText, pinDigest, pinOf, seededKey } from '@claviger/sim';
import { jwtVerify, SignJWT } from 'jose';
import { presentationOf, unread } from '../packages/agent/src/attempts/presented.ts';
import { caslPeer, casbinPeer, cedarPeer, isAllowed, type Peer } from './anchors/peers.ts';
import { figureOf, interleave, type Contender, type Figure } from './harness.ts';
import {
  attemptOf,
  cardContender,
  cardOf,
  core,
  doorOf,
  expectOutcome,
  inTurn,
  now,
  qrContender,
  questionOf,
  standOf,
  verifyContender,
  verifyName,
  type Stand,
} from './stand.ts';

const hmacName = 'one HMAC-SHA256';

async function joseContender({ valid }: Stand): Promise<Contender> {
  const pair = generateKeyPairSync('ed25519');
  const tokens = await Promise.all(
    valid.map(({ id }) => new SignJWT({ id }).setProtectedHeader({ alg: 'EdDSA' }).sign(pair.privateKey)),
  );
  return {
    name: 'jose jwtVerify',
    run: async (times) => {
      for (let time = 0; time < times; time += 1)
        await jwtVerify(tokens[time % tokens.length] ?? '', pair.publicKey);
    },
  };
}

async function decideQr(): Promise<Figure[]> {
  const stand = standOf(100_000, { hasQr: true });
  const moving = 'a moving QR at 100,000 Keys';
  const still = 'a static QR at 100,000 Keys';
  const all = await interleave([
    qrContender(stand, moving),
    qrContender(stand, still, { isStatic: true }),
    verifyContender(stand),
    await joseContender(stand),
  ]);
  const figures = [
    { figure: 'P1 decide a moving QR', ours: moving },
    { figure: 'P1 decide a static QR', ours: still },
  ];
  return figures.flatMap((figure) => [
    figureOf(all, { ...figure, anchor: verifyName, atLeast: 0.95 }),
    figureOf(all, { ...figure, anchor: 'jose jwtVerify', atLeast: 1 }),
  ]);
}

/** What may be refused before anything is verified: it has to be cheap, for anybody can show it. */
async function refuseHostile(): Promise<Figure[]> {
  const stand = standOf(100_000, { hasQr: true });
  const { door, valid } = stand;
  const texts = valid.map(({ id }) => pictureText({ key: id, at: now }));
  const stranger = seededKey('stranger');
  const foreign = valid.map(({ id }) => pictureText({ key: id, at: now, issuer: stranger }));
  const refuse = (text: string): void => {
    expectOutcome('denied', presentationOf(core, { reader: 'qr_reader', text }, door), door);
  };
  const paused = new Map([['qr_reader', { wrongTries: 9, forgivenAt: now, pausedUntil: now + 60_000 }]]);
  const memory = { ...emptyMemory, paths: paused };
  const hostile: Contender[] = [
    {
      name: 'malformed',
      run: inTurn(
        texts.map((text) => text.slice(1)),
        refuse,
      ),
    },
    { name: 'of an unknown issuer', run: inTurn(foreign, refuse) },
    {
      name: 'in a pause',
      run: inTurn(texts, (text) => {
        const first = unread({ reader: 'qr_reader', text });
        if (decide(door.index, memory, attemptOf(first)).reason !== 'throttled')
          throw new Error('not throttled');
      }),
    },
  ];
  const all = await interleave([...hostile, verifyContender(stand)]);
  return hostile.map(({ name }) =>
    figureOf(all, { figure: `P2 refuse a QR ${name}`, ours: name, anchor: verifyName, atLeast: 200 }),
  );
}

/** PINs by their slow digests, which are drawn: computing a hundred thousand of them takes an hour. */
async function decidePin(): Promise<Figure[]> {
  const { list, keys, valid } = standOf(100_000, { hasQr: false });
  const key = createSecretKey(doorKeys.pepper);
  const digests = valid.map(({ id }) => hmac(doorKeys.pepper, Buffer.from(id)));
  const held = keys.map(({ id, card }) => ({
    ...{ lookup: card, key: id, kind: 'pin', assurance: 'low', state: 'active', isDuress: false },
  }));
  const byId = new Map(
    valid.map(({ id }, place) => [
      id,
      pinLookup(digests[place] ?? new Uint8Array(), { pepper: doorKeys.pepper, hmac }),
    ]),
  );
  const credentials = held.map((each) => ({ ...each, lookup: byId.get(each.key) ?? each.lookup }));
  const pins = doorOf({ ...list, credentials: credentials as typeof list.credentials });
  const fast: Contender[] = [
    {
      name: 'a PIN at 100,000 Keys, after its slow digest',
      run: inTurn(digests, (digest) => {
        const lookup = pinLookup(digest, { pepper: doorKeys.pepper, hmac: core.crypto.hmac });
        expectOutcome(
          'granted',
          { method: 'pin', path: 'keypad', isMalformed: false, verified: 'not_tested', lookup },
          pins,
        );
      }),
    },
    {
      name: hmacName,
      run: inTurn(digests, (digest) => void createHmac('sha256', key).update(digest).digest()),
    },
  ];
  const rates = await interleave(fast);
  const pin = '482913';
  const one = doorOf(doorList({ keys: [keyRule()], credentials: [pinOf(pin)] }));
  pinDigest(pin, doorKeys.pinSalt);
  const { N, r, p, length } = pinScrypt;
  const kdf = 'one scrypt of the same parameters';
  const slow = await interleave([
    {
      name: 'a PIN with its slow digest',
      run: inTurn([pin], (text) => {
        expectOutcome('granted', presentationOf(core, { reader: 'keypad', text }, one), one);
      }),
    },
    { name: kdf, run: inTurn([pin], (text) => void scryptSync(text, doorKeys.pinSalt, length, { N, r, p })) },
  ]);
  return [
    figureOf(rates, { figure: 'P3 decide a PIN', ours: fast[0]?.name ?? '', anchor: hmacName, atLeast: 0.8 }),
    figureOf(slow, {
      figure: 'P3 decide a PIN',
      ours: 'a PIN with its slow digest',
      anchor: kdf,
      atLeast: 0.95,
    }),
  ];
}

/** Throws where an engine answers otherwise than the definition: speed must not buy a wrong answer. */
function mustAgree({ keys, door }: Stand, peers: readonly Peer[]): void {
  const dayMs = 86_400_000;
  for (const [place, key] of keys.slice(0, 2_000).entries()) {
    const at = now + (place % 40) * dayMs + (place % 24) * 3_600_000;
    const expected = isAllowed(questionOf(key, at));
    const ours = decide(door.index, emptyMemory, attemptOf(cardOf(key), at)).outcome === 'granted';
    if (ours !== expected) throw new Error(`the decision differs for Key ${place}`);
    for (const peer of peers)
      if (peer.isAllowed(questionOf(key, at)) !== expected)
        throw new Error(`${peer.name} differs for Key ${place}`);
  }
}

async function decideCard(): Promise<Figure[]> {
  const stand = standOf(10_000, { hasQr: false });
  const goals = [25, 500, 1_000];
  const peers = [caslPeer(stand.keys), cedarPeer(), await casbinPeer(stand.keys)];
  mustAgree(stand, peers);
  const ours = 'a card at 10,000 Keys';
  const questions = stand.valid.map((key) => questionOf(key));
  const all = await interleave([
    cardContender(stand, ours),
    ...peers.map(({ name, isAllowed: ask }) => ({
      name,
      run: inTurn(questions, (question) => {
        if (!ask(question)) throw new Error(`${name} refuses`);
      }),
    })),
  ]);
  return peers.map(({ name }, place) =>
    figureOf(all, { figure: 'P4 decide a card', ours, anchor: name, atLeast: goals[place] ?? 0 }),
  );
}

export async function decideFigures(): Promise<Figure[]> {
  return [...(await decideQr()), ...(await refuseHostile()), ...(await decidePin()), ...(await decideCard())];
}
