/**
 * What PostgreSQL alone lets each scope do with a row, whatever the application asks: written by hand from
 * what each scope is for (decision record 0003), and grouped by what a table is. It imports nothing of what
 * it is held against. A row that is not named may not even be seen. *Own* is the Entity of the scope, with
 * its device, Account and Owner; *sibling* another Entity of that Owner, *foreign* one of another.
 */
export type Verb = 'read' | 'add' | 'change' | 'remove';

/** By row, which verbs. */
type Rows = Readonly<Record<string, string>>;

/**
 * By scope; a scope that is not named may do nothing. `mandate` is that of an installer in the Entity, who
 * sees what the Mandate is about and nothing *beside* it; where it is not named, it is that of the Entity.
 */
export type TableRows = Readonly<
  Partial<Record<'none' | 'installation' | 'account' | 'owner' | 'entity' | 'mandate' | 'device', Rows>>
>;

const all = 'read add change remove';
/** What is added and forgotten, and never another. */
const replaced = 'read add remove';
/** What only grows. */
const grows = 'read add';
const kept = 'read add change';

const everyones = (verbs: string): Rows => ({ own: verbs, sibling: verbs, foreign: verbs });
const ofOwner = (verbs: string): Rows => ({ own: verbs, sibling: verbs });
const own = (verbs: string): Rows => ({ own: verbs });

/** An Entity's own, and nobody else's. */
const entityAlone: TableRows = { entity: own(all) };
/** The same, and an installer has nothing of it. */
const withoutMandate: TableRows = { entity: own(all), mandate: {} };
/** What an Entity and its device tell each other. */
const betweenBoth = (verbs: string): TableRows => ({ entity: own(verbs), device: own(verbs) });
/** What a device tells, and its Entity reads. */
const toldByDevice = (verbs: string): TableRows => ({ entity: own('read'), device: own(verbs) });
/** The installation's own. */
const installationAlone = (verbs: string): TableRows => ({ installation: { one: verbs } });

/** Whose entry of the Audit it is where it is of no Entity. */
const outside = (verbs: string): Rows =>
  Object.fromEntries(
    ['installation', 'account', 'other account', 'owner', 'other owner', 'device', 'other device'].map(
      (row) => [row, verbs],
    ),
  );

