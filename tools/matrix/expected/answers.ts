/**
 * How a call is refused, and what it shows or changes when it is not: written by hand, of what each call is
 * for. It imports nothing of what it is held against.
 */

/** The status of every refusal, by its cause. */
export const refusals = {
  /** Nobody is signed in. */
  notSignedIn: 401,
  /** A member whose role may not. */
  notPermitted: 403,
  /**
   * An Entity in which one has no role, or whose role or User is over, does not exist for one; nor do its
   * rows.
   */
  notThere: 404,
  /** What can be done once, and was. */
  over: 409,
  /** The person was not seen lately. */
  askedAgain: 403,
} as const;

/** Where the secret of a call is wrong. What is proven beside a field is `invalid_input`. */
export const wrongSecrets: Readonly<Record<string, number>> = {
  register: 409,
  signIn: 401,
  finishSignIn: 401,
  finishPasskeySignIn: 401,
  resetPassword: 404,
  beginSignOn: 404,
  finishSignOn: 401,
  confirmAddress: 404,
  showInvitation: 404,
  acceptInvitation: 404,
  showKeyPage: 404,
  openByKey: 404,
  followKeyCommand: 404,
  enrolmentProof: 409,
  renewCertificate: 409,
  confirmSession: 400,
  confirmSessionByPasskey: 401,
  endSession: 404,
  changePassword: 400,
  beginAuthenticator: 400,
  finishAuthenticator: 400,
  renewRecoveryCodes: 400,
  addPasskey: 401,
  removePasskey: 404,
  withdrawRequest: 404,
  finishSignOnConfirmation: 401,
  finishSignOnConnection: 401,
  removeSignOn: 404,
  revokeApiKey: 404,
};

/** Nobody grants or takes what they lack: of whoever manages the Entity too, these change nothing. */
export const outOfReach = {
  roles: ['local_admin'],
  calls: ['updateUser', 'deactivateUser', 'setUserPhoto'],
  answers: refusals.notPermitted,
} as const;

/**
 * What even a wrong one uses up: a try is counted, a question is asked once, a passkey tells how often it was
 * used.
 */
export const spentByWrongOnes: Readonly<Record<string, string>> = {
  finishSignIn: 'auth.authenticators auth.spent_codes auth.verifications',
  finishAuthenticator: '',
  confirmSessionByPasskey: 'auth.passkeys auth.verifications',
  addPasskey: 'auth.verifications',
  finishSignOn: 'auth.sign_on_flows',
  finishSignOnConfirmation: 'auth.sign_on_flows',
  finishSignOnConnection: 'auth.sign_on_flows',
};

/**
 * Calls in the own Entity that name rows of another one: `notThere`, unless a body names them, which is
 * refused beside the field.
 */
export const strangeRows: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    `getLock updateLock claimLock openLock getCommand whyEvent whyKey
    updateHoliday removeHoliday removeLocalAdmin resendInvitation withdrawInvitation
    renameSavedView removeSavedView
    getUser updateUser deactivateUser listSuspendedKeys reactivateUser welcomeUser
    setUserPhoto removeUserPhoto getUserPhoto
    updateBuilding removeBuilding listUnits addUnit updateUnit removeUnit
    addImportLines checkUnitImport applyUnitImport
    approveRequest rejectRequest endMandate listMandatedKeys adoptKey
    addUserImportLines checkUserImport applyUserImport
    getKey updateKey deleteKey showKeySecrets shareKeyPicture sendKey createGuestKey`
      .split(/\s+/)
      .map((name) => [name, refusals.notThere]),
  ),
};

/**
 * What an answer has to show: `mark` is in every text of the own Entity, `id` one of its rows; the others are
 * the caller's own.
 */
export type Shown =
  'mark' | 'email' | 'session' | 'passkey' | 'user' | { readonly text: string } | { readonly id: string };

/** What a call that is done shows, and the tables in which it changes rows: these and no others. */
export interface Effect {
  readonly shows?: Shown;
  readonly changes?: string;
}

/** A mail to the person's own address is under way. */
const notice = (changes: string): string => `account_mails ${changes} jobs`;
const newPassword = 'auth.sessions auth.sign_in_factors';
const newAccount = 'auth.accounts auth.sessions auth.sign_in_factors';
const command = 'command_stages commands device_states jobs';
const listOfDoor = 'bindings jobs lock_lists';
const invitationMail = 'invitation_tokens invitations jobs mails';

