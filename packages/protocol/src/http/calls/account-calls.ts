import { answered, type Body, type Http } from './answered.ts';

export type SignInInput = Body<'/api/sign-in', 'post'>;
export type RegistrationInput = Body<'/api/registration', 'post'>;
export type BootstrapInput = Body<'/api/bootstrap', 'post'>;
export type AskForResetInput = Body<'/api/password-reset', 'post'>;
export type ResetPasswordInput = Body<'/api/password-reset/finish', 'post'>;
export type ConfirmInput = Body<'/api/session/confirm', 'post'>;
export type AddPasskeyInput = Body<'/api/account/passkeys', 'post'>;
export type ShownPasskey = Body<'/api/sign-in/passkey/finish', 'post'>['passkey'];
export type SignOnAnswer = Body<'/api/sign-in/provider/finish', 'post'>;
export type ChangePasswordInput = Body<'/api/account/password', 'post'>;

/** The calls of signing in and of the own Account. */
export function accountCalls(http: Http) {
  return {
    getInstallation: () => answered(http.GET('/api/installation')),
    bootstrap: (body: BootstrapInput) => answered(http.POST('/api/bootstrap', { body })),
    register: (body: RegistrationInput) => answered(http.POST('/api/registration', { body })),
    signIn: (body: SignInInput) => answered(http.POST('/api/sign-in', { body })),
    finishSignIn: (code: string) => answered(http.POST('/api/sign-in/code', { body: { code } })),
    askForReset: (body: AskForResetInput) => answered(http.POST('/api/password-reset', { body })),
    resetPassword: (body: ResetPasswordInput) => answered(http.POST('/api/password-reset/finish', { body })),
    signOut: () => answered(http.POST('/api/sign-out', { body: {} })),
    getSession: () => answered(http.GET('/api/session')),
    confirmSession: (body: ConfirmInput) => answered(http.POST('/api/session/confirm', { body })),
    ...ownAccountCalls(http),
    ...passkeyCalls(http),
    ...signOnCalls(http),
  };
}

function passkeyCalls(http: Http) {
  return {
    beginPasskeySignIn: () => answered(http.POST('/api/sign-in/passkey', { body: {} })),
    finishPasskeySignIn: (passkey: ShownPasskey) =>
      answered(http.POST('/api/sign-in/passkey/finish', { body: { passkey } })),
    confirmSessionByPasskey: (passkey: ShownPasskey) =>
      answered(http.POST('/api/session/confirm-by-passkey', { body: { passkey } })),
    listPasskeys: () => answered(http.GET('/api/account/passkeys')),
    beginPasskey: () => answered(http.POST('/api/account/passkeys/begin', { body: {} })),
    addPasskey: (body: AddPasskeyInput) => answered(http.POST('/api/account/passkeys', { body })),
    removePasskey: (passkeyId: string) =>
      answered(http.DELETE('/api/account/passkeys/{passkeyId}', { params: { path: { passkeyId } } })),
  };
}

function ownAccountCalls(http: Http) {
  return {
    listSessions: () => answered(http.GET('/api/account/sessions')),
    endSession: (sessionId: string) =>
      answered(http.DELETE('/api/account/sessions/{sessionId}', { params: { path: { sessionId } } })),
    endOtherSessions: () => answered(http.POST('/api/account/sessions/end-others', { body: {} })),
    changePassword: (body: ChangePasswordInput) => answered(http.POST('/api/account/password', { body })),
    askForAddress: (email: string) => answered(http.POST('/api/account/address', { body: { email } })),
    confirmAddress: (token: string) => answered(http.POST('/api/address/finish', { body: { token } })),
    beginAuthenticator: (password: string) =>
      answered(http.POST('/api/account/authenticator', { body: { password } })),
    finishAuthenticator: (code: string) =>
      answered(http.POST('/api/account/authenticator/finish', { body: { code } })),
    renewRecoveryCodes: (password: string) =>
      answered(http.POST('/api/account/authenticator/recovery-codes', { body: { password } })),
    removeAuthenticator: () => answered(http.DELETE('/api/account/authenticator')),
  };
}

function signOnCalls(http: Http) {
  return {
    beginSignOn: (invitationToken?: string) =>
      answered(
        http.POST('/api/sign-in/provider', {
          body: invitationToken === undefined ? {} : { invitationToken },
        }),
      ),
    finishSignOn: (body: SignOnAnswer) => answered(http.POST('/api/sign-in/provider/finish', { body })),
    beginSignOnConfirmation: () => answered(http.POST('/api/session/confirm-by-provider', { body: {} })),
    beginSignOnConnection: () => answered(http.POST('/api/account/provider', { body: {} })),
    finishSignOnConfirmation: (body: SignOnAnswer) =>
      answered(http.POST('/api/session/confirm-by-provider/finish', { body })),
    finishSignOnConnection: (body: SignOnAnswer) =>
      answered(http.POST('/api/account/provider/finish', { body })),
    removeSignOn: () => answered(http.DELETE('/api/account/provider')),
  };
}