export const tables: Readonly<Record<string, TableRows>> = {
  // People and places. A registration adds them for the installation, which may not read them.
  owners: { installation: { own: 'add', foreign: 'add' }, owner: own(all) },
  entities: { installation: everyones('add'), account: own('read'), owner: ofOwner(all), entity: own(all) },
  users: { installation: everyones('add'), account: own('read'), owner: ofOwner(all), entity: own('read') },
  user_photos: { owner: ofOwner(all) },
  // Only what a transaction looks for is seen of them.
  findable_users: {
    installation: { ...everyones('add'), 'not found': 'add' },
    owner: { ...ofOwner(all), 'not found': 'add change remove' },
  },
  saved_views: withoutMandate,
  memberships: {
    installation: everyones('add'),
    account: own('read'),
    owner: ofOwner(all),
    entity: own(all),
    // Nobody gives a role on the strength of a Mandate.
    mandate: own('read remove'),
  },
  invitations: { owner: ofOwner(all), entity: own(all), mandate: {} },
  // Who has a link is found by it, before anything else is known of the caller.
  invitation_tokens: { installation: everyones('read'), owner: ofOwner(all), entity: own(all) },
  buildings: withoutMandate,
  units: withoutMandate,
  // Users are of an Owner, Units of an Entity; what nobody applied is forgotten for the installation.
  imports: { installation: everyones('read remove'), owner: ofOwner(all), entity: own(all), mandate: {} },
  unit_import_lines: withoutMandate,
  user_import_lines: { owner: ofOwner(all) },
  wanted_welcomes: { owner: ofOwner('read add'), entity: own(all), mandate: {} },
  holidays: entityAlone,
  // Whoever has an API key is found by it; whoever made one ends it, and the Owner ends those of a User.
  api_keys: {
    installation: everyones('read'),
    account: own('read remove'),
    owner: ofOwner(all),
    entity: own(all),
    // Of a program that acts under a Mandate, the own one.
    mandate: own('read remove'),
  },
  mails: { owner: ofOwner('add'), entity: own(all) },
  idempotency_keys: { installation: everyones('read remove'), entity: own(all) },

  // Access requests: whoever asks, and the Entity that received it. What it became is seen by both.
  access_requests: { installation: everyones('read'), account: own(all) },
  incoming_requests: {
    account: own('read change'),
    owner: ofOwner(all),
    entity: own(all),
    mandate: {},
  },
  incoming_request_locks: { owner: ofOwner('read'), entity: own(all) },
  mandates: { account: own('read'), owner: ofOwner(all), entity: own(all), mandate: own('read remove') },
  mandate_locks: { owner: ofOwner(all), entity: own(all), mandate: own('read remove') },

  // Keys.
  // An Owner's Users hold Keys, which are suspended and restored with them, in each of its Entities.
  keys: { owner: ofOwner('read change'), entity: own(all), device: own('read') },
  bindings: { owner: ofOwner('read'), ...betweenBoth(all) },
  credentials: entityAlone,
  pin_values: entityAlone,
  card_values: entityAlone,
  key_tokens: { installation: everyones('read'), entity: own(all) },

  // Locks and their devices. A device in the stock is nobody's.
  locks: {
    installation: everyones('add'),
    account: own('read'),
    owner: ofOwner('read'),
    entity: own(all),
    device: own('read change'),
  },
  claims: { installation: everyones('add'), ...betweenBoth(all) },
  devices: { installation: everyones(all), entity: own('read'), device: own(all) },
  device_states: { installation: everyones('read'), ...betweenBoth(all) },
  door_states: betweenBoth(all),
  commands: betweenBoth(all),
  command_stages: betweenBoth(grows),
  access_lists: betweenBoth(replaced),
  list_deltas: betweenBoth(replaced),
  list_changes: betweenBoth(all),
  lock_lists: { installation: everyones('read'), ...betweenBoth(all) },
  reported_pieces: betweenBoth(all),
  restore_findings: { installation: everyones('read'), ...betweenBoth(grows) },
  activity_events: { ...toldByDevice(grows), mandate: {} },
  event_logs: toldByDevice(all),
  message_refusals: toldByDevice(all),

  // The Audit: whoever acts adds to a chain, and only whose chain it is reads it.
  audit_chains: {
    installation: { ...everyones('read'), outside: kept },
    account: { outside: kept },
    owner: { ...ofOwner(kept), outside: kept },
    entity: own(kept),
    device: { outside: kept },
  },
  audit_entries: {
    installation: { ...outside('read'), installation: grows, account: grows, 'other account': grows },
    account: { account: 'add' },
    owner: { ...ofOwner('add'), owner: 'add' },
    entity: own(grows),
    mandate: own('add'),
    device: { device: 'add' },
  },
  audit_repeats: {
    installation: { ...everyones('read'), ...outside(all) },
    account: outside(all),
    owner: outside(all),
    entity: own(all),
    device: outside(all),
  },
  unchained_audit_entries: {
    installation: { ...everyones('read'), ...outside('read remove') },
    entity: own('read remove'),
  },
  subject_keys: { owner: ofOwner(kept), entity: own(kept) },
  audit_checkpoints: installationAlone(grows),

  // The installation itself.
  installations: {
    installation: { one: grows },
    account: { one: 'read' },
    owner: { one: 'read' },
    entity: { one: 'read' },
    device: { one: 'read' },
  },
  restores: {
    installation: { one: 'read' },
    account: { one: 'read' },
    owner: { one: 'read' },
    entity: { one: 'read' },
    device: { one: 'read' },
  },
  operators: { installation: everyones(all), account: own('read') },
  bootstrap_tokens: installationAlone(all),
  password_resets: installationAlone(all),
  // Who makes an API key in an Entity is told of it.
  account_mails: { installation: everyones(all), account: own(all), entity: own(grows) },
  rate_limits: installationAlone(all),
};
