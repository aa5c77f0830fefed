/** Generated from the migrations by `npm run generate`. */
import type { ColumnType, GeneratedAlways } from 'kysely';
import type { JsonValue, StoredInstant } from './connection/column-types.ts';

export interface AccessListsTable {
  entity_id: string;
  lock_id: string;
  incarnation: number;
  version: number;
  device_id: string;
  ownership_epoch: number;
  signed_at: ColumnType<StoredInstant, Date, Date>;
  hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  encoded: ColumnType<Buffer, Uint8Array, Uint8Array>;
}

export interface AccessRequestsTable {
  id: string;
  account_id: string;
  kind: 'installer' | 'entity_management' | 'break_glass';
  email: string;
  owner_email: string;
  serials: ColumnType<string[], string[] | undefined, string[]>;
  entity_code: string | null;
  wanted_for_minutes: number;
  reason: ColumnType<string, string | undefined, string>;
  language: 'en' | 'de' | 'zh';
  asked_at: ColumnType<StoredInstant, Date, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
  withdrawn_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface AccountMailsTable {
  id: string;
  account_id: string;
  kind: string;
  language: 'en' | 'de' | 'zh';
  recipient: string | null;
  detail: string | null;
  asked_at: ColumnType<StoredInstant, Date, Date>;
  sent_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  failure: string | null;
}

export interface ActivityEventsTable {
  entity_id: string;
  device_id: string;
  ownership_epoch: number;
  log_epoch: number;
  sequence: number;
  lock_id: string;
  type: string;
  at: ColumnType<StoredInstant, Date, Date>;
  uncertainty_ms: number;
  received_at: ColumnType<StoredInstant, Date | undefined, Date>;
  method: string | null;
  reason: string | null;
  command_id: string | null;
  detail: string | null;
  hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  lock_name: string;
  person_name: string | null;
  key_id: string | null;
  key_tag: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  uses_spent: number | null;
  uses_max: number | null;
  list_incarnation: number | null;
  list_version: number | null;
  reader_path: string | null;
  unknown_since: ColumnType<StoredInstant | null, Date | null, Date | null>;
  is_static: boolean | null;
  second_method: string | null;
  user_id: string | null;
}

export interface ApiKeysTable {
  entity_id: string;
  id: string;
  user_id: string;
  account_id: string;
  mandate_id: string | null;
  name: string;
  prefix: string;
  key_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  permissions: string[];
  made_at: ColumnType<StoredInstant, Date, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
  used_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface AuditChainsTable {
  chain: string;
  entity_id: string | null;
  sequence: number;
  previous: ColumnType<Buffer, Uint8Array, Uint8Array>;
  hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
}

export interface AuditCheckpointsTable {
  number: number;
  at: ColumnType<StoredInstant, Date, Date>;
  signed: ColumnType<Buffer, Uint8Array, Uint8Array>;
  signature: ColumnType<Buffer, Uint8Array, Uint8Array>;
  heads: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface AuditEntriesTable {
  chain: string;
  sequence: number;
  previous: ColumnType<Buffer, Uint8Array, Uint8Array>;
  hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  scope: 'installation' | 'account' | 'owner' | 'entity' | 'device';
  entity_id: string | null;
  owner_id: string | null;
  account_id: string | null;
  user_id: string | null;
  device_id: string | null;
  actor: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  mandate_id: string | null;
  operation: string;
  object_type: string | null;
  object_id: string | null;
  outcome: 'done' | 'refused' | 'failed';
  code: string | null;
  cause: string | null;
  reason: string | null;
  subject_id: string | null;
  before: ColumnType<JsonValue | null, string | null, string | null>;
  after: ColumnType<JsonValue | null, string | null, string | null>;
  count: ColumnType<number, number | undefined, number>;
  first_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  request_id: string | null;
  address: string | null;
  at: ColumnType<StoredInstant, Date, Date>;
}

export interface AuditRepeatsTable {
  chain: string;
  source: string;
  operation: string;
  code: string;
  scope: 'installation' | 'account' | 'owner' | 'entity' | 'device';
  entity_id: string | null;
  account_id: string | null;
  user_id: string | null;
  object_type: string | null;
  object_id: string | null;
  outcome: 'refused' | 'failed';
  cause: string | null;
  request_id: string | null;
  address: string | null;
  count: ColumnType<number, number | undefined, number>;
  opened_at: ColumnType<StoredInstant, Date, Date>;
  first_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  last_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  api_key: string | null;
}

export interface BindingsTable {
  entity_id: string;
  key_id: string;
  lock_id: string;
  state: ColumnType<'active' | 'suspended' | 'revoked', 'active' | 'suspended' | 'revoked' | undefined, 'active' | 'suspended' | 'revoked'>;
  since: ColumnType<StoredInstant, Date, Date>;
  listed_incarnation: number | null;
  listed_version: number | null;
  enforced_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  uses_spent: ColumnType<number, number | undefined, number>;
  counter_lost_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  is_count_unsure: ColumnType<boolean, boolean | undefined, boolean>;
  uses_told_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface BootstrapTokensTable {
  only_one: ColumnType<boolean, boolean | undefined, boolean>;
  token_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  issued_at: ColumnType<StoredInstant, Date | undefined, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
}

export interface BuildingsTable {
  entity_id: string;
  id: string;
  name: string;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface CardValuesTable {
  entity_id: string;
  lock_id: string;
  tag: ColumnType<Buffer, Uint8Array, Uint8Array>;
  key_id: string;
  credential_id: string;
  lives_until: ColumnType<StoredInstant, Date, Date>;
}

export interface ClaimsTable {
  entity_id: string;
  id: string;
  lock_id: string;
  device_id: string;
  nonce: ColumnType<Buffer, Uint8Array, Uint8Array>;
  sealed_key: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  state: 'waiting' | 'proven' | 'expired';
  request_digest: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  ownership_epoch: number | null;
  certificate: string | null;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
}

export interface CommandStagesTable {
  entity_id: string;
  command_id: string;
  stage: string;
  at: ColumnType<StoredInstant, Date, Date>;
}

export interface CommandsTable {
  entity_id: string;
  id: string;
  lock_id: string;
  device_id: string;
  ownership_epoch: number;
  sequence: number;
  type: 'open';
  stage: 'issued' | 'sent' | 'expired' | 'refused' | 'accepted' | 'unlocked' | 'opened' | 'interrupted' | 'relocked' | 'closed';
  reason: string | null;
  requested_by: string | null;
  issued_at: ColumnType<StoredInstant, Date, Date>;
  not_after: ColumnType<StoredInstant, Date, Date>;
  boot_number: number;
  requested_by_name: string | null;
  key_id: string | null;
}

export interface CredentialsTable {
  entity_id: string;
  id: string;
  key_id: string;
  kind: 'pin' | 'qr' | 'link' | 'pass' | 'app_key' | 'card' | 'button' | 'finger';
  state: ColumnType<'pending' | 'active' | 'suspended' | 'revoked', 'pending' | 'active' | 'suspended' | 'revoked' | undefined, 'pending' | 'active' | 'suspended' | 'revoked'>;
  sealed_secret: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  sealed_digest: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface DeviceStatesTable {
  entity_id: string;
  device_id: string;
  ownership_epoch: number;
  command_sequence: ColumnType<number, number | undefined, number>;
  certificate_fingerprint: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  certificate_until: ColumnType<StoredInstant | null, Date | null, Date | null>;
  boot_nonce: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  boot_number: number | null;
  hello_number: ColumnType<number, number | undefined, number>;
  is_online: ColumnType<boolean, boolean | undefined, boolean>;
  last_heard_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  offline_since: ColumnType<StoredInstant | null, Date | null, Date | null>;
  agent_version: string | null;
  log_epoch: number | null;
  newest_log_epoch: ColumnType<number, number | undefined, number>;
  doubt_since: ColumnType<StoredInstant | null, Date | null, Date | null>;
  doubt_cause: 'other_history' | 'earlier_boot' | 'damaged_memory' | null;
  doubt_has_log: ColumnType<boolean, boolean | undefined, boolean>;
  log_broken_since: ColumnType<StoredInstant | null, Date | null, Date | null>;
  doubt_ended_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface DevicesTable {
  id: string;
  serial: string;
  model: string;
  code_mac: ColumnType<Buffer, Uint8Array, Uint8Array>;
  owner_entity_id: string | null;
  ownership_epoch: ColumnType<number, number | undefined, number>;
  identity_key: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  imported_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface DoorStatesTable {
  entity_id: string;
  lock_id: string;
  state: 'secured' | 'unlocked' | 'open' | 'held_open' | 'forced_open' | 'unknown';
  is_tampered: ColumnType<boolean, boolean | undefined, boolean>;
  since: ColumnType<StoredInstant, Date, Date>;
}

export interface EntitiesTable {
  id: string;
  owner_id: string;
  code: string;
  name: string;
  kind: 'home' | 'community' | 'commercial';
  zone: string;
  address: ColumnType<string, string | undefined, string>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  description: ColumnType<string, string | undefined, string>;
  is_provisional: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
  deleted_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface EventLogsTable {
  entity_id: string;
  device_id: string;
  ownership_epoch: number;
  log_epoch: number;
  stored_through: ColumnType<number, number | undefined, number>;
  last_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
}

export interface FindableUsersTable {
  owner_id: string;
  user_id: string;
  sorted_name: string;
  status: string;
  text: string;
}

export interface HolidaysTable {
  entity_id: string;
  id: string;
  name: string;
  first_date: string;
  last_date: string;
  is_yearly: boolean;
  hours_from: string | null;
  hours_until: string | null;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface IdempotencyKeysTable {
  entity_id: string;
  account_id: string;
  key: string;
  request_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  status: number | null;
  answer: ColumnType<JsonValue | null, string | null, string | null>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface ImportsTable {
  entity_id: string;
  id: string;
  made_by: string;
  created_at: ColumnType<StoredInstant, Date, Date>;
  kind: 'units' | 'users';
}

export interface IncomingRequestLocksTable {
  entity_id: string;
  incoming_id: string;
  lock_id: string;
}

export interface IncomingRequestsTable {
  entity_id: string;
  id: string;
  request_id: string;
  account_id: string;
  kind: 'installer' | 'entity_management' | 'break_glass';
  email: string;
  wanted_for_minutes: number;
  reason: string;
  language: 'en' | 'de' | 'zh';
  asked_at: ColumnType<StoredInstant, Date, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
  state: ColumnType<'pending' | 'approved' | 'rejected' | 'withdrawn', 'pending' | 'approved' | 'rejected' | 'withdrawn' | undefined, 'pending' | 'approved' | 'rejected' | 'withdrawn'>;
  decided_by: string | null;
  decided_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface InstallationsTable {
  id: string;
  only_one: ColumnType<boolean, boolean | undefined, boolean>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  incarnation: ColumnType<number, number | undefined, number>;
}

export interface InvitationTokensTable {
  entity_id: string;
  token_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  invitation_id: string;
}

export interface InvitationsTable {
  entity_id: string;
  id: string;
  email: string;
  state: ColumnType<'pending' | 'accepted' | 'withdrawn', 'pending' | 'accepted' | 'withdrawn' | undefined, 'pending' | 'accepted' | 'withdrawn'>;
  invited_by: string;
  mail_id: string;
  invited_at: ColumnType<StoredInstant, Date, Date>;
  expires_at: ColumnType<StoredInstant, Date, Date>;
  accepted_by: string | null;
  role: ColumnType<'local_admin' | 'resident', 'local_admin' | 'resident' | undefined, 'local_admin' | 'resident'>;
}

export interface KeyTokensTable {
  entity_id: string;
  token_hash: ColumnType<Buffer, Uint8Array, Uint8Array>;
  key_id: string;
}

export interface KeysTable {
  entity_id: string;
  id: string;
  type: 'app' | 'smart' | 'fingerprint' | 'wallet' | 'physical' | 'intercom' | 'guest' | 'visitor' | 'delivery' | 'staff';
  state: 'available' | 'pending' | 'active' | 'suspended' | 'revoked';
  holder_name: string;
  email: string | null;
  valid_from: ColumnType<StoredInstant | null, Date | null, Date | null>;
  valid_until: ColumnType<StoredInstant | null, Date | null, Date | null>;
  max_uses: number | null;
  issue: ColumnType<number, number | undefined, number>;
  made_by: string;
  ended_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  picture_issue: number | null;
  picture_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  email_lower: GeneratedAlways<string | null>;
  holder_id: string | null;
  suspension: 'not_restored' | 'mandate_ended' | null;
  mandate_id: string | null;
  wanted_until: ColumnType<StoredInstant | null, Date | null, Date | null>;
  adopted_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface ListChangesTable {
  entity_id: string;
  lock_id: string;
  key_id: string;
  device_id: string;
}

export interface ListDeltasTable {
  entity_id: string;
  lock_id: string;
  incarnation: number;
  version: number;
  device_id: string;
  ownership_epoch: number;
  signed_at: ColumnType<StoredInstant, Date, Date>;
  root: ColumnType<Buffer, Uint8Array, Uint8Array>;
  keys: number;
  delta: ColumnType<Buffer, Uint8Array, Uint8Array>;
}

export interface LockListsTable {
  entity_id: string;
  lock_id: string;
  device_id: string;
  wanted_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  incarnation: number | null;
  version: number | null;
  ownership_epoch: number | null;
  signed_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  sent_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  refused_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  told_incarnation: number | null;
  told_version: number | null;
  told_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  report_owed_since: ColumnType<StoredInstant | null, Date | null, Date | null>;
  uses_owed: ColumnType<boolean, boolean | undefined, boolean>;
  wants_whole: ColumnType<boolean, boolean | undefined, boolean>;
  root: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  whole_version: number | null;
  whole_signed_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  whole_keys: ColumnType<number, number | undefined, number>;
  changed_keys: ColumnType<number, number | undefined, number>;
  told_root: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface LocksTable {
  entity_id: string;
  id: string;
  device_id: string;
  number: ColumnType<number, number | undefined, number>;
  name: string;
  location: ColumnType<string, string | undefined, string>;
  status: 'unclaimed' | 'claiming' | 'active' | 'inactive' | 'error';
  unlock_for_ms: ColumnType<number, number | undefined, number>;
  held_open_after_ms: ColumnType<number, number | undefined, number>;
  openable_at: ColumnType<StoredInstant, Date | undefined, Date>;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  minimum_assurance: ColumnType<'low' | 'medium' | 'high', 'low' | 'medium' | 'high' | undefined, 'low' | 'medium' | 'high'>;
  takes_static_qr: ColumnType<boolean, boolean | undefined, boolean>;
  takes_card_numbers: ColumnType<boolean, boolean | undefined, boolean>;
}

export interface MailsTable {
  entity_id: string;
  id: string;
  key_id: string | null;
  recipient: string;
  subject: string;
  sealed_text: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  created_at: ColumnType<StoredInstant, Date, Date>;
  sent_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  kept_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  failure: string | null;
  sealed_picture: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  recipient_lower: GeneratedAlways<string | null>;
}

export interface MandateLocksTable {
  entity_id: string;
  mandate_id: string;
  lock_id: string;
}

export interface MandatesTable {
  entity_id: string;
  id: string;
  incoming_id: string;
  user_id: string;
  account_id: string;
  role: 'installer' | 'local_admin';
  from_at: ColumnType<StoredInstant, Date, Date>;
  until_at: ColumnType<StoredInstant, Date, Date>;
  approved_by: string;
  ended_by: string | null;
  settled_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface MembershipsTable {
  entity_id: string;
  user_id: string;
  owner_id: string;
  account_id: string | null;
  role: 'community_manager' | 'local_admin' | 'installer' | 'resident';
  until: ColumnType<StoredInstant | null, Date | null, Date | null>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  mandate_id: string | null;
}

export interface MessageRefusalsTable {
  entity_id: string;
  device_id: string;
  day: string;
  cause: string;
  count: ColumnType<number, number | undefined, number>;
  first_at: ColumnType<StoredInstant, Date | undefined, Date>;
  last_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface OperatorsTable {
  account_id: string;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface OwnersTable {
  id: string;
  name: string;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface PasswordResetsTable {
  id: string;
  email: string;
  language: 'en' | 'de' | 'zh';
  asked_at: ColumnType<StoredInstant, Date, Date>;
  failure: string | null;
}

export interface PinValuesTable {
  entity_id: string;
  lock_id: string;
  tag: ColumnType<Buffer, Uint8Array, Uint8Array>;
  key_id: string;
  digits: number;
  lives_until: ColumnType<StoredInstant, Date, Date>;
}

export interface RateLimitsTable {
  subject: ColumnType<Buffer, Uint8Array, Uint8Array>;
  full_at: ColumnType<StoredInstant, Date, Date>;
}

export interface ReportedPiecesTable {
  entity_id: string;
  lock_id: string;
  device_id: string;
  incarnation: number;
  version: number;
  index: number;
  pieces: number;
  head: ColumnType<Buffer, Uint8Array, Uint8Array>;
  piece: ColumnType<Buffer, Uint8Array, Uint8Array>;
}

export interface RestoreFindingsTable {
  entity_id: string;
  id: string;
  lock_id: string;
  device_id: string;
  restore_incarnation: number;
  kind: 'list' | 'nothing' | 'unproven';
  at: ColumnType<StoredInstant, Date, Date>;
  found: ColumnType<JsonValue, string, string>;
}

export interface RestoresTable {
  incarnation: number;
  restored_at: ColumnType<StoredInstant, Date, Date>;
  reached_at: ColumnType<StoredInstant, Date, Date>;
}

export interface SavedViewsTable {
  entity_id: string;
  id: string;
  user_id: string;
  list: 'entities' | 'users' | 'keys' | 'activity' | 'audit';
  name: string;
  filters: string;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface SubjectKeysTable {
  entity_id: string;
  subject_id: string;
  sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  made_at: ColumnType<StoredInstant, Date | undefined, Date>;
  erased_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
}

export interface UnchainedAuditEntriesTable {
  id: string;
  scope: 'installation' | 'account' | 'owner' | 'entity' | 'device';
  entity_id: string | null;
  owner_id: string | null;
  account_id: string | null;
  device_id: string | null;
  operation: string;
  object_type: string | null;
  object_id: string | null;
  outcome: 'done' | 'refused' | 'failed';
  reason: string | null;
  before: ColumnType<JsonValue | null, string | null, string | null>;
  after: ColumnType<JsonValue | null, string | null, string | null>;
  request_id: string | null;
  address: string | null;
  at: ColumnType<StoredInstant, Date | undefined, Date>;
  actor_name: string | null;
}

export interface UnitImportLinesTable {
  entity_id: string;
  import_id: string;
  line: number;
  building: string;
  unit: string;
  floors: number[];
  problem: string | null;
}

export interface UnitsTable {
  entity_id: string;
  id: string;
  building_id: string;
  name: string;
  floors: ColumnType<number[], number[] | undefined, number[]>;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface UserImportLinesTable {
  entity_id: string;
  import_id: string;
  line: number;
  user_id: string;
  name: string;
  email: string;
  phone: string;
  mobile: string;
  plates: string[];
  entity_codes: string[];
  is_welcome: boolean;
  is_deactivated: boolean;
  problems: string[];
}

export interface UserPhotosTable {
  owner_id: string;
  user_id: string;
  id: string;
  picture: ColumnType<Buffer, Uint8Array, Uint8Array>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
}

export interface UsersTable {
  id: string;
  owner_id: string;
  account_id: string | null;
  name: string;
  email: string;
  status: ColumnType<'active' | 'deactivated', 'active' | 'deactivated' | undefined, 'active' | 'deactivated'>;
  created_at: ColumnType<StoredInstant, Date | undefined, Date>;
  phone: ColumnType<string, string | undefined, string>;
  mobile: ColumnType<string, string | undefined, string>;
  plates: ColumnType<string[], string[] | undefined, string[]>;
  deactivated_at: ColumnType<StoredInstant | null, Date | null, Date | null>;
  deactivation_reason: string | null;
  version: ColumnType<number, number | undefined, number>;
  search_text: GeneratedAlways<string>;
}

export interface WantedWelcomesTable {
  entity_id: string;
  user_id: string;
  invited_by: string;
  language: 'en' | 'de' | 'zh';
}

/** The tables of the schema claviger. */
export interface Tables {
  access_lists: AccessListsTable;
  access_requests: AccessRequestsTable;
  account_mails: AccountMailsTable;
  activity_events: ActivityEventsTable;
  api_keys: ApiKeysTable;
  audit_chains: AuditChainsTable;
  audit_checkpoints: AuditCheckpointsTable;
  audit_entries: AuditEntriesTable;
  audit_repeats: AuditRepeatsTable;
  bindings: BindingsTable;
  bootstrap_tokens: BootstrapTokensTable;
  buildings: BuildingsTable;
  card_values: CardValuesTable;
  claims: ClaimsTable;
  command_stages: CommandStagesTable;
  commands: CommandsTable;
  credentials: CredentialsTable;
  device_states: DeviceStatesTable;
  devices: DevicesTable;
  door_states: DoorStatesTable;
  entities: EntitiesTable;
  event_logs: EventLogsTable;
  findable_users: FindableUsersTable;
  holidays: HolidaysTable;
  idempotency_keys: IdempotencyKeysTable;
  imports: ImportsTable;
  incoming_request_locks: IncomingRequestLocksTable;
  incoming_requests: IncomingRequestsTable;
  installations: InstallationsTable;
  invitation_tokens: InvitationTokensTable;
  invitations: InvitationsTable;
  key_tokens: KeyTokensTable;
  keys: KeysTable;
  list_changes: ListChangesTable;
  list_deltas: ListDeltasTable;
  lock_lists: LockListsTable;
  locks: LocksTable;
  mails: MailsTable;
  mandate_locks: MandateLocksTable;
  mandates: MandatesTable;
  memberships: MembershipsTable;
  message_refusals: MessageRefusalsTable;
  operators: OperatorsTable;
  owners: OwnersTable;
  password_resets: PasswordResetsTable;
  pin_values: PinValuesTable;
  rate_limits: RateLimitsTable;
  reported_pieces: ReportedPiecesTable;
  restore_findings: RestoreFindingsTable;
  restores: RestoresTable;
  saved_views: SavedViewsTable;
  subject_keys: SubjectKeysTable;
  unchained_audit_entries: UnchainedAuditEntriesTable;
  unit_import_lines: UnitImportLinesTable;
  units: UnitsTable;
  user_import_lines: UserImportLinesTable;
  user_photos: UserPhotosTable;
  users: UsersTable;
  wanted_welcomes: WantedWelcomesTable;
}
