import { type UserColumn, userColumns } from '@claviger/protocol';
import type { CsvForm } from '../../../app/csv/csv-file.ts';

/** The columns of Users, by the names that an export writes and by those that the form has. */
export const userCsv: CsvForm<UserColumn> = {
  columns: userColumns,
  needed: ['name', 'email'],
  aliases: {
    'full name': 'name',
    'e-mail': 'email',
    'email address': 'email',
    'license plates': 'plates',
    'licence plates': 'plates',
    'entity code': 'entity',
    'send welcome email': 'welcome',
    'welcome email': 'welcome',
  },
};

/** What a person fills in. */
export const template = {
  name: 'users.csv',
  text: [
    'name,email,phone,mobile,plates,entity,welcome',
    'Ada Lovelace,ada@example.com,030 1234,,"B-AL 1815, B-AL 1852",,yes',
    'Alan Turing,alan@example.com,,0170 5566,,,no',
    '',
  ].join('\r\n'),
};
