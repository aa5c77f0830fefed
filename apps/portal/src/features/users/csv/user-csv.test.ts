import { expect, it } from 'vitest';
import { linesOf } from '../../../app/csv/csv-file.ts';
import { template, userCsv } from './user-csv.ts';

const nothing = { phone: '', mobile: '', plates: '', entity: '', welcome: '', status: '' };

it('reads the template', () => {
  expect(linesOf(template.text, userCsv)).toMatchObject({
    value: [
      { line: 2, name: 'Ada Lovelace', plates: 'B-AL 1815, B-AL 1852', welcome: 'yes' },
      { line: 3, name: 'Alan Turing', mobile: '0170 5566', welcome: 'no' },
    ],
  });
});

it('reads columns by the labels of the form', () => {
  expect(linesOf('Full name;E-mail;Phone\nZoë;zoe@example.com;+49 30', userCsv)).toEqual({
    value: [{ line: 2, ...nothing, name: 'Zoë', email: 'zoe@example.com', phone: '+49 30' }],
  });
});
