import type { AuditOperation, AuditOutcome } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';

/** What people call an operation of the Audit. */
export const operationNames: Readonly<Record<AuditOperation, () => string>> = {
  bootstrap: m.operation_bootstrap,
  'registration.register': m.operation_registration_register,
  sign_in: m.operation_sign_in,
  'sign_in.finish': m.operation_sign_in_finish,
  'sign_in.passkey': m.operation_sign_in_passkey,
  sign_out: m.operation_sign_out,
  'entity.create': m.operation_entity_create,
  'entity.update': m.operation_entity_update,
  'entity.delete': m.operation_entity_delete,
  'holiday.add': m.operation_holiday_add,
  'holiday.update': m.operation_holiday_update,
  'holiday.remove': m.operation_holiday_remove,
  'building.add': m.operation_building_add,
  'building.update': m.operation_building_update,
  'building.remove': m.operation_building_remove,
  'unit.add': m.operation_unit_add,
  'unit.update': m.operation_unit_update,
  'unit.remove': m.operation_unit_remove,
  'unit.import': m.operation_unit_import,
  'local_admin.add': m.operation_local_admin_add,
  'local_admin.remove': m.operation_local_admin_remove,
  'local_admin.accept': m.operation_local_admin_accept,
  'invitation.resend': m.operation_invitation_resend,
  'invitation.withdraw': m.operation_invitation_withdraw,
  'session.confirm': m.operation_session_confirm,
  'session.end': m.operation_session_end,
  'session.end_others': m.operation_session_end_others,
  'account.ask_reset': m.operation_account_ask_reset,
  'account.reset_password': m.operation_account_reset_password,
  'account.make_reset_link': m.operation_account_make_reset_link,
  'account.change_password': m.operation_account_change_password,
  'account.begin_authenticator': m.operation_account_begin_authenticator,
  'account.finish_authenticator': m.operation_account_finish_authenticator,
  'account.renew_recovery_codes': m.operation_account_renew_recovery_codes,
  'account.remove_authenticator': m.operation_account_remove_authenticator,
  'account.add_passkey': m.operation_account_add_passkey,
  'account.remove_passkey': m.operation_account_remove_passkey,
  'lock.add': m.operation_lock_add,
  'lock.update': m.operation_lock_update,
  'lock.claim_again': m.operation_lock_claim_again,
  'lock.open': m.operation_lock_open,
  'lock.take_report': m.operation_lock_take_report,
  'device.prove_claim': m.operation_device_prove_claim,
  'device.renew_certificate': m.operation_device_renew_certificate,
  'key.create': m.operation_key_create,
  'key.update': m.operation_key_update,
  'key.delete': m.operation_key_delete,
  'key.show_secrets': m.operation_key_show_secrets,
  'key.share_picture': m.operation_key_share_picture,
  'key.send': m.operation_key_send,
  'activity.export': m.operation_activity_export,
  'audit.export': m.operation_audit_export,
  'audit.checkpoint': m.operation_audit_checkpoint,
  'installation.restore': m.operation_installation_restore,
};

/** The same for whatever an entry says; one that an older version wrote is named as it is. */
export function operationName(operation: string): string {
  return Object.hasOwn(operationNames, operation) ? operationNames[operation as AuditOperation]() : operation;
}

export const auditOutcomeNames: Readonly<Record<AuditOutcome, () => string>> = {
  done: m.audit_done,
  refused: m.audit_refused,
  failed: m.audit_failed,
};

/** What people call the fields of before and after. */
const fieldNames: Readonly<Record<string, () => string>> = {
  name: m.audit_field_name,
  code: m.audit_field_code,
  description: m.audit_field_description,
  kind: m.audit_field_kind,
  zone: m.audit_field_zone,
  address: m.audit_field_address,
  localAdmin: m.audit_field_local_admin,
  role: m.audit_field_role,
  unitCount: m.audit_field_unit_count,
  floors: m.audit_field_floors,
  lines: m.audit_field_lines,
  newBuildings: m.audit_field_new_buildings,
  newUnits: m.audit_field_new_units,
  changedUnits: m.audit_field_changed_units,
  firstDate: m.audit_field_first_date,
  lastDate: m.audit_field_last_date,
  isYearly: m.audit_field_is_yearly,
  hours: m.audit_field_hours,
  location: m.audit_field_location,
  minimumAssurance: m.audit_field_minimum_assurance,
  takesStaticQr: m.audit_field_takes_static_qr,
  takesCardNumbers: m.audit_field_takes_card_numbers,
  type: m.audit_field_type,
  status: m.audit_field_status,
  holder: m.audit_field_holder,
  email: m.audit_field_email,
  to: m.audit_field_to,
  validFrom: m.audit_field_valid_from,
  validUntil: m.audit_field_valid_until,
  maxUses: m.audit_field_max_uses,
  pictureSharedAt: m.audit_field_picture_shared_at,
  cardGivenAt: m.audit_field_card_given_at,
  locks: m.audit_field_locks,
  withPicture: m.audit_field_with_picture,
  serial: m.audit_field_serial,
  commandId: m.audit_field_command_id,
  filter: m.audit_field_filter,
  reachedAt: m.audit_field_reached_at,
  incarnation: m.audit_field_incarnation,
};

/** The same for whatever an entry tells; a field that nobody has named yet stands for itself. */
export function fieldName(field: string): string {
  return Object.hasOwn(fieldNames, field) ? (fieldNames[field]?.() ?? field) : field;
}
