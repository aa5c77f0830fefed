import { queryNamed } from '../../database/query.ts';
import type { Transaction } from '../../database/index.ts';

export interface Allowance {
  /** A keyed digest of 32 bytes. */
  readonly subject: Uint8Array;
  readonly burst: number;
  readonly refillS: number;
}

/**
 * Takes one call from the subject's allowance. Returns the seconds to wait when there is none; the clock is
 * the database's, so that all copies of the server agree. Kept as one instant: when the allowance will be
 * whole again.
 */
export async function takeAllowance(tx: Transaction, allowance: Allowance): Promise<number | undefined> {
  const values = [Buffer.from(allowance.subject), allowance.refillS, allowance.burst];
  const taken = await queryNamed(tx, {
    name: 'take_allowance',
    text: `insert into claviger.rate_limits as r (subject, full_at)
      values ($1, now() + $2 * interval '1 second')
      on conflict (subject) do update
        set full_at = greatest(r.full_at, now()) + $2 * interval '1 second'
        where greatest(r.full_at, now()) + $2 * interval '1 second' - now() <= $2 * $3 * interval '1 second'
      returning subject`,
    values,
  });
  if (taken.length === 1) return undefined;
  const rows = await queryNamed<{ waitS: number }>(tx, {
    name: 'wait_for_allowance',
    text: `select ceil(extract(epoch from full_at - now()) + $2 - $2 * $3)::integer as "waitS"
      from claviger.rate_limits where subject = $1`,
    values,
  });
  return Math.max(1, rows[0]?.waitS ?? allowance.refillS);
}

/** Forgets subjects that have their whole allowance again; returns how many. */
export async function forgetWholeAllowances(tx: Transaction): Promise<number> {
  const rows = await queryNamed(tx, {
    name: 'forget_rate_limits',
    text: 'delete from claviger.rate_limits where full_at < now() returning subject',
    values: [],
  });
  return rows.length;
}
