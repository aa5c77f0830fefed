import { expect, it } from 'vitest';
import { answerIn } from './sign-on-answer.ts';

it('reads what the provider sent, and what it was begun for', () => {
  expect(answerIn('?code=a%2Bb&state=sign_in.xyz&iss=https%3A%2F%2Fid.example.org&more=1')).toEqual({
    purpose: 'sign_in',
    answer: { state: 'sign_in.xyz', code: 'a+b', iss: 'https://id.example.org' },
  });
  expect(answerIn('?error=access_denied&error_description=no&state=confirm.xyz')).toEqual({
    purpose: 'confirm',
    answer: { state: 'confirm.xyz', error: 'access_denied' },
  });
});

it.each(['', '?code=a', '?code=a&state=', '?code=a&state=else.xyz', '?state=sign_in'])(
  'knows %s to be of nothing that was begun here',
  (search) => {
    expect(answerIn(search)).toBeUndefined();
  },
);
