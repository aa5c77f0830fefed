import { userColumns, type User, type UserColumn } from '@claviger/protocol';

const cells: Readonly<Record<UserColumn, (user: User) => string>> = {
  name: ({ name }) => name,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  mobile: ({ mobile }) => mobile,
  plates: ({ plates }) => plates.join(', '),
  entity: ({ entities }) => entities.map(({ code }) => code).join(', '),
  // An import of what was exported sends no mail unless somebody writes yes.
  welcome: () => 'no',
  status: ({ status }) => status,
};

/** The headings are those that an import looks for, in every language. */
export const headings: readonly string[] = userColumns;

/** A User as a row of an export. */
export function rowOf(user: User): string[] {
  return userColumns.map((column) => cells[column](user));
}
