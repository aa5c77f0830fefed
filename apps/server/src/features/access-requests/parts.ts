import type { Audit } from '../../platform/audit/index.ts';
import type { Authentication } from '../../platform/authentication/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { KeyParts } from '../keys/index.ts';
import type { MailParts } from '../mails/index.ts';

/** What access requests are taken, delivered and decided with. */
export interface RequestParts {
  readonly database: Database;
  readonly authentication: Authentication;
  readonly audit: Audit;
  readonly keys: KeyParts;
  readonly mails: MailParts;
  /** What people type to come here, without a path. */
  readonly publicOrigin: string;
  readonly now: () => number;
}
