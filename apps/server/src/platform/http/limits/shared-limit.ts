import { createHmac } from 'node:crypto';
import { Refusal } from '@claviger/protocol';
import type { Database } from '../../database/index.ts';
import type { Secret } from '../../secrets/index.ts';
import type { LimitedSubject } from '../route.ts';
import { takeAllowance } from './store.ts';

/** Counts calls in the database. `key` makes the stored subjects unreadable: they are addresses of people. */
export interface SharedLimiter {
  /** Takes one call from each subject's allowance; refuses with `too_many_requests`. */
  take(subjects: readonly LimitedSubject[]): Promise<void>;
}

/** What is taken is taken, whatever becomes of the request: each call counts in a transaction of its own. */
export function openSharedLimiter(database: Database, key: Secret): SharedLimiter {
  const digest = ({ name, subject }: LimitedSubject): Uint8Array =>
    createHmac('sha256', key.reveal())
      .update(JSON.stringify([name, subject]))
      .digest();

  return {
    take: async (subjects) => {
      if (subjects.length === 0) return;
      const waits = await database.transact({ kind: 'installation' }, async (tx) => {
        const found: number[] = [];
        for (const limited of subjects) {
          const { burst, refillS } = limited;
          const waitS = await takeAllowance(tx, { subject: digest(limited), burst, refillS });
          if (waitS !== undefined) found.push(waitS);
        }
        return found;
      });
      if (waits.length > 0) throw new Refusal('too_many_requests', { retryAfterS: Math.max(...waits) });
    },
  };
}
