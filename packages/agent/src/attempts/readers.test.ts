import {
  anotherKey,
  bring,
  createWorld,
  doorList,
  keyRule,
  linkLetter,
  listWithKey,
  pictureText,
  pinOf,
  qrOf,
  seededKey,
  theKey,
  theLock,
  worldStartsAt,
  type ListParts,
  type World,
} from '@claviger/sim';
import type { KeyRule } from '@claviger/domain';
import {
  decodeEvent,
  qrKeyTag,
  qrText,
  readQr,
  uuidBytes,
  uuidText,
  type DeviceEvent,
} from '@claviger/protocol';
import { describe, expect, it } from 'vitest';

async function worldWith(key: Partial<KeyRule> = {}, parts: ListParts = {}): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey(key, parts));
  world.agent.linkDown();
  return world;
}

/** What waits in the log of a door whose link is down. */
function logOf(world: World): DeviceEvent[] {
  return world.disk
    .transact((transaction) => transaction.readEvents(1, 10_000))
    .map(({ encoded }) => decodeEvent(encoded));
}

function reasonOf(world: World, reader: 'keypad' | 'qr_reader' | 'card_reader', text: string): string {
  const before = world.hardware.moves.length;
  world.agent.present(1, { reader, text });
  const event = logOf(world).findLast(({ type }) => type === 'key_accepted' || type === 'key_refused');
  const isGranted = world.hardware.moves.length > before;
  expect(world.hardware.signals.at(-1)).toEqual({ lock: 1, reader, isGranted });
  expect(isGranted).toBe(event?.reason === 'granted');
  return event?.reason ?? 'nothing';
}

const nowOf = (world: World): number => worldStartsAt + world.clock.mono();
const show = (world: World, more: Partial<Parameters<typeof pictureText>[0]> = {}): string =>
  reasonOf(world, 'qr_reader', pictureText({ key: theKey, at: nowOf(world), ...more }));

describe('what a reader reads', () => {
  it('opens by PIN, card and QR as one Key, whose uses are counted together', async () => {
    const world = await worldWith({ maxUses: 3 });
    expect(reasonOf(world, 'keypad', '482913')).toBe('granted');
    expect(reasonOf(world, 'card_reader', '04A1B2C3')).toBe('granted');
    expect(show(world)).toBe('granted');
    expect(reasonOf(world, 'keypad', '482913')).toBe('uses_exhausted');

    const told = logOf(world).filter(({ type }) => type === 'key_accepted');
    expect(told.map(({ method, path, uses }) => [method, path, uses?.spent])).toEqual([
      ['pin', 'keypad', 1],
      ['card', 'card_reader', 2],
      ['qr', 'qr_reader', 3],
    ]);
    expect(told.map(({ key }) => uuidText(key ?? new Uint8Array(16)))).toEqual([theKey, theKey, theKey]);
    expect(told[0]?.list).toEqual({ incarnation: 1, version: 1 });
  });

  it('is malformed where it has not the form of its method', async () => {
    const world = await worldWith();
    for (const text of ['', '12345', '1234567890', '12345a'])
      expect(reasonOf(world, 'keypad', text)).toBe('malformed');
    const other = await worldWith();
    for (const text of ['', '04a1b2', '04a1b2c', '04a1b2c304a1b2c304a1b2', 'FFFFFFFF', '00000000000000'])
      expect(reasonOf(other, 'card_reader', text)).toBe('malformed');
    expect(reasonOf(other, 'qr_reader', 'HTTPS://EXAMPLE.ORG')).toBe('malformed');
  });

  it('is malformed in a pause too, and counts nothing there', async () => {
    const world = await worldWith();
    for (let time = 0; time < 6; time += 1) reasonOf(world, 'keypad', '731946');
    expect(reasonOf(world, 'keypad', '731946')).toBe('throttled');
    for (let time = 0; time < 6; time += 1) expect(reasonOf(world, 'keypad', '12345')).toBe('malformed');
    await world.pass(30_000);
    expect(reasonOf(world, 'keypad', '482913')).toBe('granted');
  });

  it('leaves no PIN, no card number and nothing of an unverified QR on the disk', async () => {
    const world = await worldWith();
    reasonOf(world, 'keypad', '731946');
    reasonOf(world, 'card_reader', 'deadbeef');
    show(world, { key: anotherKey, issuer: seededKey('stranger') });
    for (const event of logOf(world)) {
      expect(JSON.stringify(event)).not.toMatch(/731946|deadbeef/i);
      expect(event.key).toBeUndefined();
    }
    expect(world.diary.join()).not.toMatch(/731946|deadbeef/i);
  });

  it('is unknown at a lock without an access list', () => {
    const world = createWorld();
    expect(reasonOf(world, 'keypad', '482913')).toBe('unknown_credential');
  });

  it('is told as a silent alarm too, and opens, where the PIN is said under duress', async () => {
    const world = await worldWith({}, { credentials: [pinOf('482914', theKey, { isDuress: true })] });
    expect(reasonOf(world, 'keypad', '482914')).toBe('granted');
    const { type, key, path } = logOf(world).findLast(({ type: told }) => told === 'silent_alarm') ?? {};
    expect([type, key && uuidText(key), path]).toEqual(['silent_alarm', theKey, 'keypad']);
  });

  it('has an event of its own for thirty refusals a minute, and one for all others', async () => {
    const world = await worldWith({ state: 'suspended' });
    for (let time = 0; time < 500; time += 1) reasonOf(world, 'card_reader', '04a1b2c3');
    await world.pass(120_000);
    const events = logOf(world);
    expect(events.filter(({ type }) => type === 'key_refused')).toHaveLength(30);
    const gathered = events.filter(({ type }) => type === 'refusals_gathered');
    const [one] = gathered;
    expect(gathered).toHaveLength(1);
    expect(one?.detail).toMatch(/^refused_from 470 /);
    expect([one?.path, one?.reason, one?.method]).toEqual(['card_reader', undefined, undefined]);
  });
});

