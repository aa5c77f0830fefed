import assert from 'node:assert/strict';

/**
 * For whom a transaction acts. PostgreSQL knows it too (`claviger.scope_kind()`, `scope_entity()` and so on)
 * and shows each scope only its own rows; what a scope may see and change is written in the policies of the
 * migrations.
 */
export type Scope =
  | { readonly kind: 'installation' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'owner'; readonly ownerId: string }
  | { readonly kind: 'entity'; readonly entityId: string }
  | { readonly kind: 'device'; readonly deviceId: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The statement that puts the scope into the current transaction; it ends with it. A text without parameters,
 * so that it can travel in one message with `begin`: the identifier in it is asserted to be a UUID.
 */
export function scopeStatement(scope: Scope): string {
  const id = identifierOf(scope);
  assert(id === '' || UUID.test(id), 'the identifier of a scope is a UUID in lower case');
  const settings = { 'claviger.scope_kind': scope.kind, 'claviger.scope_id': id };
  const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  return `select ${calls.join(', ')}`;
}

function identifierOf(scope: Scope): string {
  switch (scope.kind) {
    case 'installation':
      return '';
    case 'account':
      return scope.accountId;
    case 'owner':
      return scope.ownerId;
    case 'entity':
      return scope.entityId;
    case 'device':
      return scope.deviceId;
  }
}
