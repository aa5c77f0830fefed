import { rehearse, type Scene, type Try } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import {
  assurances,
  proofObstacle,
  proofs,
  proofsAt,
  readers,
  type Capability,
  type KeyType,
  type Proof,
  type ProofRules,
} from '../index.ts';

const types = ['guest', 'visitor', 'staff', 'delivery'] as const satisfies KeyType[];

/** Every combination of readers. */
const readerSets = readers.reduce<Capability[][]>(
  (sets, reader) => sets.flatMap((set) => [set, [...set, reader]]),
  [[]],
);

const locks: readonly ProofRules[] = assurances.flatMap((minimumAssurance) =>
  [true, false].flatMap((takesStaticQr) =>
    [true, false].flatMap((takesCardNumbers) =>
      readerSets.map((able) => ({ minimumAssurance, takesStaticQr, takesCardNumbers, capabilities: able })),
    ),
  ),
);

/** The lock as its access list has it: bare card numbers that are not taken wait there (record 0027). */
function sceneOf(type: KeyType, lock: ProofRules): Scene {
  const { takesStaticQr: staticQr, takesCardNumbers, minimumAssurance } = lock;
  const state = takesCardNumbers ? 'active' : 'suspended';
  return {
    key: { type },
    lock: { capabilities: [...lock.capabilities], minimumAssurance, staticQr, floors: [0] },
    credentials: [{ id: 'number', key: 'key', kind: 'card', card: 'number', state }],
  };
}

const shown = {
  link: { method: 'link' },
  pin: { method: 'pin' },
  qr: { method: 'qr' },
  picture: { method: 'qr', qr: { isStatic: true } },
  card: { method: 'card', credential: 'number' },
} as const satisfies Record<Proof, Try>;

/** No door hears a second factor at a reader that it has not; the rules need not say so. */
const readerOf = { pin: 'keypad', qr: 'qr_reader', picture: 'qr_reader', card: 'card_reader' } as const;

/** Which attempts open, each a minute after the one before, so that no QR is shown twice. */
function opened(scene: Scene, tries: readonly Try[]): boolean[] {
  const timed = tries.map((made, minute) => ({ ...made, at: `2026-11-25T12:${String(minute + 10)}` }));
  return rehearse(scene, timed).map(({ reason }) => reason === 'granted');
}

/** The proofs that open by themselves. */
function openingAlone(scene: Scene): Proof[] {
  const answers = opened(
    scene,
    proofs.map((proof) => shown[proof]),
  );
  return proofs.filter((_, place) => answers[place]);
}

/** The pairs of these proofs that open, each written `pin qr`. */
function openingTogether(scene: Scene, weak: readonly Proof[]): string[] {
  const pairs = weak.flatMap((one) =>
    weak.flatMap((other) => {
      if (one === 'link' || other === 'link') return [];
      if (scene.lock?.capabilities?.includes(readerOf[other]) !== true) return [];
      const credential = other === 'card' ? 'number' : shown[other].method;
      const secondFactor = { ...shown[other], credential };
      return [{ name: `${one} ${other}`, attempt: { ...shown[one], secondFactor } }];
    }),
  );
  const answers = opened(
    scene,
    pairs.map(({ attempt }) => attempt),
  );
  return pairs.filter((_, place) => answers[place]).map(({ name }) => name);
}

describe('a proof of a Key', () => {
  it.each(types)('of type %s is offered exactly where a door would take it', (type) => {
    for (const lock of locks) {
      const taken = proofs.filter((proof) => proofObstacle(proof, type, lock) === undefined);
      expect([lock, taken]).toEqual([lock, openingAlone(sceneOf(type, lock))]);
    }
  });

  it.each(types)('of type %s is offered with another exactly where a door would take both', (type) => {
    for (const lock of locks) {
      const scene = sceneOf(type, lock);
      const uses = proofsAt(proofs, type, lock);
      const alone = uses.filter(({ opens }) => opens === 'alone').map(({ proof }) => proof);
      const together = uses.flatMap((use) =>
        use.opens === 'together' ? use.with.map((other) => `${use.proof} ${other}`) : [],
      );
      const weak = proofs.filter((proof) => !alone.includes(proof));
      expect([lock, alone]).toEqual([lock, openingAlone(scene)]);
      expect([lock, together]).toEqual([lock, openingTogether(scene, weak)]);
    }
  });

  it('is never offered with one that the Key does not hold', () => {
    const lock: ProofRules = {
      ...{ capabilities: readers.map((reader) => reader), minimumAssurance: 'high' },
      ...{ takesStaticQr: false, takesCardNumbers: true },
    };

    expect(proofsAt(['link', 'qr'], 'guest', lock).map(({ opens }) => opens)).toEqual(['never', 'never']);
    expect(proofsAt(['pin', 'qr'], 'guest', lock)).toEqual([
      { proof: 'pin', opens: 'together', with: ['qr'] },
      { proof: 'qr', opens: 'together', with: ['pin'] },
    ]);
  });
});
