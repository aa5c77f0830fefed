import { expect, it } from 'vitest';
import { chanceOf } from '../oracle/chance.ts';
import { entrances, offerAll } from './fuzz.ts';
import { mutated } from './mutation.ts';
import { hold, type Target } from './target.ts';

const quiet: Target = { offer: () => false, close: () => undefined };

it('an input that is taken, one that crashes, and a trace that is left are counted and told', async () => {
  const answers = [false, true, false];
  const careless: Target = {
    offer: () => {
      const answer = answers.shift();
      if (answer === undefined) throw new RangeError('too long');
      return answer;
    },
    close: () => {
      hold(false, 'the relay has moved');
    },
  };

  const { texts, ...counted } = await offerAll(careless, 4);

  expect(counted).toEqual({ inputs: 4, accepted: 2, crashed: 1 });
  expect(texts.map((text) => text.split('\n')[0])).toEqual([
    'input 1 was accepted',
    'input 3: RangeError: too long',
    'FuzzFault: the relay has moved',
  ]);
});

it('an entrance that breaks while it is looked at has crashed', async () => {
  const broken: Target = { ...quiet, close: () => Promise.reject(new TypeError('no')) };

  expect(await offerAll(broken, 1)).toMatchObject({ accepted: 0, crashed: 1 });
});

it('no input is the true one, and the same seed draws the same inputs', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const draw = (): string[] => {
    const chance = chanceOf(7);
    return Array.from({ length: 2_000 }, () => String(mutated(bytes, [Uint8Array.of(9)], chance)));
  };

  const drawn = draw();

  expect(drawn).not.toContain('1,2,3');
  expect(drawn).not.toContain('9');
  expect(new Set(drawn).size).toBeGreaterThan(500);
  expect(draw()).toEqual(drawn);
});

it.each(entrances)('$name take nothing of a hundred inputs, and then the true one', async ({ open }) => {
  expect(await offerAll(await open(chanceOf(1)), 100)).toEqual({
    ...{ inputs: 100, accepted: 0, crashed: 0 },
    texts: [],
  });
});
