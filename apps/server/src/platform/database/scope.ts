import assert from 'node:assert/strict';
import type { Instant } from '@claviger/domain';

/**
 * For whom a transaction acts. PostgreSQL knows it too (`claviger.scope_kind()`, `scope_entity()` and so on)
 * and shows each scope only its own rows; what a scope may see and change is written in the policies of the
 * migrations.
 */
export type Scope =
  | { readonly kind: 'installation' }
  | { readonly kind: 'account'; readonly accountId: string }
  | ({ readonly kind: 'owner'; readonly ownerId: string } & Bounds)
  | ({ readonly kind: 'entity'; readonly entityId: string } & Bounds)
  | { readonly kind: 'device'; readonly deviceId: string };

/** How far a member's role reaches who acts with it. */
interface Bounds {
  /** The end of the role: a transaction that begins then or later sees nothing. */
  readonly until?: Instant | undefined;
  /** The Mandate of an installer: its locks, and what was made under it, are all that is seen. */
  readonly mandateId?: string | undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The statement that puts the scope into the current transaction; it ends with it. A text without parameters,
 * so that it can travel in one message with `begin`: the identifier in it is asserted to be a UUID.
 */
export function scopeStatement(scope: Scope): string {
  const id = identifierOf(scope);
  const { until, mandateId = '' }: Bounds = scope.kind === 'entity' || scope.kind === 'owner' ? scope : {};
  for (const uuid of [id, mandateId])
    assert(uuid === '' || UUID.test(uuid), 'the identifier of a scope is a UUID in lower case');
  const settings = {
    'claviger.scope_kind': scope.kind,
    'claviger.scope_id': id,
    ...(until !== undefined && { 'claviger.scope_until': new Date(until).toISOString() }),
    ...(mandateId !== '' && { 'claviger.scope_mandate': mandateId }),
  };
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
