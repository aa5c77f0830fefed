/**
 * Who may make which call: written by hand from PRODUCT (the roles of section 2, and what each surface is
 * for), and grouped by role. It imports nothing of what it is held against. A call stands in exactly one of
 * the three places: open to anybody, open to whoever is signed in, or with every role as what it may and what
 * it may not.
 */

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Without a sign-in. What is asked for a secret opens nothing without the right one. */
export const anybody = {
  may: words(`
    getInstallation getSession
    register signIn finishSignIn beginPasskeySignIn finishPasskeySignIn askForReset resetPassword
    beginSignOn finishSignOn confirmAddress
    showInvitation acceptInvitation
    showKeyPage openByKey followKeyCommand
    enrolmentHello enrolmentProof renewCertificate`),
  /** Once, by the token of whoever started the server; this installation has its operator. */
  mayNoMore: words('bootstrap'),
} as const;

/** Whoever is signed in, with the own Account and never with another one. */
export const signedIn = words(`
  signOut confirmSession confirmSessionByPasskey listSessions endSession endOtherSessions
  changePassword beginAuthenticator finishAuthenticator renewRecoveryCodes removeAuthenticator
  listPasskeys beginPasskey addPasskey removePasskey askForAddress
  requestInstallerAccess requestEntityManagement listSubmittedRequests withdrawRequest
  beginSignOnConfirmation finishSignOnConfirmation beginSignOnConnection finishSignOnConnection removeSignOn
  revokeApiKey`);

/** Whoever runs the installation, who sees nothing else of others: with a reason, and seen by them. */
export const operatorMay = words('breakGlass');

const locks = {
  see: 'getDashboard listLocks getLock followEntity',
  open: 'openLock getCommand',
  change: 'addLock updateLock claimLock',
};
const logs = {
  activity: 'listActivity exportActivity whyEvent whyKey',
  audit: 'listAudit listAuditPeople exportAudit takeAuditCheckpoint',
  mails: 'listMails',
};
const entities = {
  see: 'listEntities listHolidays',
  change: 'createEntity updateEntity deleteEntity addHoliday updateHoliday removeHoliday',
};
const localAdmins = `listLocalAdmins listLocalAdminCandidates addLocalAdmin removeLocalAdmin
  resendInvitation withdrawInvitation`;
const users = `listUsers listPlateHolders getUser createUser updateUser
  deactivateUser listSuspendedKeys reactivateUser welcomeUser
  setUserPhoto removeUserPhoto getUserPhoto
    exportUsers startUserImport addUserImportLines checkUserImport applyUserImport`;
/** What the Owner knows of oneself: whoever is one of its people, whatever else. */
const oneself = 'getOwnProfile updateOwnProfile';
/** One's own views of lists: not an installer's, whose Mandate ends. */
const ownViews = 'listSavedViews addSavedView renameSavedView removeSavedView';
const buildings = {
  see: 'listBuildings listUnits',
  change: `addBuilding updateBuilding removeBuilding addUnit updateUnit removeUnit
    startUnitImport addImportLines checkUnitImport applyUnitImport`,
};
/** Who gets a Mandate, and what stays of it: nobody grants what they lack. */
const requests = `listAccessRequests approveRequest rejectRequest
  endMandate listMandatedKeys adoptKey`;
/** Programs that act for oneself; what of it they get is a matter of their permissions. */
const apiKeys = 'listApiKeys makeApiKey';
const keys = `createGuestKey listKeys getKey updateKey deleteKey showKeySecrets shareKeyPicture sendKey`;

const everything = `${locks.see} ${locks.open} ${locks.change} ${logs.activity} ${logs.audit} ${logs.mails}
  ${entities.see} ${entities.change} ${localAdmins} ${users} ${buildings.see} ${buildings.change} ${keys}
  ${requests} ${apiKeys}`;

/** In the own Entity. In any other one, and with rows of any other one, nobody may anything. */
export const members: Readonly<
  Record<string, { readonly may: readonly string[]; readonly mayNot: readonly string[] }>
> = {
  /** The manager of a property, the owner of a home: everything in the Entity. */
  community_manager: { may: words(`${everything} ${oneself} ${ownViews}`), mayNot: [] },

  /**
   * People and their Keys in one Entity; opens doors and reads the logs; neither locks nor Entities nor
   * buildings.
   */
  local_admin: {
    may: words(`${locks.see} ${locks.open} ${logs.activity} ${logs.audit} ${logs.mails}
      ${entities.see} ${users} ${buildings.see} ${keys} ${apiKeys} ${oneself} ${ownViews}`),
    mayNot: words(`${locks.change} ${entities.change} ${localAdmins} ${buildings.change} ${requests}`),
  },

  /** Nothing standing but oneself: only a Mandate gives an installer anything. */
  installer: { may: words(oneself), mayNot: words(`${everything} ${ownViews}`) },

  /**
   * An installer with a Mandate for every lock of the Entity: opens and sets them up, and makes Keys there.
   * Of the Keys, those that were made under it, and no people, no logs, no other lock.
   */
  mandated_installer: {
    may: words(`listLocks getLock openLock getCommand updateLock claimLock ${keys} ${oneself}`),
    mayNot: words(`getDashboard followEntity addLock ${logs.activity} ${logs.audit} ${logs.mails}
      ${entities.see} ${entities.change} ${localAdmins} ${users} ${buildings.see} ${buildings.change}
      ${requests} ${apiKeys} ${ownViews}`),
  },

  /** What a person opens is a Key, and no permission; the App's own calls are not there yet. */
  resident: { may: words(`${oneself} ${ownViews}`), mayNot: words(everything) },
};

/**
 * Whoever runs the installation sees no tenant's content, and neither does an Account that no Owner knows.
 */
export const strangers = ['operator', 'account', 'nobody'] as const;

/** Calls that ask whether it is still the same person, when that was not proven for 15 minutes. */
export const askAgain = words(`
  exportActivity exportAudit exportUsers showKeySecrets shareKeyPicture sendKey deleteEntity addLocalAdmin
  beginPasskey addPasskey removePasskey removeAuthenticator approveRequest breakGlass
  askForAddress beginSignOnConnection finishSignOnConnection removeSignOn makeApiKey`);

/** Of the Audit these see their own acts, and nothing that anybody else did. */
export const ownActsOnly = {
  roles: ['local_admin'],
  calls: words('listAudit listAuditPeople exportAudit'),
} as const;

/** Left out, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  owner: 'PRODUCT has no such role of a person: who acts for an Owner is a community_manager of its Entities',
  'operator by break-glass':
    'a Mandate of local_admin, like any other; what gives it stands in `operatorMay`',
  'API keys':
    'api-keys.test.ts tries one with every permission at each call that is no affair of programs; ' +
    'what is left goes through the same doorkeeper as here',
  'people at MQTT': 'the broker knows certificates of devices and of the server alone; see topics.ts',
};
