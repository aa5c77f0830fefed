import { keyIdOf } from '@claviger/agent';
import {
  areEqual,
  decodeEvent,
  encodeEvent,
  eventsMessage,
  openMessage,
  sealMessage,
  storedMessage,
  type DeviceEvent,
  type EventsMessage,
  type Signer,
} from '@claviger/protocol';
import { bring, createWorld, listWithKey, seededCrypto, seededKey, type World } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

const doorKey = seededKey('door');
const { sha256 } = seededCrypto(doorKey, 'door');
const signer: Signer = { keyId: keyIdOf(doorKey.publicKey, sha256), sign: doorKey.sign };

const unreadable = Uint8Array.of(0xff);

interface Street {
  readonly world: World;
  /** The first sequence that is not stored. */
  readonly next: number;
  /** Tells a batch as the door signs it; what the server makes of it. */
  readonly tell: (change: Partial<EventsMessage>) => Promise<string>;
  /** What the last answer says of the stored log. */
  readonly answer: () => { through: number; hash: Uint8Array | undefined } | undefined;
  readonly stored: () => string[];
}

/** A door that has told everything, and whose further batches are written here. */
async function toldStreet(): Promise<Street> {
  const world = createWorld();
  await world.connect();
  await world.pass(60_000);
  const { device, logs } = world.server();
  const { storedThrough = 0, lastHash = new Uint8Array(32) } = logs.get(1) ?? {};
  const common = {
    ...{ device: openedDevice(world), ownershipEpoch: 1, logEpoch: 1, firstSequence: storedThrough + 1 },
    ...{ previousHash: lastHash, events: [], bootNonce: device.bootNonce ?? new Uint8Array(16) },
  };
  let reply: Uint8Array | undefined;
  return {
    world,
    next: storedThrough + 1,
    tell: async (change) => {
      const message = sealMessage(eventsMessage, { ...common, ...change }, signer);
      const before = world.receipts.length;
      await world.deliver({ direction: 'up', channel: 'events', message });
      const receipt = world.receipts[before];
      reply = receipt?.replies[0]?.message;
      return receipt?.ok === false ? receipt.cause : 'taken';
    },
    answer: () => {
      const opened = reply && openMessage(storedMessage, reply, () => true);
      return opened?.ok ? { through: opened.body.through, hash: opened.body.hash } : undefined;
    },
    stored: () => {
      const { events } = world.server();
      const news = events.filter(({ sequence, logEpoch }) => logEpoch === 1 && sequence > storedThrough);
      return news.map(({ sequence, type, detail }) => `${sequence} ${type} ${detail?.split(' ')[1] ?? ''}`);
    },
  };
}

function openedDevice(world: World): Uint8Array {
  const letter = world.letters.find(({ channel }) => channel === 'events');
  const opened = letter && openMessage(eventsMessage, letter.message, () => true);
  if (!opened?.ok) throw new Error('nothing was told');
  return opened.body.device;
}

function eventAt(sequence: number, told: Partial<DeviceEvent> = {}): Uint8Array {
  const when = { at: 1_800_000_000_000, uncertaintyMs: 1, mono: sequence, bootNumber: 1 };
  return encodeEvent({ sequence, lock: 1, type: 'exit_requested', ...when, ...told });
}

