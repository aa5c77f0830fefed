import { pairingCodeFromValues, printed, serialFromValues } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { inputOf, problemsOf } from './registration.ts';

const serial = serialFromValues([19, 7, 23, 2, 9, 29, 20, 13, 4, 26, 8]);
const code = pairingCodeFromValues(Array.from({ length: 16 }, (_, index) => index * 2));

const values = {
  email: 'amina@example.org',
  password: 'ten letters',
  serial: printed(serial),
  code: printed(code),
  address: '',
  zone: 'Europe/Berlin',
};

describe('a registration as typed', () => {
  it('has no problem when everything can be right', () => {
    expect(problemsOf(values)).toEqual({});
  });

  it.each([
    ['an e-mail address without a place', { email: 'amina' }, { email: 'email' }],
    ['a password of nine', { password: '123456789' }, { password: 'password_length' }],
    ['a wrong letter in the serial number', { serial: `${serial.slice(0, -2)}00` }, { serial: 'serial' }],
    ['a code that is too short', { code: 'ABCD-EFGH' }, { code: 'code' }],
    ['a zone that is none', { zone: 'Europe/Atlantis' }, { zone: 'zone' }],
  ])('finds %s', (_what, change, problems) => {
    expect(problemsOf({ ...values, ...change })).toEqual(problems);
  });

  it.each(['34970112332', '3497-011-2332', 'MT:Y.K9042C00KA0648G00'])(
    'accepts the Matter code %s',
    (matter) => {
      expect(problemsOf({ ...values, code: matter })).toEqual({});
    },
  );

  it('is sent with serial number and code in their one written form', () => {
    const typed = { ...values, serial: ` ${printed(serial).toLowerCase()} `, email: ' amina@example.org ' };
    expect(inputOf(typed)).toEqual({
      email: 'amina@example.org',
      password: 'ten letters',
      serial,
      code,
      zone: 'Europe/Berlin',
    });
  });

  it('is sent with the address where one was given', () => {
    expect(inputOf({ ...values, address: ' Kade 12 ' })).toMatchObject({ address: 'Kade 12' });
  });
});
