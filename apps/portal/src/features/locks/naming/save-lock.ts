import { type Lock, Refusal } from '@claviger/protocol';
import { changeOf, type Edited, type EditedField, type LockDraft, overtakenFields } from './lock-draft.ts';

/** How a change was taken: saved, or told of what somebody else made of the same fields. */
export type Saving =
  | { readonly kind: 'saved' }
  | {
      readonly kind: 'overtaken';
      readonly fields: readonly EditedField[];
      readonly now: Lock;
      readonly refusal: Refusal;
    };

/** How the server is asked. */
export interface LockServer {
  readonly send: (change: Partial<Edited> & { version: number }) => Promise<Lock>;
  readonly load: () => Promise<Lock>;
}

/** So often another field of the lock may be changed between loading it and sending; nobody edits faster. */
const tryLimit = 4;

/**
 * Saves what a person changed on top of the lock as it is. Where somebody else changed other fields meanwhile
 * both changes stand; where it was the same field nothing is sent, or the server's `changed_meanwhile` is
 * told with what the field says now. Throws every other refusal.
 */
export async function saveLock(draft: LockDraft, lock: Lock, server: LockServer): Promise<Saving> {
  let now = lock;
  let refusal = new Refusal('changed_meanwhile');
  for (let attempt = 0; attempt < tryLimit; attempt += 1) {
    const fields = overtakenFields(draft, now);
    if (fields.length > 0) return { kind: 'overtaken', fields, now, refusal };
    const change = changeOf(draft, now);
    if (Object.keys(change).length === 0) return { kind: 'saved' };
    try {
      await server.send({ ...change, version: now.version });
      return { kind: 'saved' };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'changed_meanwhile') throw error;
      refusal = error;
      now = await server.load();
    }
  }
  throw refusal;
}
