import { expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { openRefusalLog, type RefusalLine } from './refusal-log.ts';

function opened() {
  const clock = createManualClock(0);
  const lines: RefusalLine[] = [];
  const refusals = openRefusalLog(clock, (line) => void lines.push(line));
  return { clock, lines, refusals };
}

it('writes the first refusal of a device at once and the others as one line a minute', () => {
  const { clock, lines, refusals } = opened();

  for (let index = 0; index < 50_000; index += 1) {
    refusals.count('a', index % 2 === 0 ? 'malformed' : 'too many messages');
  }
  refusals.count('b', 'malformed');
  clock.advance(60_000);
  refusals.count('a', 'malformed');
  clock.advance(180_000);
  refusals.count('a', 'bad signature');

  expect(lines).toEqual([
    { subject: 'a', causes: 'malformed', count: 1 },
    { subject: 'b', causes: 'malformed', count: 1 },
    { subject: 'a', causes: 'too many messages, malformed', count: 49_999 },
    { subject: 'a', causes: 'malformed', count: 1 },
    { subject: 'a', causes: 'bad signature', count: 1 },
  ]);
});

it('counts as one whoever comes when too many are refused in a minute', () => {
  const { clock, lines, refusals } = opened();

  for (let index = 0; index < 5_000; index += 1) refusals.count(String(index), 'malformed');
  clock.advance(60_000);

  expect(lines.length).toBe(1_002);
  expect(lines.at(-1)).toEqual({ subject: undefined, causes: 'malformed', count: 3_999 });
});

it('writes what was counted when it is closed', () => {
  const { clock, lines, refusals } = opened();
  refusals.count('a', 'malformed');
  refusals.count('a', 'malformed');

  refusals.close();
  clock.advance(60_000);

  expect(lines.map(({ count }) => count)).toEqual([1, 1]);
});
