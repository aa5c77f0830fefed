import {
  anotherKey,
  bring,
  createWorld,
  keyRule,
  listWithKey,
  pictureText,
  pinOf,
  qrOf,
  theKey,
  worldStartsAt,
  type World,
} from '@claviger/sim';
import type { LockRules } from '@claviger/domain';
import { describe, expect, it } from 'vitest';

const pin = { reader: 'keypad', text: '482913' } as const;
const card = { reader: 'card_reader', text: '04a1b2c3' } as const;

async function worldWith(lock: Partial<LockRules> = { needsSecondFactor: true }): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey({ maxUses: 1 }, { lock }));
  return world;
}

function openings(world: World): number {
  return world.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

async function attemptsTold(world: World): Promise<string[]> {
  await world.settle();
  return world
    .server()
    .events.filter(({ type }) => /^key_|silent_alarm|reader_paused/.test(type))
    .map(({ type, method, reason, path, detail }) =>
      [type, method ?? path, reason, detail].filter((word) => word !== undefined).join(' '),
    );
}

describe('a second factor', () => {
  it('shown at another reader within ten seconds opens: one attempt, counted and told once', async () => {
    const world = await worldWith();
    world.agent.present(1, pin);
    expect([openings(world), world.hardware.signals]).toEqual([0, []]);
    world.clock.advance(9_999);
    world.agent.present(1, card);

    expect(openings(world)).toBe(1);
    expect(world.hardware.signals).toEqual([{ lock: 1, reader: 'card_reader', isGranted: true }]);
    expect(await attemptsTold(world)).toEqual(['key_accepted pin granted']);
    world.agent.present(1, card);
    world.agent.present(1, pin);
    expect(await attemptsTold(world)).toContain('key_refused card uses_exhausted');
  });

  it('that does not come is the refusal of the first, with the instant at which that was shown', async () => {
    const world = await worldWith();
    world.agent.present(1, pin);
    const shownAt = worldStartsAt + world.clock.mono();
    await world.pass(10_000);

    expect(world.hardware.signals).toEqual([{ lock: 1, reader: 'keypad', isGranted: false }]);
    expect(await attemptsTold(world)).toEqual(['key_refused pin second_factor_needed']);
    expect(world.server().events.findLast(({ type }) => type === 'key_refused')?.at).toBe(shownAt);
    world.agent.present(1, card);
    expect(openings(world)).toBe(0);
  });

  it('is not waited for where the box ends in order: the refusal is told before', async () => {
    const world = await worldWith();
    world.agent.present(1, pin);
    world.agent.end();
    await world.pass(1_000);

    expect(await attemptsTold(world)).toEqual(['key_refused pin second_factor_needed']);
  });

  it('at the same reader is a new attempt', async () => {
    const world = await worldWith();
    world.agent.present(1, pin);
    world.agent.present(1, pin);
    await world.pass(10_000);
    expect(openings(world)).toBe(0);
    expect(await attemptsTold(world)).toHaveLength(2);
  });

  it('that is a screenshot of an old QR opens nothing and is counted as a wrong try', async () => {
    const world = await worldWith();
    const shot = pictureText({ key: theKey, at: worldStartsAt + world.clock.mono() });
    world.clock.advance(60_000);
    world.agent.present(1, pin);
    world.agent.present(1, { reader: 'qr_reader', text: shot });
    expect(openings(world)).toBe(0);
    const told = 'key_refused pin second_factor_needed wrong_second_qr_reader';
    expect(await attemptsTold(world)).toEqual([told]);

    const fresh = pictureText({ key: theKey, at: worldStartsAt + world.clock.mono() });
    world.agent.present(1, pin);
    world.agent.present(1, { reader: 'qr_reader', text: fresh });
    expect(openings(world)).toBe(1);
  });

  it('is waited for where the assurance is too low, and not where no other reader is', async () => {
    const low = await worldWith({ minimumAssurance: 'medium' });
    low.agent.present(1, pin);
    low.agent.present(1, card);
    expect(openings(low)).toBe(1);

    const alone = await worldWith({ needsSecondFactor: true, capabilities: ['keypad'] });
    alone.agent.present(1, pin);
    expect(alone.hardware.signals).toEqual([{ lock: 1, reader: 'keypad', isGranted: false }]);
  });

  it('is not waited for once the list that asked for it is gone by a power cut: nothing opens', async () => {
    const world = await worldWith();
    world.agent.present(1, pin);
    world.reboot();
    world.agent.present(1, card);
    await world.pass(20_000);
    expect(openings(world)).toBe(0);
  });

  it('does not keep the silent alarm waiting, which is told once', async () => {
    const world = createWorld();
    await world.connect();
    const duress = pinOf('482914', theKey, { isDuress: true });
    const list = listWithKey({}, { lock: { needsSecondFactor: true } });
    await bring(world, { ...list, credentials: [...list.credentials, duress] });
    world.agent.present(1, { reader: 'keypad', text: '482914' });
    expect(await attemptsTold(world)).toEqual(['silent_alarm pin']);
    world.agent.present(1, card);
    expect(await attemptsTold(world)).toEqual(['silent_alarm pin', 'key_accepted pin granted']);
  });
});

describe('what is shown while a first factor waits and is not of its holder', () => {
  const refused = 'key_refused pin second_factor_needed';
  const rubbish = { reader: 'qr_reader', text: 'not a picture of ours' } as const;

  it('is an attempt of its own: another person comes in, and both stand in the log once', async () => {
    const world = createWorld();
    await world.connect();
    const list = listWithKey({}, { lock: { minimumAssurance: 'medium' } });
    const keys = [...list.keys, keyRule({ id: anotherKey })];
    await bring(world, { ...list, keys, credentials: [...list.credentials, qrOf(anotherKey)] });
    const shownAt = worldStartsAt + world.clock.mono();
    world.agent.present(1, pin);
    world.clock.advance(1_500);
    const picture = pictureText({ key: anotherKey, at: worldStartsAt + world.clock.mono() });
    world.agent.present(1, { reader: 'qr_reader', text: picture });

    expect(openings(world)).toBe(1);
    expect(world.hardware.signals).toEqual([
      { lock: 1, reader: 'keypad', isGranted: false },
      { lock: 1, reader: 'qr_reader', isGranted: true },
    ]);
    expect(await attemptsTold(world)).toEqual([
      'key_refused pin assurance_too_low',
      'key_accepted qr granted',
    ]);
    const [first, second] = world.server().events.filter(({ type }) => type.startsWith('key_'));
    expect(first?.at).toBe(shownAt);
    expect([first?.key, second?.key]).toEqual([theKey, anotherKey]);
  });

  it('is told with its own reason, pauses its own reader and is told in that pause too', async () => {
    const world = await worldWith();
    for (let time = 0; time < 7; time += 1) {
      world.agent.present(1, pin);
      world.agent.present(1, rubbish);
    }
    const once = [refused, 'key_refused qr malformed'];
    expect(await attemptsTold(world)).toEqual([
      ...Array.from({ length: 6 }, () => once).flat(),
      'reader_paused qr_reader wrong_tries 6 30',
      ...once,
    ]);
  });

  it('is not looked up in a pause of its reader, and the first factor waits no longer', async () => {
    const world = await worldWith({ needsSecondFactor: true });
    const unknown = { reader: 'card_reader', text: '04ffffff' } as const;
    for (let time = 0; time < 6; time += 1) world.agent.present(1, unknown);
    world.agent.present(1, pin);
    world.agent.present(1, card);
    expect(openings(world)).toBe(0);
    expect((await attemptsTold(world)).slice(-2)).toEqual([refused, 'key_refused card throttled']);
  });

  it('that is a suspended credential of the same Key is a wrong second factor, and told as one', async () => {
    const world = createWorld();
    await world.connect();
    const list = listWithKey({}, { lock: { needsSecondFactor: true } });
    const credentials = list.credentials.map((credential) =>
      credential.kind === 'card' ? { ...credential, state: 'suspended' as const } : credential,
    );
    await bring(world, { ...list, credentials });
    world.agent.present(1, pin);
    world.agent.present(1, card);
    expect(openings(world)).toBe(0);
    expect(await attemptsTold(world)).toEqual([`${refused} wrong_second_card_reader`]);
  });
});
