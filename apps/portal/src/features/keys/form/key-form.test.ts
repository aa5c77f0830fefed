import { createGuestKeyInput } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { type KeyValues, problemsOf, proposedSpan, serverProblemsOf } from './key-form.ts';

const zone = 'Europe/Berlin';
const right: KeyValues = {
  lockId: '0190a0b0-1111-7222-8333-0a0b0c0d0e0f',
  name: 'Amina',
  validFrom: '2026-11-25T19:00',
  validUntil: '2026-11-26T19:00',
  maxUses: '',
  card: '',
  email: '',
};
const now = Date.parse('2026-03-01T12:00Z');
const wrongFields = (change: Partial<KeyValues>, keptUntil?: number) =>
  Object.keys(problemsOf({ ...right, ...change }, { zone, now, keptUntil }));

describe('the form of a guest key', () => {
  it('finds nothing wrong with what is right', () => {
    expect(wrongFields({})).toEqual([]);
    expect(wrongFields({ name: ' أمينة حداد ', maxUses: ' 255 ', email: 'amina@example.org' })).toEqual([]);
  });

  it.each([
    ['no lock', { lockId: '' }, 'lockId'],
    ['a name of 500 characters', { name: 'x'.repeat(500) }, 'name'],
    ['a name that turns the writing direction', { name: 'Amina\u202egnp.exe' }, 'name'],
    ['a name that nobody sees', { name: '\u200b\u200f' }, 'name'],
    ['a name of an empty braille cell', { name: '\u2800 ' }, 'name'],
    ['no beginning', { validFrom: '' }, 'validFrom'],
    ['a beginning that the clocks skip', { validFrom: '2026-03-29T02:30' }, 'validFrom'],
    ['an end that the clocks skip', { validUntil: '2027-03-28T02:30' }, 'validUntil'],
    ['an end before the beginning', { validUntil: '2026-11-25T18:59' }, 'validUntil'],
    ['an end at the beginning', { validUntil: '2026-11-25T19:00' }, 'validUntil'],
    ['no use at all', { maxUses: '0' }, 'maxUses'],
    ['256 uses', { maxUses: '256' }, 'maxUses'],
    ['half a use', { maxUses: '1.5' }, 'maxUses'],
    ['uses in another notation', { maxUses: '1e1' }, 'maxUses'],
    ['a card number of three bytes', { card: 'A1B2C3' }, 'card'],
    ['a card number of eleven bytes', { card: '00'.repeat(11) }, 'card'],
    ['a card number that is blank', { card: ' ' }, 'card'],
    ['half an email address', { email: 'amina@' }, 'email'],
  ] as const)('names the field with %s', (_what, change, field) => {
    expect(wrongFields(change)).toEqual([field]);
  });

  it('takes a repeated minute as a beginning and an end an hour apart', () => {
    const repeated = '2026-10-25T02:30';
    expect(wrongFields({ validFrom: repeated, validUntil: repeated })).toEqual([]);
    expect(wrongFields({ validFrom: repeated, validUntil: '2026-10-25T01:59' })).toEqual(['validUntil']);
  });

  it('says at both times what is wrong with each of them', () => {
    const skipped = { validFrom: '2026-03-29T02:00', validUntil: '2027-03-28T02:59' };
    expect(wrongFields(skipped)).toEqual(['validFrom', 'validUntil']);
    expect(wrongFields({ validFrom: '', validUntil: '' })).toEqual(['validFrom', 'validUntil']);
    const past = { validFrom: '2025-03-30T02:30', validUntil: '2026-03-01T13:00' };
    expect(wrongFields(past)).toEqual(['validFrom', 'validUntil']);
  });

  it('takes an end in the past where the key has it already', () => {
    const past = { validFrom: '2026-02-01T10:00', validUntil: '2026-03-01T13:00' };
    expect(wrongFields(past)).toEqual(['validUntil']);
    expect(wrongFields(past, now)).toEqual([]);
  });

  it.each([
    'Amina',
    '  Amina ',
    'x'.repeat(80),
    'x'.repeat(81),
    '\u202e',
    '\u200b',
    '\u2800',
    'a\tb',
    '门 🚪',
  ])('judges the name %j as the API does', (name) => {
    expect(wrongFields({ name }).length === 0).toBe(createGuestKeyInput.shape.name.safeParse(name).success);
  });

  it('asks nothing of a card number that is not sent', () => {
    const values = { ...right, card: 'no card' };
    expect(Object.keys(problemsOf(values, { zone, now }))).toEqual(['card']);
    expect(problemsOf(values, { zone, now, isCardSent: false })).toEqual({});
  });

  it('proposes a day from a round minute that has passed', () => {
    expect(proposedSpan(zone, Date.parse('2026-11-25T18:04:59Z'))).toEqual({
      validFrom: '2026-11-25T19:00',
      validUntil: '2026-11-26T19:00',
    });
  });

  it('puts what the server found beside the field it is about', () => {
    const problems = serverProblemsOf([
      { path: 'body.validFrom', problem: 'time_is_skipped' },
      { path: 'body.name', problem: 'something_new' },
      { path: 'body.card', problem: 'card_in_use' },
      { path: 'body.withPicture', problem: 'no_qr_reader' },
      { path: 'body.unknown', problem: 'required' },
    ]);
    expect(problems).toEqual({
      validFrom: 'The clocks skip this time here. Choose another one.',
      name: 'The server does not accept this.',
      card: 'This card cannot be used at this lock: another key has it. Choose another card.',
      withPicture: 'This lock has no QR reader, so a picture would open nothing here. The link opens it.',
    });
  });
});
