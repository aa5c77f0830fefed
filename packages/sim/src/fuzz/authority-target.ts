import type { Chance } from '../oracle/chance.ts';
import { createWorld, type Letter, type World } from '../world.ts';
import { mutated } from './mutation.ts';
import { hold, type Target } from './target.ts';

type Up = Extract<Letter, { direction: 'up' }>;

/** What a door says. Only its last will is unsigned, and tells no more than that the link is gone. */
const channels = ['state', 'ack', 'events'] as const;

/** What the server holds of the door, but for how often it refused something. */
function knowledgeOf(world: World): string {
  const { device, doors, commands, stages, events, logs, lists } = world.server();
  return JSON.stringify({
    device,
    events: events.length,
    held: [doors, commands, stages, logs, lists].map((map) => [...map.entries()]),
  });
}

async function openOnce(world: World, commandId: string): Promise<void> {
  const issued = await world.issue(commandId);
  if (!issued.ok) throw new Error(issued.reason);
  await world.deliver({ direction: 'down', ...issued.reply });
  await world.settle();
}

const commandId = (number: number): string => `0193a6c0-aaaa-7000-8000-00000000000${number}`;

/** Brings the server messages that the door did not sign like this, and ones that it wrote long ago. */
export async function openAuthorityTarget(chance: Chance): Promise<Target> {
  const world = createWorld();
  await world.connect();
  await openOnce(world, commandId(1));
  const letters = world.letters.filter((letter): letter is Up => letter.direction === 'up');
  const messages = letters.map(({ message }) => message);
  const before = knowledgeOf(world);
  return {
    offer: async () => {
      const letter = chance.pick(letters);
      const channel = chance.happens(0.1) ? chance.pick(channels) : letter.channel;
      const isOnItsOwn = channel === letter.channel;
      // A message of the past on its own channel may be taken; it has to leave everything as it is.
      const isPast = isOnItsOwn && chance.happens(0.05);
      const message = isPast ? letter.message : mutated(letter.message, messages, chance);
      const receipts = world.receipts.length;
      await world.deliver({ direction: 'up', channel, message });
      return !isPast && world.receipts[receipts]?.ok !== false;
    },
    close: async () => {
      hold(knowledgeOf(world) === before, 'messages that the door did not sign changed what is known of it');
      const events = world.server().events.length;
      await world.pass(10_000);
      await openOnce(world, commandId(2));
      hold(world.server().events.length > events, 'the true events are not taken any more');
    },
  };
}
