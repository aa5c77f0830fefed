import type { ViewedList } from '@claviger/protocol';

/** Behind the address of the Entity. */
export const listPaths: Readonly<Record<ViewedList, string>> = {
  entities: 'entities',
  users: 'users',
  keys: 'keys',
  activity: 'logs/activity',
  audit: 'logs/audit',
};

/** What stands in an address and is no filter: which page of the list is shown. */
const notKept = ['page'];

/** The filters of an address (`?status=active`) as a view keeps them; undefined where there are none. */
export function filtersIn(address: string): string | undefined {
  const parts = address
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !notKept.includes(part.split('=')[0] ?? ''));
  return parts.length === 0 ? undefined : parts.sort().join('&');
}
