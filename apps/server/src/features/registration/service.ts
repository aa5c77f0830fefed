import type { AccountId } from '@claviger/domain';
import { Refusal, type MailLanguage } from '@claviger/protocol';
import type { Authentication, Credentials, Visitor } from '../../platform/authentication/index.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import type { AuditNote } from '../../platform/http/index.ts';
import type { ClaimParts } from '../claims/index.ts';
import type { Claimable, ClaimFault } from '../devices/index.ts';
import {
  askWhetherTheirs,
  obtainAccount,
  signIn,
  type ObtainedAccount,
  type TellParts,
} from '../accounts/index.ts';
import { createHome, hasUser, isKnownZone } from '../entities/index.ts';
import { addLock } from '../locks/index.ts';

export interface RegistrationParts extends TellParts {
  readonly database: Database;
  readonly authentication: Authentication;
  readonly findClaimable: (typed: {
    serial: string;
    code: string;
  }) => Promise<Claimable | { fault: ClaimFault }>;
  readonly claims: ClaimParts;
}

export interface Registration extends Credentials {
  readonly serial: string;
  readonly code: string;
  readonly address?: string | undefined;
  readonly zone: string;
}

interface RegistrationCall {
  readonly input: { readonly body: Registration };
  readonly visitor: Visitor & { readonly language: MailLanguage };
  readonly transact: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>;
  readonly setCookies: (cookies: readonly string[]) => void;
  note(note: AuditNote): void;
}

export interface Registered {
  readonly entityId: string;
  readonly lockId: string;
}

function failed(cause: string): Refusal {
  return new Refusal('registration_failed', { cause });
}

function hasHome(accountId: AccountId, { database }: RegistrationParts): Promise<boolean> {
  return database.transact({ kind: 'account', accountId }, (tx) => hasUser(tx, accountId));
}

/**
 * A new Account, or one that an interrupted registration left behind; an Account that is a User adds locks
 * instead.
 */
async function accountFor(credentials: Credentials, parts: RegistrationParts): Promise<ObtainedAccount> {
  const account = await obtainAccount(parts.authentication, credentials);
  if (!account) throw failed('the e-mail address has another password');
  if (await hasHome(account.accountId, parts)) throw failed('the Account is a User already');
  return account;
}

/** Everything that belongs to the tenant, in one transaction. */
async function makeHome(
  call: RegistrationCall,
  made: { readonly accountId: AccountId; readonly device: Claimable },
  parts: RegistrationParts,
): Promise<{ readonly entityId: string; readonly lockId: string }> {
  const { email, zone, address = '' } = call.input.body;
  const { accountId, device } = made;
  return call.transact(async (tx) => {
    const { entityId, userId } = await createHome(tx, { accountId, email, zone, address });
    const lockId = await addLock(tx, { entityId, device }, parts.claims);
    const after = { serial: device.serial };
    call.note({ objectId: entityId, after, made: { entityId, userId, accountId } });
    await askWhetherTheirs(tx, accountId, { visitor: call.visitor, ports: parts });
    return { entityId, lockId };
  });
}

/**
 * Registers a person with a first lock. Refuses registration_failed, whatever is wrong, and keeps the
 * cause.
 */
export async function register(call: RegistrationCall, parts: RegistrationParts): Promise<Registered> {
  const { body } = call.input;
  if (!isKnownZone(body.zone)) {
    throw new Refusal('invalid_input', { issues: [{ path: 'body.zone', problem: 'zone_unknown' }] });
  }
  const device = await parts.findClaimable(body);
  if ('fault' in device) throw failed(device.fault);
  const credentials = { email: body.email, password: body.password };
  const { accountId, isNew } = await accountFor(credentials, parts);
  try {
    const made = await makeHome(call, { accountId, device }, parts);
    await signIn(parts, credentials, call);
    return made;
  } catch (error) {
    if (isNew && !(await hasHome(accountId, parts))) await parts.authentication.deleteAccount(accountId);
    throw error;
  }
}
