import { type Entity, Refusal } from '@claviger/protocol';

const editedFields = ['name', 'description', 'zone', 'address', 'code', 'kind'] as const;

/** What Edit details changes of an Entity. */
export type EditedField = (typeof editedFields)[number];
export type Edited = Pick<Entity, EditedField>;

/** What a person has changed, and what stood there when they did; all the rest follows the Entity. */
export interface EntityDraft {
  readonly typed: Partial<Edited>;
  readonly seen: Partial<Edited>;
}

export const emptyDraft: EntityDraft = { typed: {}, seen: {} };

/** What the form shows: what was typed, and the Entity as it is now. */
export function shownIn({ typed }: EntityDraft, entity: Edited): Edited {
  const { name, description, zone, address, code, kind } = entity;
  return { name, description, zone, address, code, kind, ...typed };
}

/** The draft after some fields were changed; what a field said at its first change counts as seen. */
export function withTyped(draft: EntityDraft, change: Partial<Edited>, entity: Edited): EntityDraft {
  const before = editedFields.filter((field) => field in change).map((field) => [field, entity[field]]);
  return {
    typed: { ...draft.typed, ...change },
    seen: { ...(Object.fromEntries(before) as Partial<Edited>), ...draft.seen },
  };
}

/** The draft of somebody who was told what the Entity says now: saving again is then a choice. */
export function afterTelling({ typed }: EntityDraft, entity: Edited): EntityDraft {
  return { typed, seen: shownIn(emptyDraft, entity) };
}

/** What Save Changes sends: what the person changed and the Entity does not say already. */
export function changeOf({ typed }: EntityDraft, entity: Edited): Partial<Edited> {
  const trimmed = Object.entries(typed).map(([field, value]) => [field, value.trim()] as const);
  return Object.fromEntries(trimmed.filter(([field, value]) => value !== entity[field as EditedField]));
}

/** The fields that this person changed and somebody else has made something else of meanwhile. */
export function overtakenFields(draft: EntityDraft, entity: Edited): EditedField[] {
  const changed = changeOf(draft, entity);
  return editedFields.filter((field) => field in changed && entity[field] !== draft.seen[field]);
}

/** How a change was taken: saved, or told of what somebody else made of the same fields. */
export type Saving =
  | { readonly kind: 'saved' }
  | {
      readonly kind: 'overtaken';
      readonly fields: readonly EditedField[];
      readonly now: Entity;
      readonly refusal: Refusal;
    };

/** How the server is asked. */
export interface EntityServer {
  readonly send: (change: Partial<Edited> & { version: number }) => Promise<Entity>;
  readonly load: () => Promise<Entity>;
}

/** So often another field may be changed between loading and sending; nobody edits faster. */
const tryLimit = 4;

/**
 * Saves what a person changed on top of the Entity as it is. Where somebody else changed other fields
 * meanwhile both changes stand; where it was the same field, it is told what stands there now. Throws every
 * other refusal.
 */
export async function saveEntity(draft: EntityDraft, entity: Entity, server: EntityServer): Promise<Saving> {
  let now = entity;
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
