import type { Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import * as openid from 'openid-client';
import type { ProviderSettings } from '../../config.ts';
import { isLoopback } from '../../config.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { drawnFrom } from './flow-secret.ts';

/** How long the provider may take for one answer. */
const answerLimitS = 8;
/** What the provider says of itself is asked again after so long; its keys are followed by the library. */
const metadataHoldsMs = 60 * 60_000;
/** Clocks differ by so much. A proof of presence is moreover of after the beginning: actions.ts looks. */
const clockToleranceS = 30;
const freshLimitS = 10 * 60;

/** What the browser brought back from the provider, as it stood in the address. */
export interface SignOnAnswer {
  readonly state: string;
  readonly code?: string | undefined;
  readonly iss?: string | undefined;
  readonly error?: string | undefined;
}

/** Who somebody is at the provider. `subject` never changes there; everything else may. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** In small letters, and only where the provider has verified it. */
  readonly verifiedEmail: string | undefined;
  readonly authenticatedAt: Instant | undefined;
}

/** What a sign-in at the provider is for: a name that its state begins with, and whether it must be new. */
export interface SignOnWanted {
  readonly purpose: string;
  /** The person proves to be there now, by signing in again. */
  readonly isFresh: boolean;
}

/**
 * The provider that the operator configured. Refuses sign_on_unavailable, sign_on_failed and
 * sign_on_cancelled.
 */
export interface Provider {
  readonly settings: ProviderSettings;
  /** The address at the provider that begins a sign-in; all its secrets are drawn from this one. */
  begin(flowSecret: string, wanted: SignOnWanted): Promise<string>;
  /** Who came back with this answer. */
  finish(flowSecret: string, answer: SignOnAnswer, wanted: SignOnWanted): Promise<Identity>;
}

function unavailable(cause: unknown): Refusal {
  return new Refusal('sign_on_unavailable', { cause: causeOf(cause) });
}

function causeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

/** Whether the provider could not answer, as against: answered what does not hold. */
function isDown(error: unknown): boolean {
  if (error instanceof openid.ResponseBodyError) return error.status >= 500;
  if (error instanceof Error && error.cause instanceof Response) return error.cause.status >= 500;
  // No connection, or none in time; what does not hold comes with a code of the library's own.
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT';
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof openid.AuthorizationResponseError) {
    const isCancelled = error.error === 'access_denied' || error.error === 'login_required';
    return new Refusal(isCancelled ? 'sign_on_cancelled' : 'sign_on_failed', {
      cause: error.error.slice(0, 60),
    });
  }
  return isDown(error) ? unavailable(error) : new Refusal('sign_on_failed', { cause: causeOf(error) });
}

function authenticationOf({ clientSecret }: ProviderSettings): openid.ClientAuth {
  return clientSecret ? openid.ClientSecretBasic(clientSecret.revealText()) : openid.None();
}

/** Which way of showing the secret the provider takes; without a word about it, that is Basic. */
function authenticationFor(settings: ProviderSettings, config: openid.Configuration): openid.ClientAuth {
  const ways = config.serverMetadata().token_endpoint_auth_methods_supported;
  const takesBasic = ways?.includes('client_secret_basic') ?? true;
  if (!settings.clientSecret || takesBasic) return authenticationOf(settings);
  return openid.ClientSecretPost(settings.clientSecret.revealText());
}

/**
 * The library calls it deprecated so that nobody comes by it unawares: it is for tests and for what runs on
 * this machine.
 */
const {
  allowInsecureRequests: takePlainHttp,
}: { allowInsecureRequests: (config: openid.Configuration) => void } = openid;

