import { Refusal } from '@claviger/protocol';

/** How a change was taken: saved, or told of what somebody else made of the same fields. */
export type Saving<Field, Thing> =
  | { readonly kind: 'saved' }
  | {
      readonly kind: 'overtaken';
      readonly fields: readonly Field[];
      readonly now: Thing;
      readonly refusal: Refusal;
    };

/** How the server is asked. */
export interface EditServer<Change, Thing> {
  readonly send: (change: Change & { version: number }) => Promise<Thing>;
  readonly load: () => Promise<Thing>;
}

/** What a person has changed, seen from the thing as it is now. */
export interface Edit<Field, Change, Thing> {
  readonly overtakenFields: (now: Thing) => readonly Field[];
  readonly changeOf: (now: Thing) => Change;
}

/** So often another field may be changed between loading and sending; nobody edits faster. */
const tryLimit = 4;

/**
 * Saves what a person changed on top of the thing as it is. Where somebody else changed other fields
 * meanwhile both changes stand; where it was the same field nothing is sent, or the server's
 * `changed_meanwhile` is told with what stands there now. Throws every other refusal.
 */
export async function saveEdited<Field, Change extends object, Thing extends { readonly version: number }>(
  edit: Edit<Field, Change, Thing>,
  thing: Thing,
  server: EditServer<Change, Thing>,
): Promise<Saving<Field, Thing>> {
  let now = thing;
  let refusal = new Refusal('changed_meanwhile');
  for (let attempt = 0; attempt < tryLimit; attempt += 1) {
    const fields = edit.overtakenFields(now);
    if (fields.length > 0) return { kind: 'overtaken', fields, now, refusal };
    const change = edit.changeOf(now);
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