describe('a batch of the present boot that is no chain', () => {
  it('is taken as far as it is one, then as far as it can be read, and says what is lost', async () => {
    const { next, tell, answer, stored } = await toldStreet();
    const events = [eventAt(next), eventAt(next + 2), unreadable, eventAt(next + 4), unreadable];

    expect(await tell({ events })).toBe('taken');
    expect(answer()?.through).toBe(next);
    const rest = { firstSequence: next + 1, events: events.slice(1) };
    expect(await tell({ ...rest, previousHash: answer()?.hash ?? new Uint8Array(32) })).toBe(
      'events malformed',
    );

    expect(answer()).toEqual({ through: next + 5, hash: undefined });
    const all = [
      `${next} exit_requested `,
      `${next + 1} events_lost 1`,
      `${next + 2} exit_requested `,
      `${next + 3} events_lost 1`,
      `${next + 4} exit_requested `,
      `${next + 5} events_lost 1`,
    ];
    expect(stored()).toEqual(all);
    expect(await tell({ events })).toBe('taken');
    expect(stored()).toEqual(all);
  });

  it('stores nothing twice that comes again, before its place or in what was lost', async () => {
    const { next, tell, answer, stored } = await toldStreet();
    const lost = { count: 9, until: 1_800_000_000_000, hash: new Uint8Array(32).fill(4) };
    const events = [eventAt(next + 1), eventAt(next), eventAt(next + 1)];
    events.push(eventAt(next + 3, { type: 'events_lost', lost }), eventAt(next + 4));

    expect(await tell({ events })).toBe('events malformed');

    expect(answer()?.through).toBe(next + 4);
    expect(stored()).toEqual([
      `${next} events_lost 1`,
      `${next + 1} exit_requested `,
      `${next + 3} events_lost 2`,
      `${next + 4} exit_requested `,
    ]);
  });

  it('is one gap where nothing of it can be read', async () => {
    const { next, tell, answer, stored } = await toldStreet();
    expect(await tell({ events: [unreadable, unreadable, unreadable] })).toBe('events malformed');
    expect(answer()?.through).toBe(next + 2);
    expect(stored()).toEqual([`${next + 2} events_lost 3`]);
  });

  it('changes nothing where another boot has signed it', async () => {
    const { next, tell, answer, stored } = await toldStreet();
    const events = [eventAt(next + 1)];
    expect(await tell({ events, bootNonce: new Uint8Array(16).fill(9) })).toBe('events malformed');
    expect([answer(), stored()]).toEqual([undefined, []]);
  });
});

it('a record of lost events that names no lock of the device is told at its first one', async () => {
  const { next, tell, stored } = await toldStreet();
  const lost = { count: 2, until: 1_800_000_000_000, hash: new Uint8Array(32).fill(4) };
  const events = [eventAt(next + 1, { type: 'events_lost', lock: 9, lost })];
  expect(await tell({ events })).toBe('taken');
  expect(stored()).toEqual([`${next + 1} events_lost 2`]);
});

it('a batch of which everything is stored is answered with the hash of where the log ends', async () => {
  const { world, tell, answer } = await toldStreet();
  const sent = world.letters.find(({ channel }) => channel === 'events');
  const opened = sent && openMessage(eventsMessage, sent.message, () => true);
  if (!opened?.ok) throw new Error('nothing was told');
  const { firstSequence, previousHash, events } = opened.body;

  expect(await tell({ firstSequence, previousHash, events: events.slice(0, 1) })).toBe('taken');

  const end = world.server().logs.get(1);
  expect(answer()?.through).toBe(end?.storedThrough);
  expect(areEqual(answer()?.hash ?? unreadable, end?.lastHash ?? new Uint8Array())).toBe(true);
});

it('a door that tells no chain is not stuck: it goes on in another log, with its counters', async () => {
  let missing = 0;
  /** As an agent that does not see that an entry is missing. */
  const without = (message: Uint8Array): Uint8Array => {
    const opened = openMessage(eventsMessage, message, () => true);
    if (!opened.ok) return message;
    const events = opened.body.events.filter((encoded) => decodeEvent(encoded).sequence !== missing);
    return sealMessage(eventsMessage, { ...opened.body, events }, signer);
  };
  const world = createWorld({
    between: ({ link, ...ports }) => ({
      ...ports,
      link: {
        publish: (channel, message) => {
          link.publish(channel, channel === 'events' ? without(message) : message);
        },
      },
    }),
  });
  const show = async (): Promise<void> => {
    await world.pass(6_000);
    world.agent.present(1, { reader: 'keypad', text: '482913' });
    await world.settle();
  };
  await world.connect();
  await bring(world, listWithKey({ maxUses: 3 }));
  await show();
  await world.disconnect();
  missing = (world.server().logs.get(1)?.storedThrough ?? 0) + 2;
  await show();
  await world.connect();
  await world.pass(120_000);
  for (let time = 0; time < 3; time += 1) await show();
  await world.pass(30_000);

  expect(world.disk.transact((transaction) => transaction.countEvents())).toBe(0);
  const { device, events } = world.server();
  expect(device.doubt).toBeUndefined();
  const places = events
    .filter(({ logEpoch }) => logEpoch > 0)
    .map(({ logEpoch, sequence }) => [logEpoch, sequence] as const);
  expect(new Set(places.map(([, sequence]) => sequence)).size).toBe(places.length);
  expect(events.filter(({ type }) => type === 'events_lost')).toMatchObject([{ sequence: missing }]);
  expect(world.hardware.moves.filter(({ isUnlocked }) => isUnlocked)).toHaveLength(3);
});
