/** The rows with which every table is asked what its policies let each scope do. */
/** One identifier for each kind of thing and tenant; sibling and own have the same Owner. */
export function identifier(kind: string, tenant: number): string {
  const kinds = [
    'owner',
    'entity',
    'lock',
    'device',
    'key',
    'command',
    'user',
    'account',
    'invitation',
    'mandate',
    'other',
  ];
  const at = Math.max(0, kinds.indexOf(kind)) + 1;
  return `00000000-0000-4000-8000-${String(at).padStart(6, '0')}${String(tenant).padStart(6, '0')}`;
}

const tenants = { own: 1, sibling: 2, foreign: 3 } as const;
type Tenant = keyof typeof tenants;

function ownerOf(tenant: Tenant): string {
  return identifier('owner', tenant === 'foreign' ? 3 : 1);
}

/** What `id` is in these tables. */
const kindOfTable: Readonly<Record<string, string>> = {
  ...{ owners: 'owner', entities: 'entity', users: 'user', devices: 'device' },
  ...{ locks: 'lock', keys: 'key', commands: 'command', invitations: 'invitation' },
  mandates: 'mandate',
};

function valuesOf(table: string, columns: readonly string[], tenant: Tenant): Record<string, string> {
  const at = tenants[tenant];
  const values: Record<string, string> = {
    ...Object.fromEntries(
      [...['entity', 'lock', 'device', 'key', 'command', 'user', 'account', 'invitation'], 'mandate'].map(
        (kind) => [`${kind}_id`, identifier(kind, at)],
      ),
    ),
    ...{ owner_id: ownerOf(tenant), chain: identifier('entity', at), scope: 'entity' },
    id: table === 'owners' ? ownerOf(tenant) : identifier(kindOfTable[table] ?? 'other', at),
    // Of what is forgotten after a day, only that is seen from outside.
    ...(['idempotency_keys', 'imports'].includes(table) && { created_at: '2020-01-01T00:00:00Z' }),
    // Whoever acts for an Owner sees Keys that its Users hold.
    ...(table === 'keys' && { holder_id: identifier('user', at), state: 'active' }),
    // Of the mails to Accounts, an Entity writes those alone.
    ...(table === 'account_mails' && { kind: 'api_key_made' }),
    // Every scope looks for this text.
    ...(table === 'findable_users' && { text: 'found' }),
    // Whoever asked may take back what nobody has decided.
    ...(table === 'incoming_requests' && { state: 'pending' }),
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => columns.includes(name)));
}

/** What an installer's Mandate is about, by the columns that say so; `id` where a table is named by it. */
const mandatedTables: Readonly<Record<string, readonly string[]>> = {
  ...{ mandates: ['id'], mandate_locks: ['mandate_id'], memberships: ['mandate_id'], keys: ['mandate_id'] },
  ...{ locks: ['id'], bindings: ['lock_id'], commands: ['lock_id'], claims: ['lock_id'] },
  ...{ credentials: ['key_id'], key_tokens: ['key_id'], mails: ['key_id'] },
  api_keys: ['mandate_id'],
};

const elsewhere = '00000000-0000-4000-8000-00000000beef';

/** A row of the own Entity that the Mandate of the scope is not about. */
function besideRow(name: string, own: Record<string, string>): Record<string, string> | undefined {
  const columns = mandatedTables[name];
  return columns && { ...own, ...Object.fromEntries(columns.map((column) => [column, elsewhere])) };
}

/** A row of the Audit, or of what counts for it, that is of no Entity. */
function outsideValues(columns: readonly string[], scope: string, tenant: Tenant): Record<string, string> {
  const values = { ...valuesOf('', columns, tenant), scope };
  const kept = { account: 'account_id', owner: 'owner_id', device: 'device_id' }[scope];
  const names = ['chain', 'scope', 'id', kept];
  return {
    ...Object.fromEntries(
      Object.entries(values).filter(([name]) => names.includes(name) && columns.includes(name)),
    ),
    ...(columns.includes('chain') && { chain: '00000000-0000-0000-0000-000000000000' }),
  };
}

/** A table with the rows that are planted in it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** By their names: of which tenant, or of none. */
  readonly rows: Readonly<Record<string, Record<string, string>>>;
}

const tenantColumns = ['entity_id', 'owner_id', 'account_id', 'device_id'];

/** A row of every tenant, or the one row of a table that is nobody's. */
export function rowsOf(name: string, columns: readonly string[], isEntityOptional: boolean): Table['rows'] {
  const isOfTenants = tenantColumns.some((column) => columns.includes(column)) || name in kindOfTable;
  if (!isOfTenants) return { one: valuesOf(name, columns, 'own') };
  const of = (['own', 'sibling', 'foreign'] as const).filter(
    (tenant) => name !== 'owners' || tenant !== 'sibling',
  );
  const beside = besideRow(name, valuesOf(name, columns, 'own'));
  const rows: Record<string, Record<string, string>> = {
    ...Object.fromEntries(of.map((tenant) => [tenant, valuesOf(name, columns, tenant)])),
    ...(beside && { beside }),
  };
  if (name === 'findable_users') return { ...rows, 'not found': { ...rows['own'], text: 'another' } };
  if (!isEntityOptional) return rows;
  if (!columns.includes('scope')) return { ...rows, outside: outsideValues(columns, '', 'own') };
  const outside = ['installation', 'account', 'owner', 'device'].flatMap((scope) => [
    [scope, outsideValues(columns, scope, 'own')] as const,
    ...(scope === 'installation'
      ? []
      : [[`other ${scope}`, outsideValues(columns, scope, 'foreign')] as const]),
  ]);
  return { ...rows, ...Object.fromEntries(outside) };
}
