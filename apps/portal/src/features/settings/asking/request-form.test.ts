import { serialFromValues } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { entityProblems, installerProblems, serialsIn } from './request-form.ts';

const serial = serialFromValues([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const typed = {
  ownerEmail: 'ada@example.com',
  serials: serial,
  duration: { amount: '8', unit: 'hours' },
  reason: 'A new reader',
} as const;

describe('serial numbers in a text', () => {
  it('stand one a line, or with commas between them', () => {
    expect(serialsIn(`${serial}\n\n a , b;`)).toEqual([serial, 'a', 'b']);
  });
});

describe('a request of an installer', () => {
  it('with everything in it may be sent', () => {
    expect(installerProblems(typed)).toEqual({});
  });

  it.each([
    ['ownerEmail', { ownerEmail: 'ada' }],
    ['serialNumbers', { serials: '' }],
    ['serialNumbers', { serials: `${serial}, K7Q2` }],
    ['serialNumbers', { serials: Array.from({ length: 21 }, () => serial).join('\n') }],
    ['durationMinutes', { duration: { amount: '91', unit: 'days' } }],
    ['durationMinutes', { duration: { amount: '14', unit: 'minutes' } }],
    ['reason', { reason: ' ' }],
    ['reason', { reason: 'x'.repeat(501) }],
  ] as const)('has a problem beside %s for %j', (field, wrong) => {
    expect(Object.keys(installerProblems({ ...typed, ...wrong }))).toEqual([field]);
  });
});

describe('a request to manage an Entity', () => {
  it('names an owner and a code', () => {
    expect(entityProblems({ ownerEmail: 'ada@example.com', entityCode: ' mill_1 ' })).toEqual({});
    expect(Object.keys(entityProblems({ ownerEmail: '', entityCode: 'the mill' }))).toEqual([
      'ownerEmail',
      'entityCode',
    ]);
  });
});
