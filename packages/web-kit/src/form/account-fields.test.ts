import { email, password } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { isEmail, isPassword } from './account-fields.ts';

const addresses = [
  'amina@example.org',
  "o'neil+door@sub.example.co.uk",
  'a.b-c_d@x-y.museum',
  'amina',
  'amina@',
  '@example.org',
  'amina@example',
  'amina@@example.org',
  'a b@example.org',
  '.amina@example.org',
  'amina.@example.org',
  'a..b@example.org',
  'amina@-example.org',
  'amina@example.o',
  'amína@example.org',
  `${'a'.repeat(243)}@example.org`,
  `${'a'.repeat(242)}@example.org`,
  '',
];

it.each(addresses)('judges the e-mail address %j as the API does', (address) => {
  expect(isEmail(address)).toBe(email.safeParse(address).success);
});

it.each([0, 9, 10, 128, 129])('judges a password of %i characters as the API does', (length) => {
  const candidate = 'x'.repeat(length);
  expect(isPassword(candidate)).toBe(password.safeParse(candidate).success);
});
