/**
 * What can stand in the Audit, by the names that every declared route and every program uses; each has a name
 * for people in every language.
 */
export const auditOperations = [
  'bootstrap',
  'registration.register',
  'sign_in',
  'sign_in.finish',
  'sign_in.passkey',
  'sign_out',
  'entity.create',
  'entity.update',
  'entity.delete',
  'holiday.add',
  'holiday.update',
  'holiday.remove',
  'building.add',
  'building.update',
  'building.remove',
  'unit.add',
  'unit.update',
  'unit.remove',
  'unit.import',
  'local_admin.add',
  'local_admin.remove',
  'local_admin.accept',
  'invitation.resend',
  'invitation.withdraw',
  'session.confirm',
  'session.end',
  'session.end_others',
  'user.create',
  'user.import',
  'user.export',
  'user.update',
  'user.deactivate',
  'user.reactivate',
  'user.welcome',
  'user.accept',
  'user.set_photo',
  'user.remove_photo',
  'profile.update',
  'account.ask_reset',
  'account.reset_password',
  'account.make_reset_link',
  'account.change_password',
  'account.begin_authenticator',
  'account.finish_authenticator',
  'account.renew_recovery_codes',
  'account.remove_authenticator',
  'account.add_passkey',
  'account.remove_passkey',
  'lock.add',
  'lock.update',
  'lock.claim_again',
  'lock.open',
  'lock.take_report',
  'device.prove_claim',
  'device.renew_certificate',
  'key.create',
  'key.update',
  'key.delete',
  'key.show_secrets',
  'key.share_picture',
  'key.send',
  'activity.export',
  'audit.export',
  'audit.checkpoint',
  'installation.restore',
] as const;
export type AuditOperation = (typeof auditOperations)[number];

/** Those that happen outside of every Entity: the installation's own chain has them, and no Entity's. */
const outsideOperations: ReadonlySet<AuditOperation> = new Set([
  'bootstrap',
  'sign_in',
  'sign_in.finish',
  'sign_in.passkey',
  'sign_out',
  'session.confirm',
  'session.end',
  'session.end_others',
  'account.ask_reset',
  'account.reset_password',
  'account.make_reset_link',
  'account.change_password',
  'account.begin_authenticator',
  'account.finish_authenticator',
  'account.renew_recovery_codes',
  'account.remove_authenticator',
  'account.add_passkey',
  'account.remove_passkey',
  'device.prove_claim',
  'device.renew_certificate',
]);

/** What the chain of an Entity can have, and its screens offer. */
export const entityOperations: readonly AuditOperation[] = auditOperations.filter(
  (operation) => !outsideOperations.has(operation),
);

export const auditOutcomes = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** By what the list can be sorted; in the order of the chain where the rest is alike. */
export const auditSortings = ['time', 'operation', 'outcome'] as const;
export type AuditSorting = (typeof auditSortings)[number];
