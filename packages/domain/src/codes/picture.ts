import type { LockRules } from '../access/access-list.ts';
import type { KeyType } from '../key.ts';

/** SEMANTICS M8: a still picture is taken of people who come once, and where the lock has opted in. */
export function isStaticQrTaken(type: KeyType, { takesStaticQr }: Pick<LockRules, 'takesStaticQr'>): boolean {
  return type === 'guest' || type === 'visitor' || takesStaticQr;
}
