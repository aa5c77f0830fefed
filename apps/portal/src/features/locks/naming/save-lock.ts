import type { Lock } from '@claviger/protocol';
import { type EditServer, saveEdited, type Saving } from '../../../app/edit/save-edited.ts';
import { changeOf, type Edited, type EditedField, type LockDraft, overtakenFields } from './lock-draft.ts';

export type LockSaving = Saving<EditedField, Lock>;
export type LockServer = EditServer<Partial<Edited>, Lock>;

/** Saves what a person changed of a lock, as `saveEdited` says. */
export function saveLock(draft: LockDraft, lock: Lock, server: LockServer): Promise<LockSaving> {
  const edit = {
    overtakenFields: (now: Lock) => overtakenFields(draft, now),
    changeOf: (now: Lock) => changeOf(draft, now),
  };
  return saveEdited(edit, lock, server);
}
