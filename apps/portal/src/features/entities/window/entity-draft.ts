import type { Entity } from '@claviger/protocol';
import { type EditServer, saveEdited, type Saving } from '../../../app/edit/save-edited.ts';

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

export type EntitySaving = Saving<EditedField, Entity>;
export type EntityServer = EditServer<Partial<Edited>, Entity>;

/** Saves what a person changed of an Entity, as `saveEdited` says. */
export function saveEntity(draft: EntityDraft, entity: Entity, server: EntityServer): Promise<EntitySaving> {
  const edit = {
    overtakenFields: (now: Entity) => overtakenFields(draft, now),
    changeOf: (now: Entity) => changeOf(draft, now),
  };
  return saveEdited(edit, entity, server);
}