const ofAccounts: Readonly<Record<string, Effect>> = {
  getInstallation: { shows: { text: '"mode"' } },
  register: {
    changes: `account_mails ${newAccount} claims entities findable_users jobs locks memberships owners users`,
  },
  signIn: { shows: { text: 'spare@example.com' }, changes: 'auth.sessions' },
  finishSignIn: {
    shows: { text: 'careful@example.com' },
    changes: 'auth.authenticators auth.sessions auth.spent_codes auth.verifications',
  },
  beginPasskeySignIn: { shows: { text: '"challenge"' }, changes: 'auth.verifications' },
  finishPasskeySignIn: { shows: 'email', changes: 'auth.passkeys auth.sessions auth.verifications' },
  askForReset: { changes: 'jobs password_resets' },
  resetPassword: { changes: notice(`${newPassword} auth.verifications`) },
  signOut: { changes: 'auth.sessions' },
  getSession: { shows: 'email' },
  confirmSession: { shows: 'email', changes: 'auth.sessions' },
  confirmSessionByPasskey: { shows: 'email', changes: 'auth.passkeys auth.sessions auth.verifications' },
  listSessions: { shows: 'session' },
  endSession: { changes: 'auth.sessions' },
  endOtherSessions: { changes: 'auth.sessions' },
  changePassword: { changes: notice(newPassword) },
  beginAuthenticator: { shows: { text: 'otpauth:' }, changes: 'auth.authenticators' },
  finishAuthenticator: { shows: 'email', changes: notice('auth.accounts auth.authenticators auth.sessions') },
  renewRecoveryCodes: { shows: { text: '"recoveryCodes"' }, changes: notice('auth.authenticators') },
  removeAuthenticator: { changes: notice('auth.accounts auth.authenticators') },
  listPasskeys: { shows: 'passkey' },
  beginPasskey: { shows: { text: '"challenge"' }, changes: 'auth.verifications' },
  addPasskey: { changes: notice('auth.passkeys auth.verifications') },
  removePasskey: { changes: notice('auth.passkeys') },
  requestInstallerAccess: { changes: 'access_requests jobs' },
  requestEntityManagement: { changes: 'access_requests jobs' },
  breakGlass: {
    shows: 'mark',
    changes: 'access_requests findable_users incoming_requests jobs mails mandates memberships users',
  },
  listSubmittedRequests: { shows: { text: 'asked-owner@example.com' } },
  withdrawRequest: { changes: 'access_requests jobs' },
  askForAddress: { changes: 'account_mails jobs' },
  confirmAddress: { changes: 'auth.accounts auth.address_links' },
  beginSignOn: { shows: { text: '"url"' }, changes: 'auth.sign_on_flows' },
  finishSignOn: { shows: 'email', changes: 'auth.sessions auth.sign_on_flows' },
  beginSignOnConfirmation: { shows: { text: '"url"' }, changes: 'auth.sign_on_flows' },
  finishSignOnConfirmation: { shows: 'email', changes: 'auth.sessions auth.sign_on_flows' },
  beginSignOnConnection: { shows: { text: '"url"' }, changes: 'auth.sign_on_flows' },
  finishSignOnConnection: { shows: 'email', changes: notice('auth.sign_in_factors auth.sign_on_flows') },
  removeSignOn: { changes: notice('auth.sign_in_factors') },
  revokeApiKey: { changes: 'api_keys' },
};

const byLink: Readonly<Record<string, Effect>> = {
  showInvitation: { shows: 'mark' },
  acceptInvitation: { changes: `${newAccount} findable_users invitations memberships users` },
  showKeyPage: { shows: 'mark' },
  openByKey: { changes: command },
  followKeyCommand: { shows: { id: 'keyCommandId' } },
};

const byDevices: Readonly<Record<string, Effect>> = {
  enrolmentHello: { shows: { text: '"challenge"' } },
  enrolmentProof: {
    shows: { text: 'BEGIN CERTIFICATE' },
    changes: 'claims device_states devices jobs lock_lists locks',
  },
  renewCertificate: { shows: { text: 'BEGIN CERTIFICATE' }, changes: 'device_states' },
};

const ofLocks: Readonly<Record<string, Effect>> = {
  getDashboard: { shows: { text: '"locks"' } },
  listLocks: { shows: 'mark' },
  getLock: { shows: 'mark' },
  addLock: { changes: 'claims jobs locks' },
  updateLock: { changes: `${listOfDoor} locks` },
  claimLock: { changes: 'claims jobs' },
  openLock: { changes: 'command_stages commands device_states idempotency_keys jobs locks' },
  getCommand: { shows: { id: 'commandId' } },
  followEntity: { shows: { text: 'retry:' } },
};

const ofLogs: Readonly<Record<string, Effect>> = {
  listActivity: { shows: 'mark' },
  exportActivity: { shows: 'mark' },
  whyEvent: { shows: { id: 'lockId' } },
  whyKey: { shows: { id: 'lockId' } },
  listAudit: { shows: 'user' },
  listAuditPeople: { shows: 'user' },
  exportAudit: { shows: 'mark' },
  takeAuditCheckpoint: { shows: { id: 'entityId' }, changes: 'audit_checkpoints' },
  listMails: { shows: 'mark' },
};

