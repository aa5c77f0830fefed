import type { TestDatabase } from '../test-database.ts';

/** Begins the Audit of a test anew; nothing that is refused next is a repeat. */
export async function forgetAudit(test: Pick<TestDatabase, 'asAdmin'>): Promise<void> {
  for (const table of ['audit_entries', 'audit_chains', 'audit_repeats']) {
    await test.asAdmin(`delete from claviger.${table}`);
  }
}
