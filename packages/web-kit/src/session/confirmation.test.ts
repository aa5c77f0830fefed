import { expect, it } from 'vitest';
import { confirmPerson, endConfirmation } from './confirmation.ts';

it('asks once for all who wait, and anew for whoever comes later', async () => {
  const first = confirmPerson();
  const second = confirmPerson();
  endConfirmation(true);
  const third = confirmPerson();
  endConfirmation(false);
  expect(await Promise.all([first, second, third])).toEqual([true, true, false]);
});
