import { isIPv6 } from 'node:net';
import type { Instant } from '@claviger/domain';

interface Bucket {
  tokens: number;
  filledAt: Instant;
}

export interface BucketSize {
  readonly burst: number;
  readonly refillPerS: number;
}

/** Beyond this many subjects the one that has been quiet for longest is forgotten. */
const subjectsLimit = 20_000;

/**
 * A general limit in the memory of this copy of the server: protects it from one busy client. What must hold
 * for all copies together is counted in the database instead.
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #size: BucketSize;

  constructor(size: BucketSize) {
    this.#size = size;
  }

  /** Takes one; returns the seconds to wait when there is none. */
  take(subject: string, now: Instant): number | undefined {
    const { burst, refillPerS } = this.#size;
    const known = this.#buckets.get(subject) ?? { tokens: burst, filledAt: now };
    const elapsedS = Math.max(0, now - known.filledAt) / 1000;
    const tokens = Math.min(burst, known.tokens + elapsedS * refillPerS);
    this.#buckets.delete(subject);
    this.#forgetQuietest();
    this.#buckets.set(subject, { tokens: tokens >= 1 ? tokens - 1 : tokens, filledAt: now });
    return tokens >= 1 ? undefined : Math.ceil((1 - tokens) / refillPerS);
  }

  #forgetQuietest(): void {
    if (this.#buckets.size < subjectsLimit) return;
    const quietest = this.#buckets.keys().next();
    if (!quietest.done) this.#buckets.delete(quietest.value);
  }
}

/** One household or company has a whole /64 network of IPv6 addresses, and counts once. */
export function addressSubject(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = address.includes('::') ? [...before, ...zeros, ...after] : before;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
