/**
 * How a call is refused, and what it shows or changes when it is not: written by hand, of what each call is for. It
 * imports nothing of what it is held against.
 */

/** The status of every refusal, by its cause. */
export const refusals = {
  /** Nobody is signed in. */
  notSignedIn: 401,
  /** A member whose role may not. */
  notPermitted: 403,
  /** An Entity in which one has no role, or whose role or User is over, does not exist for one; nor do its rows. */
  notThere: 404,
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
  showInvitation: 404,
  acceptInvitation: 404,
  showKeyPage: 404,
  openByKey: 404,
  followKeyCommand: 404,
  enrolmentProof: 409,
  renewCertificate: 409,
  confirmSession: 422,
  confirmSessionByPasskey: 401,
  endSession: 404,
  changePassword: 422,
  beginAuthenticator: 422,
  finishAuthenticator: 422,
  renewRecoveryCodes: 422,
  addPasskey: 401,
  removePasskey: 404,
};

/**
 * Calls in the own Entity that name rows of another one: `notThere`, unless a body names them, which is refused
 * beside the field.
 */
export const strangeRows: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    `getLock updateLock claimLock openLock getCommand whyEvent whyKey
    updateHoliday removeHoliday removeLocalAdmin resendInvitation withdrawInvitation
    getUser updateUser deactivateUser reactivateUser welcomeUser
    updateBuilding removeBuilding listUnits addUnit updateUnit removeUnit
    addImportLines checkUnitImport applyUnitImport
    getKey updateKey deleteKey showKeySecrets shareKeyPicture sendKey createGuestKey`
      .split(/\s+/)
      .map((name) => [name, refusals.notThere]),
  ),
};

/** What an answer has to show: `mark` is in every text of the own Entity, the others are the caller's own. */
export type Shown = 'mark' | 'email' | 'session' | 'passkey' | { readonly text: string };

/** What a call that is done shows, and the tables in which it changes rows: these and no others. */
export interface Effect {
  readonly shows?: Shown;
  readonly changes?: string;
}

export const effects: Readonly<Record<string, Effect>> = {};
