import type { AccountId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Visitor } from '../../../platform/http/index.ts';
import { queueAccountMail, tellAccount, type TellParts } from '../mails/service.ts';
import type { AccountPorts } from '../service.ts';

interface Asking {
  readonly visitor: Pick<Visitor, 'language'>;
  readonly ports: TellParts;
  /** Another address than the Account has. */
  readonly wanted?: string;
}

/**
 * Mails a link to an address that somebody typed: it counts once the link was followed. Nothing is mailed to
 * an address of another Account, and whoever asks is not told.
 */
export function askWhetherTheirs(
  tx: Transaction,
  accountId: AccountId,
  { visitor, ports, wanted }: Asking,
): Promise<void> {
  const mail = { accountId, kind: 'verify_address', language: visitor.language } as const;
  return queueAccountMail(tx, { ...mail, recipient: wanted?.toLowerCase() }, ports);
}

/** What a route gives for the confirmation of an address. */
interface Confirming {
  readonly visitor: Pick<Visitor, 'language'>;
  readonly transact: (work: (tx: Transaction) => Promise<void>) => Promise<void>;
  readonly onAccount: (accountId: AccountId) => void;
}

/** Makes the address of a link that of its Account, and tells the old one. Refuses not_found. */
export async function confirmAddress(
  ports: Pick<AccountPorts, 'authentication'> & TellParts,
  token: string,
  { visitor: { language }, transact, onAccount }: Confirming,
): Promise<void> {
  const confirmed = await ports.authentication.confirmAddress(token);
  if (!confirmed) throw new Refusal('not_found');
  const { accountId, email, before } = confirmed;
  onAccount(accountId);
  const isTold = before.email !== email && before.isVerified;
  await transact(async (tx) => {
    const told = { accountId, kind: 'address_changed', language, recipient: before.email } as const;
    if (isTold) await tellAccount(tx, told, ports);
  });
}
