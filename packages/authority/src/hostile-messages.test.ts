import { createWorld, type Letter, type World } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

type Up = Extract<Letter, { direction: 'up' }>;

/** A door that was opened once, and every letter that it wrote, each kind at least once. */
async function spokenWorld(): Promise<{ world: World; letters: Up[] }> {
  const world = createWorld();
  await world.connect();
  const issued = await world.issue('0193a6c0-aaaa-7000-8000-000000000001');
  if (!issued.ok) throw new Error(issued.reason);
  await world.deliver({ direction: 'down', ...issued.reply });
  await world.settle();
  const letters = world.letters.filter((letter) => letter.direction === 'up');
  return { world, letters };
}

/** What the server holds of the door, but for how often it refused something. */
function knowledge(world: World): unknown {
  const { device, doors, commands, events, logs } = world.server();
  return structuredClone({ device, doors, commands, events, logs });
}

async function refusals(world: World, channel: Up['channel'], message: Uint8Array): Promise<string> {
  const before = world.receipts.length;
  await world.deliver({ direction: 'up', channel, message });
  const receipt = world.receipts[before];
  return receipt?.ok === false ? receipt.cause : 'taken';
}

describe('a message that a device did not sign like this', () => {
  it.each(['state', 'ack', 'events'] as const)(
    'on %s has no effect, whichever bit was turned',
    async (channel) => {
      const { world, letters } = await spokenWorld();
      const letter = letters.find((candidate) => candidate.channel === channel);
      if (!letter) throw new Error(`nothing was said on ${channel}`);
      const before = knowledge(world);

      for (let bit = 0; bit < letter.message.length * 8; bit += 7) {
        const turned = letter.message.slice();
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await refusals(world, channel, turned)).toMatch(/malformed|bad_signature/);
      }

      expect(knowledge(world)).toEqual(before);
    },
  );

  it('is refused on a channel that is not its own', async () => {
    const { world, letters } = await spokenWorld();
    const before = knowledge(world);

    for (const { channel, message } of letters) {
      for (const other of (['state', 'ack', 'events'] as const).filter((name) => name !== channel)) {
        expect(await refusals(world, other, message)).toMatch(/malformed$/);
      }
    }

    expect(knowledge(world)).toEqual(before);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a byte', Uint8Array.of(1)],
    ['noise', Uint8Array.from({ length: 300 }, (_, index) => (index * 91) % 256)],
    ['too much', new Uint8Array(70_000)],
  ])('is recorded when it is %s', async (_what, message) => {
    const { world } = await spokenWorld();

    const cause = await refusals(world, 'state', message);

    expect(cause).toMatch(/hello (malformed|oversized)/);
    expect(world.server().refusals.get(cause)).toBe(1);
  });
});

describe('a message that was true once', () => {
  it('changes nothing when it is played again, in any order', async () => {
    const { world, letters } = await spokenWorld();
    const before = knowledge(world);

    for (const letter of [...letters, ...letters.toReversed()]) await world.deliver(letter);

    expect(knowledge(world)).toEqual(before);
  });

  it('of a former ownership is foreign', async () => {
    const { world, letters } = await spokenWorld();
    const server = world.server();
    server.device = { ...server.device, ownershipEpoch: 2 };
    const before = knowledge(world);

    for (const { channel, message } of letters) {
      expect(await refusals(world, channel, message)).toMatch(/foreign$/);
    }

    expect(knowledge(world)).toEqual(before);
  });
});
