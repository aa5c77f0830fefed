import type { AccountId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type {
  Authentication,
  Identity,
  OpenSession,
  SignOnAnswer,
  Visitor,
} from '../../../platform/authentication/index.ts';
import type { SignedIn } from '../../../platform/http/index.ts';
import { admit, type AccountPorts } from '../service.ts';

export interface SignOnParts {
  /** The address that an invitation went to. Refuses not_found for a token of no invitation that waits. */
  readonly invitedEmail: (token: string) => Promise<string>;
  /** Whose addresses the provider may speak for; all, if none is named. */
  readonly signOnDomains: readonly string[];
}

type Ports = AccountPorts & SignOnParts;

function mayVouchFor(email: string, { signOnDomains }: SignOnParts): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return signOnDomains.length === 0 || signOnDomains.includes(domain);
}

/**
 * A new Account for whom an invitation waits, by the address that it went to. An Account that is there
 * already is never taken over: its person signs in and connects it.
 */
async function takeIn(ports: Ports, invited: string, identity: Identity): Promise<AccountId | undefined> {
  const { verifiedEmail } = identity;
  if (verifiedEmail !== invited || !mayVouchFor(invited, ports)) return undefined;
  const made = await ports.authentication.createConnected(invited, identity);
  if (made === 'email_taken') return undefined;
  await ports.authentication.noteAddressProven(made, invited);
  return made;
}

interface Arrival {
  readonly answer: SignOnAnswer;
  readonly visitor: Visitor & { readonly cookie: string };
  readonly setCookies: (cookies: readonly string[]) => void;
}

/**
 * Opens a session for whom the provider vouches: an Account that is connected with that person there, or one
 * that is made for an invitation. Refuses sign_on_unknown for anybody else, with the same words whether the
 * address has an Account or not; and as the provider and `admit` do.
 */
export async function finishSignOn(
  ports: Ports,
  { answer, visitor, setCookies }: Arrival,
): Promise<OpenSession> {
  const { authentication } = ports;
  setCookies([authentication.forgetSignOnCookie]);
  const { flow, identity } = await authentication.finishSignOn(visitor.cookie, answer, ['sign_in', 'accept']);
  const connected = await authentication.findConnected(identity);
  const accountId =
    connected ?? (flow.purpose === 'accept' ? await takeIn(ports, flow.email, identity) : undefined);
  if (!accountId) throw new Refusal('sign_on_unknown');
  const opened = await authentication.openSession(accountId, visitor);
  if (!opened.session) throw new Error('a session that was just opened is not there');
  await admit(ports, opened.session);
  setCookies(opened.setCookies);
  return opened.session;
}

interface Own extends Pick<Arrival, 'answer' | 'visitor'> {
  readonly authentication: Authentication;
  readonly actor: SignedIn;
}

/** Who came back to the session that had begun it. */
async function ownIdentity(
  { authentication, actor, answer, visitor }: Own,
  purpose: 'connect' | 'confirm',
): Promise<Identity> {
  const { flow, identity } = await authentication.finishSignOn(visitor.cookie, answer, [purpose]);
  const isOwn =
    'sessionId' in flow && flow.sessionId === actor.sessionId && flow.accountId === actor.accountId;
  if (!isOwn) throw new Refusal('sign_on_failed', { cause: 'begun by another session' });
  return identity;
}

/**
 * Connects the own Account with whoever the provider vouches for. Refuses sign_on_taken where either is
 * connected with another one, and as the provider does.
 */
export async function connectOwn(own: Own): Promise<void> {
  const identity = await ownIdentity(own, 'connect');
  if (!(await own.authentication.connectSignOn(own.actor.accountId, identity)))
    throw new Refusal('sign_on_taken');
}

/**
 * The person of the session has proved to be there, by signing in at the provider again. Refuses
 * sign_on_unknown where that was somebody else, and as the provider does.
 */
export async function confirmByProvider(own: Own): Promise<void> {
  const { authentication, actor } = own;
  const identity = await ownIdentity(own, 'confirm');
  if ((await authentication.findConnected(identity)) !== actor.accountId)
    throw new Refusal('sign_on_unknown');
  await authentication.confirmSession(actor.sessionId);
}
