import type { AccountId } from '@claviger/domain';
import type { NewPasskeyQuestion, PasskeyMade, PasskeyQuestion, PasskeyShown } from '@claviger/protocol';
import { isAPIError } from 'better-auth/api';
import type { Pool } from 'pg';
import { headersOf, libraryCode, type Library, type Visitor } from './library.ts';
import type { SessionLookup } from './sessions.ts';
import { deletePasskey, listPasskeys } from './store.ts';

/** With the cookie that binds the browser's answer to the question. */
type WithCookies<Question> = Question & { readonly setCookies: readonly string[] };

interface Ports {
  readonly library: Library;
  readonly pool: Pool;
  readonly openedBy: (headers: Headers) => Promise<SessionLookup>;
}

/** The library's word for answers that are not right, whatever it is that is not. */
function isRefusedAnswer(error: unknown): boolean {
  // It answers 500 to a credential that it cannot read; a lost database is told by another error.
  return (
    isAPIError(error) &&
    (error.statusCode < 500 || libraryCode(error)?.startsWith('FAILED_TO_VERIFY') === true)
  );
}

/** None is asked for. */
const noExtensions = { clientExtensionResults: {} } as const;

/** Undefined where the answer is not right. */
async function unlessRefused<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isRefusedAnswer(error)) return undefined;
    throw error;
  }
}

/** Passkeys (WebAuthn): each verifies its person by itself, so one of them is a whole sign-in. */
export function passkeyActions({ library, pool, openedBy }: Ports) {
  /** The question that makes a passkey for the Account of the session. */
  const beginPasskey = async (cookie: string): Promise<WithCookies<NewPasskeyQuestion>> => {
    const call = { headers: headersOf(cookie), query: {}, returnHeaders: true } as const;
    const { headers, response } = await library.api.generatePasskeyRegistrationOptions(call);
    const options = {
      ...response,
      rp: { ...response.rp },
      user: { ...response.user },
      pubKeyCredParams: response.pubKeyCredParams.map((parameter) => ({ ...parameter })),
    };
    return { options, setCookies: headers.getSetCookie() };
  };

  /** False where the answer is not right, or its person was not verified. */
  const finishPasskey = async (cookie: string, passkey: PasskeyMade, name: string): Promise<boolean> => {
    const call = { body: { response: { ...passkey, ...noExtensions }, name }, headers: headersOf(cookie) };
    return (await unlessRefused(library.api.verifyPasskeyRegistration(call))) !== undefined;
  };

  /** The question that signs in; where there is a session, for the passkeys of its Account alone. */
  const beginPasskeySignIn = async (cookie: string): Promise<WithCookies<PasskeyQuestion>> => {
    const call = { headers: headersOf(cookie), returnHeaders: true } as const;
    const { headers, response } = await library.api.generatePasskeyAuthenticationOptions(call);
    return { options: { ...response, userVerification: 'required' }, setCookies: headers.getSetCookie() };
  };

  /** Undefined where the answer is not right. */
  const finishPasskeySignIn = async (
    cookie: string,
    passkey: PasskeyShown,
    visitor: Visitor,
  ): Promise<SessionLookup | undefined> => {
    const { userHandle, ...signed } = passkey.response;
    const response = { ...signed, ...(userHandle !== undefined && { userHandle }) };
    const call = {
      body: { response: { ...passkey, ...noExtensions, response } },
      headers: headersOf(cookie, visitor),
      returnHeaders: true,
    } as const;
    const found = await unlessRefused(library.api.verifyPasskeyAuthentication(call));
    return found && openedBy(found.headers);
  };

  return {
    beginPasskey,
    finishPasskey,
    beginPasskeySignIn,
    finishPasskeySignIn,
    listPasskeys: (accountId: AccountId) => listPasskeys(pool, accountId),
    removePasskey: (accountId: AccountId, passkeyId: string) => deletePasskey(pool, accountId, passkeyId),
  };
}

export type PasskeyActions = ReturnType<typeof passkeyActions>;
