import type { Membership } from '@claviger/protocol';

const storageKey = 'claviger-entity';

/** Remembers in this browser which Entity was worked in last. */
export function rememberEntity(entityId: string): void {
  localStorage.setItem(storageKey, entityId);
}

/** Whether somebody has worked in this browser: only then it is worth asking who is signed in. */
export function isBrowserKnown(): boolean {
  return localStorage.getItem(storageKey) !== null;
}

/**
 * The Entity to begin with: the last one if it is still this person's, else the first; undefined without any.
 */
export function entityToShow(memberships: readonly Membership[]): string | undefined {
  const last = localStorage.getItem(storageKey);
  return (memberships.find(({ entityId }) => entityId === last) ?? memberships[0])?.entityId;
}
