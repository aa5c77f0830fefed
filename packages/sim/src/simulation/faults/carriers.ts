import type { Chance } from '../../oracle/chance.ts';
import type { Recorded } from '../street/line.ts';
import type { Observe } from '../street/observation.ts';
import type { Street } from '../street/street.ts';
import { trouble } from '../street/line.ts';
import type { Fate } from '../street/broker.ts';

const minuteMs = 60_000;

/** How a letter fares on a line with these losses, from none to wild. */
export function fateOn(chance: Chance, strength: number): Fate {
  const ordinary = 5 + chance.below(60);
  if (strength === 0 || !chance.happens(strength * 0.6)) return { delaysMs: [ordinary], isUnordered: false };
  const drawn = chance.below(10);
  if (drawn < 4) return { delaysMs: [], isUnordered: false };
  const late = (): number => ordinary + chance.below(chance.happens(0.25) ? 20_000 : 1_500);
  if (drawn < 7) return { delaysMs: [ordinary, late()], isUnordered: true };
  return { delaysMs: [late()], isUnordered: true };
}

/** One way of a line, or both, carries nothing for a while; who believes in it finds out at last. */
export function killLine(street: Street, chance: Chance, ways: 'one' | 'both'): void {
  const { broker, boxes, note, parts } = street;
  const { scheduler, count } = parts;
  const box = chance.pick(boxes);
  const line = broker.lineOf(box);
  if (!line.isOpen) return;
  const until = scheduler.now() + 5_000 + chance.below(2 * minuteMs);
  const isUp = ways === 'both' || chance.happens(0.5);
  if (isUp) line.deadUpUntil = until;
  if (ways === 'both' || !isUp) line.deadDownUntil = until;
  trouble(line, until);
  count(ways === 'both' ? 'a line half open' : 'a line dead in one way');
  note(
    box.name,
    `has a line dead in ${ways === 'both' ? 'both ways' : isUp ? 'the way up' : 'the way down'}`,
  );
  const { session } = line;
  scheduler.after(until - scheduler.now(), () => {
    if (ways === 'both' && line.session === session) broker.hangUp(box);
  });
}

function withTurnedBit(message: Uint8Array, chance: Chance): Uint8Array {
  const place = chance.below(Math.max(1, message.length));
  return message.map((byte, index) => (index === place ? byte ^ (1 << chance.below(8)) : byte));
}

/** The same letter with a bit turned, cut short, or at another box's address. */
function forged(recorded: Recorded, street: Street, chance: Chance): Recorded {
  const { message } = recorded.letter;
  const drawn = chance.below(4);
  if (drawn === 0) return { ...recorded, box: chance.pick(street.boxes) };
  const other =
    drawn === 1 ? message.slice(0, chance.below(message.length + 1)) : withTurnedBit(message, chance);
  return recorded.way === 'up'
    ? { ...recorded, letter: { ...recorded.letter, message: other } }
    : { ...recorded, letter: { ...recorded.letter, message: other } };
}

/** A hostile broker plays what it has seen again, as it was or changed; the newest letters most of all. */
export function playAgain(street: Street, chance: Chance): void {
  const { broker, parts, note } = street;
  const seen = broker.recording();
  if (seen.length === 0) return;
  const among = chance.happens(0.5) ? seen.slice(-12) : seen;
  const commands = among.filter(({ letter }) => letter.channel === 'command');
  const recorded = commands.length > 0 && chance.happens(0.5) ? chance.pick(commands) : chance.pick(among);
  const isForged = chance.happens(0.4);
  parts.count(isForged ? 'a letter forged' : 'an old letter played again');
  note(
    'broker',
    `plays ${isForged ? 'a changed' : 'an old'} ${recorded.letter.channel} for ${recorded.box.name}`,
  );
  broker.inject(isForged ? forged(recorded, street, chance) : recorded);
}

/** So many of its last commands a hostile broker plays again to a box that has just come back. */
const commandsPlayed = 3;

/** A box that comes back has perhaps started anew: the broker tries what it has for the start before. */
export function playToReturned(street: Street, chance: Chance, strength: number): Observe {
  const { broker, parts } = street;
  return (seen) => {
    if (seen.type !== 'acted' || seen.cause.kind !== 'link_up' || !chance.happens(strength)) return;
    const { box } = seen;
    const commands = broker
      .recording()
      .filter(({ box: of, letter }) => of === box && letter.channel === 'command')
      .slice(-commandsPlayed);
    for (const letter of commands) {
      parts.scheduler.after(100 + chance.below(2_000), () => {
        if (!parts.mayFail()) return;
        parts.count('an old letter played again');
        broker.inject(letter);
      });
    }
  };
}
