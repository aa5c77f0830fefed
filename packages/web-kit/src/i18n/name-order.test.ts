import { expect, it } from 'vitest';
import { sortByName } from './name-order.ts';

const named = (...names: string[]) => names.map((name, index) => ({ name, serial: `S${index}` }));
const sorted = (tag: string, ...names: string[]) => sortByName(named(...names), tag).map(({ name }) => name);

it('stands as people look it up: capitals do not matter, numbers count', () => {
  expect(sorted('en', 'Virtual door 10', 'garage', 'Virtual door 2', 'Entrance')).toEqual([
    'Entrance',
    'garage',
    'Virtual door 2',
    'Virtual door 10',
  ]);
});

it('stands as the language orders its letters', () => {
  expect(sorted('de', 'Zimmer', 'Übergang', 'Tor')).toEqual(['Tor', 'Übergang', 'Zimmer']);
  expect(sorted('zh', '前门', '后门')).toEqual(['后门', '前门']);
});

it('stands in the same order whatever order it came in', () => {
  const doors = [
    { name: 'Door', serial: 'B' },
    { name: 'Door', serial: 'A' },
  ];
  expect(sortByName(doors, 'en')).toEqual(sortByName(doors.toReversed(), 'en'));
});

it.each(['en-US@posix', 'C', ''])('does not stumble over the language %j of a browser', (tag) => {
  expect(sorted(tag, 'b', 'A')).toEqual(['A', 'b']);
});