/** What the provider says of itself; the library refuses it where it names another issuer. */
async function discover(settings: ProviderSettings): Promise<openid.Configuration> {
  const issuer = new URL(settings.issuer);
  const execute = [
    // The signature of what it says of somebody is looked at too, although TLS brought it.
    openid.enableNonRepudiationChecks,
    // config.ts takes http for this machine alone.
    ...(isLoopback(issuer.hostname.replace(/^\[|\]$/g, '')) ? [takePlainHttp] : []),
  ];
  const options = { execute, timeout: answerLimitS, [openid.customFetch]: boundedFetch };
  const found = await openid.discovery(
    issuer,
    settings.clientId,
    undefined,
    authenticationOf(settings),
    options,
  );
  const config = new openid.Configuration(
    found.serverMetadata(),
    settings.clientId,
    { [openid.clockTolerance]: clockToleranceS },
    authenticationFor(settings, found),
  );
  for (const make of execute) make(config);
  config.timeout = answerLimitS;
  config[openid.customFetch] = boundedFetch;
  return config;
}

/** One answer for all who ask meanwhile, and none that is old. */
function keptMetadata(settings: ProviderSettings, now: () => Instant): () => Promise<openid.Configuration> {
  let kept: { readonly config: Promise<openid.Configuration>; readonly until: Instant } | undefined;
  return async () => {
    if (!kept || kept.until <= now()) kept = { config: discover(settings), until: now() + metadataHoldsMs };
    const asked = kept;
    try {
      return await asked.config;
    } catch (error) {
      if (kept === asked) kept = undefined;
      // Whatever is wrong with it: no sign-in can begin, and nobody did anything wrong.
      throw unavailable(error);
    }
  };
}

/** OpenID Connect Core 1.0, section 2. */
const subjectLimit = 255;

const claimText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 254 ? value : undefined;

async function identityOf(
  config: openid.Configuration,
  tokens: Awaited<ReturnType<typeof openid.authorizationCodeGrant>>,
): Promise<Identity> {
  const claims = tokens.claims();
  if (!claims) throw new Refusal('sign_on_failed', { cause: 'no claims' });
  const { iss: issuer, sub: subject, auth_time: authTime } = claims;
  // Nobody's name would be everybody's.
  if (subject === '' || subject.length > subjectLimit)
    throw new Refusal('sign_on_failed', { cause: 'no subject' });
  const isAsked = claims['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  const said = isAsked ? await openid.fetchUserInfo(config, tokens.access_token, subject) : claims;
  const email = claimText(said['email'])?.toLowerCase();
  return {
    ...{ issuer, subject },
    // Some write it as a word; that is no proof.
    verifiedEmail: said['email_verified'] === true ? email : undefined,
    authenticatedAt: typeof authTime === 'number' ? authTime * 1000 : undefined,
  };
}

/** Opens the provider; nothing is asked of it before the first sign-in. */
export function openProvider(
  settings: ProviderSettings,
  { publicOrigin, now }: { readonly publicOrigin: string; readonly now: () => Instant },
): Provider {
  const metadata = keptMetadata(settings, now);
  const redirectUri = `${publicOrigin}/sign-on`;

  const begin = async (flowSecret: string, { purpose, isFresh }: SignOnWanted): Promise<string> => {
    const drawn = drawnFrom(flowSecret, purpose);
    const address = openid.buildAuthorizationUrl(await metadata(), {
      ...{ redirect_uri: redirectUri, scope: 'openid email', state: drawn.state, nonce: drawn.nonce },
      code_challenge: await openid.calculatePKCECodeChallenge(drawn.verifier),
      code_challenge_method: 'S256',
      ...(isFresh && { prompt: 'login', max_age: '0' }),
    });
    return address.href;
  };

  const finish = async (
    flowSecret: string,
    answer: SignOnAnswer,
    { purpose, isFresh }: SignOnWanted,
  ): Promise<Identity> => {
    const drawn = drawnFrom(flowSecret, purpose);
    const address = new URL(redirectUri);
    for (const [name, value] of Object.entries(answer))
      if (value !== undefined) address.searchParams.set(name, String(value));
    const config = await metadata();
    try {
      const tokens = await openid.authorizationCodeGrant(config, address, {
        ...{ expectedState: drawn.state, expectedNonce: drawn.nonce, pkceCodeVerifier: drawn.verifier },
        idTokenExpected: true,
        ...(isFresh && { maxAge: freshLimitS }),
      });
      return await identityOf(config, tokens);
    } catch (error) {
      throw refusalOf(error);
    }
  };

  return { settings, begin, finish };
}
