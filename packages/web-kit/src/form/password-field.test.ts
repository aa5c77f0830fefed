import { Refusal } from '@claviger/protocol';
import { expect, it, vi } from 'vitest';
import { errorBesidePassword, passwordFieldOf } from './password-field.ts';

const guessable = new Refusal('invalid_input', {
  issues: [{ path: 'body.password', problem: 'password_guessable' }],
});
const elsewhere = new Refusal('registration_failed');

function fieldWith(error?: string) {
  return { value: 'password1234', onChange: vi.fn(), onBlur: vi.fn(), error };
}

it('says beside the field what the server said of the password, until another one is typed', () => {
  const reset = vi.fn();
  const before = fieldWith();
  const field = passwordFieldOf(before, { error: guessable, reset });
  expect(field.error).toMatch(/^This password is easily guessed/);
  field.onChange('another');
  expect([reset.mock.calls.length, before.onChange.mock.calls]).toEqual([1, [['another']]]);
});

it('leaves the field as it is where the server said nothing of it', () => {
  const field = fieldWith('too short');
  expect(passwordFieldOf(field, { error: elsewhere, reset: vi.fn() })).toBe(field);
  expect(errorBesidePassword(elsewhere)).toBe(elsewhere);
  expect(errorBesidePassword(guessable)).toBeNull();
});
