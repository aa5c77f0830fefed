import { chainOlderEntries, openAudit, resealChains } from '../../platform/audit/index.ts';
import { connectDatabase, markRestored, type RestoreMark } from '../../platform/database/index.ts';
import type { Secret } from '../../platform/secrets/index.ts';

/**
 * Begins another history of an installation that was restored: marks its database, so that doors report
 * before they are told anything, and says so in every chain of the Audit. `adminUrl` is the owner's; gives
 * the incarnation. What was interrupted is begun again from the backup.
 */
export async function beginRestored(
  { adminUrl, installationSecret }: { readonly adminUrl: Secret; readonly installationSecret: Secret },
  mark: RestoreMark,
): Promise<number> {
  const { incarnation, entityIds } = await markRestored(adminUrl, mark);
  const database = await connectDatabase({ adminUrl, installationSecret, report: () => undefined });
  try {
    await chainOlderEntries(database, installationSecret);
    const audit = openAudit({ installationSecret, now: () => mark.restoredAt });
    await resealChains(database, audit, { ...mark, incarnation, entityIds });
  } finally {
    await database.close();
  }
  return incarnation;
}
