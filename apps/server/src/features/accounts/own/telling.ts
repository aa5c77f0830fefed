import type { Transaction } from '../../../platform/database/index.ts';
import type { SignedIn, Visitor } from '../../../platform/http/index.ts';
import type { NoticeKind } from '../mails/kinds.ts';
import { tellAccount, type TellParts } from '../mails/service.ts';
import type { SessionPorts } from '../service.ts';

/** What the routes of the own Account are made of. */
export type OwnPorts = SessionPorts & TellParts;

interface Acting {
  readonly actor: Pick<SignedIn, 'accountId'>;
  readonly visitor: Pick<Visitor, 'language'>;
  readonly ports: TellParts;
  readonly detail?: string;
}

/** Tells a person by mail what was just changed by whoever is signed in with the Account. */
export function tell(
  tx: Transaction,
  kind: NoticeKind,
  { actor, visitor, ports, detail }: Acting,
): Promise<void> {
  return tellAccount(tx, { accountId: actor.accountId, kind, language: visitor.language, detail }, ports);
}