function partsOf(text: string) {
  const { body, signature, moving } = readQr(text) ?? {};
  if (!body || !signature || !moving) throw new Error('not a moving picture');
  return { body, signature, moving };
}

function bigEndian(step: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, step);
  return bytes;
}

function flip(bytes: Uint8Array, bit: number): void {
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
}

describe('a QR', () => {
  it('is refused with any one bit of it wrong, and nothing of it is told', async () => {
    const world = await worldWith();
    const image = world.disk.image();
    const { body, signature, moving } = partsOf(pictureText({ key: theKey, at: nowOf(world) }));
    const parts = [body, signature, bigEndian(moving.step), moving.proof];
    const refused = { count: 0 };
    for (const part of parts) {
      for (let bit = 0; bit < part.length * 8; bit += 1) {
        flip(part, bit);
        const [, , step = new Uint8Array(4), proof = new Uint8Array(8)] = parts;
        const wrong = qrText(body, signature, { step: new DataView(step.buffer).getUint32(0), proof });
        flip(part, bit);
        // From the same image each time: after five wrong tries nothing would be looked up.
        world.reboot(image.image());
        world.agent.present(1, { reader: 'qr_reader', text: wrong });
        expect(logOf(world).filter(({ key }) => key !== undefined)).toEqual([]);
        refused.count += 1;
      }
    }
    expect([refused.count, world.hardware.moves]).toEqual([872, []]);
    world.reboot(image.image());
    expect(reasonOf(world, 'qr_reader', qrText(body, signature, moving))).toBe('granted');
  });

  it('of another Entity is unknown, and with a forged step a bad signature', async () => {
    const world = await worldWith();
    expect(show(world, { issuer: seededKey('stranger') })).toBe('unknown_credential');
    const { body, signature, moving } = partsOf(pictureText({ key: theKey, at: nowOf(world) }));
    const moved = qrText(body, signature, { ...moving, step: moving.step + 1 });
    expect(reasonOf(world, 'qr_reader', moved)).toBe('bad_signature');
    expect(show(world)).toBe('granted');
  });

  it('dies as a screenshot after a minute and is never taken twice in its step', async () => {
    const world = await worldWith();
    const shot = pictureText({ key: theKey, at: nowOf(world) });
    expect(reasonOf(world, 'qr_reader', shot)).toBe('granted');
    expect(reasonOf(world, 'qr_reader', shot)).toBe('replayed');
    world.reboot();
    expect(reasonOf(world, 'qr_reader', shot)).toBe('replayed');

    const another = await worldWith();
    const taken = pictureText({ key: theKey, at: nowOf(another) });
    another.clock.advance(60_000);
    expect(reasonOf(another, 'qr_reader', taken)).toBe('replayed');
  });

  it('is refused with an older issue, for another lock, and as a still picture', async () => {
    const world = await worldWith({ issue: 2 });
    expect(show(world)).toBe('revoked');
    expect(show(world, { content: { issue: 2 }, locks: [anotherKey] })).toBe('wrong_lock');
    expect(show(world, { content: { issue: 2, isStatic: true } })).toBe('assurance_too_low');
    expect(show(world, { content: { issue: 2 }, locks: [anotherKey, theLock] })).toBe('granted');
  });

  it('is expired, or not yet valid, as the list says of its Key', async () => {
    const guest = { type: 'guest' as const, from: worldStartsAt + 60_000, until: worldStartsAt + 120_000 };
    const world = await worldWith(guest);
    expect(show(world)).toBe('not_yet_valid');
    world.clock.advance(60_000);
    expect(show(world)).toBe('granted');
    world.clock.advance(60_000);
    expect(show(world)).toBe('expired');
  });

  it('of a Key newer than the list opens by its own rule, once a step also as the list comes', async () => {
    const world = await worldWith();
    world.clock.advance(1_000);
    const rule = { from: undefined, until: worldStartsAt + 3_600_000, window: undefined };
    const shown = { key: anotherKey, at: nowOf(world), content: { rule, signedAt: nowOf(world) } };
    expect(show(world, shown)).toBe('granted');
    const tag = logOf(world).findLast(({ type }) => type === 'key_accepted')?.key;
    expect(tag).toEqual(qrKeyTag(anotherKey));
    world.agent.linkUp();
    const keys = [keyRule(), keyRule({ id: anotherKey })];
    await bring(world, doorList({ version: 2, keys, credentials: [qrOf(anotherKey)] }));
    world.agent.linkDown();
    expect(show(world, shown)).toBe('replayed');
  });
});

