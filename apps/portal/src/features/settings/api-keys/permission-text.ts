import { m } from '@claviger/web-kit';

const words: Readonly<Record<string, () => string>> = {
  see_locks: m.permission_see_locks,
  open_locks: m.permission_open_locks,
  add_locks: m.permission_add_locks,
  change_locks: m.permission_change_locks,
  see_keys: m.permission_see_keys,
  change_keys: m.permission_change_keys,
  see_users: m.permission_see_users,
  change_users: m.permission_change_users,
  see_entities: m.permission_see_entities,
  change_entities: m.permission_change_entities,
  see_buildings: m.permission_see_buildings,
  change_buildings: m.permission_change_buildings,
  change_local_admins: m.permission_change_local_admins,
  decide_requests: m.permission_decide_requests,
  see_activity: m.permission_see_activity,
  ask_why: m.permission_ask_why,
  see_audit: m.permission_see_audit,
  see_mails: m.permission_see_mails,
};

/** What people call a permission; one that nobody has named yet stands for itself. */
export function permissionText(name: string): string {
  return Object.hasOwn(words, name) ? (words[name]?.() ?? name) : name;
}

const order = Object.keys(words);

/** As they are read: what concerns doors first. */
export function inOrder(names: readonly string[]): readonly string[] {
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((one, other) => place(one) - place(other));
}