const ofEntities: Readonly<Record<string, Effect>> = {
  listEntities: { shows: 'mark' },
  createEntity: { changes: 'entities memberships' },
  updateEntity: { changes: 'entities' },
  deleteEntity: { changes: 'bindings credentials entities keys memberships pin_values' },
  listHolidays: { shows: 'mark' },
  addHoliday: { changes: 'bindings holidays jobs lock_lists' },
  updateHoliday: { changes: 'bindings holidays jobs lock_lists' },
  removeHoliday: { changes: 'bindings holidays jobs lock_lists' },
  listBuildings: { shows: 'mark' },
  addBuilding: { changes: 'buildings' },
  updateBuilding: { changes: 'buildings' },
  removeBuilding: { changes: 'buildings units' },
  listUnits: { shows: 'mark' },
  addUnit: { changes: 'units' },
  updateUnit: { changes: 'units' },
  removeUnit: { changes: 'units' },
  startUnitImport: { changes: 'imports unit_import_lines' },
  addImportLines: { changes: 'unit_import_lines' },
  checkUnitImport: { shows: { text: '"newUnits"' } },
  applyUnitImport: { changes: 'imports unit_import_lines units' },
};

const ofPeople: Readonly<Record<string, Effect>> = {
  listLocalAdmins: { shows: 'mark' },
  listLocalAdminCandidates: { shows: 'mark' },
  addLocalAdmin: { changes: `idempotency_keys ${invitationMail}` },
  removeLocalAdmin: { changes: 'memberships' },
  resendInvitation: { changes: `idempotency_keys ${invitationMail}` },
  withdrawInvitation: { changes: 'invitation_tokens invitations' },
  listSavedViews: { shows: 'mark' },
  addSavedView: { changes: 'saved_views' },
  renameSavedView: { changes: 'saved_views' },
  removeSavedView: { changes: 'saved_views' },
  listUsers: { shows: 'mark' },
  listPlateHolders: { shows: 'mark' },
  getUser: { shows: 'mark' },
  createUser: { changes: 'findable_users invitation_tokens invitations jobs mails memberships users' },
  exportUsers: { shows: 'mark' },
  startUserImport: { changes: 'imports user_import_lines' },
  addUserImportLines: { changes: 'user_import_lines' },
  checkUserImport: { shows: { text: '"newUsers"' } },
  applyUserImport: { changes: 'findable_users imports memberships user_import_lines users' },
  updateUser: { changes: 'findable_users users' },
  deactivateUser: { shows: 'mark', changes: 'findable_users jobs users' },
  listSuspendedKeys: { shows: 'mark' },
  reactivateUser: { shows: 'mark', changes: 'findable_users jobs keys users' },
  setUserPhoto: { shows: 'mark', changes: 'user_photos' },
  removeUserPhoto: { shows: 'mark', changes: 'user_photos' },
  // The length of a table that each JPEG begins with.
  getUserPhoto: { shows: { text: '\u0000C' } },
  getOwnProfile: { shows: 'mark' },
  updateOwnProfile: { changes: 'findable_users users' },
  welcomeUser: { changes: `idempotency_keys ${invitationMail}` },
};

const ofKeys: Readonly<Record<string, Effect>> = {
  createGuestKey: {
    shows: { text: '"pin"' },
    changes:
      'bindings credentials idempotency_keys jobs key_tokens keys list_changes lock_lists mails pin_values',
  },
  listKeys: { shows: 'mark' },
  getKey: { shows: 'mark' },
  updateKey: { changes: 'bindings jobs keys list_changes lock_lists pin_values' },
  deleteKey: { changes: 'bindings credentials jobs keys list_changes lock_lists pin_values' },
  showKeySecrets: { shows: { text: '"pin"' } },
  shareKeyPicture: { changes: 'bindings idempotency_keys jobs keys list_changes lock_lists' },
  sendKey: { changes: 'idempotency_keys jobs keys mails' },
  listApiKeys: { shows: { text: '"grantable"' } },
  makeApiKey: { shows: { text: '"clv_' }, changes: 'account_mails api_keys jobs' },
};

const ofRequests: Readonly<Record<string, Effect>> = {
  listAccessRequests: { shows: 'mark' },
  approveRequest: {
    shows: 'mark',
    changes: 'findable_users incoming_requests jobs mails mandate_locks mandates memberships users',
  },
  rejectRequest: { changes: 'incoming_requests jobs mails' },
  // The lists of the door that the Key was made at wait for it already.
  endMandate: { changes: 'bindings jobs keys lock_lists mails mandates memberships' },
  listMandatedKeys: { shows: 'mark' },
  adoptKey: { changes: 'bindings jobs keys lock_lists pin_values' },
};

export const effects: Readonly<Record<string, Effect>> = {
  ...{ ...ofAccounts, ...byLink, ...byDevices, ...ofLocks, ...ofLogs },
  ...{ ...ofEntities, ...ofPeople, ...ofKeys, ...ofRequests },
};