describe('an opening on the page of a Key', () => {
  it('is decided by every rule, counts, and is answered and told once', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ maxUses: 1 }));
    const letter = linkLetter(world, theKey);
    await world.deliver(letter);
    await world.deliver(letter);
    const next = linkLetter(world, theKey, {
      sequence: 2,
      command: uuidBytes('0193a6c0-7777-7000-8000-000000000008'),
    });
    await world.deliver(next);
    await world.settle();

    expect(world.hardware.moves.filter(({ isUnlocked }) => isUnlocked)).toHaveLength(1);
    const told = world.server().events.filter(({ type }) => type.startsWith('key_'));
    expect(told.map(({ type, method, reason }) => [type, method, reason])).toEqual([
      ['key_accepted', 'link', 'granted'],
      ['key_refused', 'link', 'uses_exhausted'],
    ]);
  });

  it('pauses no other page, however often it presents a Key that the door does not know', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({}));
    const command = (sequence: number) => ({
      sequence,
      command: uuidBytes(`0193a6c0-7777-7000-8000-0000000000${String(sequence).padStart(2, '0')}`),
    });

    for (let press = 1; press <= 7; press += 1)
      await world.deliver(linkLetter(world, anotherKey, command(press)));
    expect(world.hardware.moves).toEqual([]);
    await world.deliver(linkLetter(world, theKey, command(8)));
    await world.settle();

    expect(world.hardware.isUnlocked(1)).toBe(true);
    const told = world.server().events.filter(({ type }) => type === 'key_refused');
    expect(told.at(-1)?.reason).toBe('throttled');
  });

  it('that was refused opens nothing when it is played again while it lives', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ from: worldStartsAt + 2_000 }));
    const letter = linkLetter(world, theKey);
    await world.deliver(letter);
    await world.pass(3_000);
    await world.deliver(letter);
    expect(world.hardware.moves).toEqual([]);
  });
});

describe('a manager’s command', () => {
  it('is refused by an inactive lock and by lockdown, and knows no Key', async () => {
    for (const lock of [{ isInactive: true }, { isInLockdown: true }]) {
      const world = createWorld();
      await world.connect();
      await bring(world, listWithKey({}, { lock }));
      await world.deliver(linkLetter(world, theKey, { key: undefined }));
      await world.settle();
      expect(world.hardware.moves).toEqual([]);
      expect(world.server().events.findLast(({ type }) => type === 'command_refused')?.reason).toBe(
        lock.isInactive ? 'lock_inactive' : 'lockdown',
      );
    }
  });
});
