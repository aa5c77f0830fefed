import type { UpdateUserInput, User } from '@claviger/protocol';
import { type EditServer, saveEdited, type Saving } from '../../../app/edit/save-edited.ts';

const editedFields = ['name', 'email', 'phone', 'mobile', 'plates', 'entityIds'] as const;

/** What Edit changes of a User. */
export type EditedField = (typeof editedFields)[number];

export interface EditedUser {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly plates: readonly string[];
  readonly entityIds: readonly string[];
}

/** What a person has changed, and what stood there when they did; all the rest follows the User. */
export interface UserDraft {
  readonly typed: Partial<EditedUser>;
  readonly seen: Partial<EditedUser>;
}

/** How many plates a User may have, and characters a plate. */
export const platesLimit = 10;
export const plateLength = 16;

/** The plates with the one that stands in the entry, once each, as they are written on vehicles. */
export function platesWith(plates: readonly string[], entry: string): readonly string[] {
  const plate = entry.trim().toLocaleUpperCase();
  const isNew = plate !== '' && plates.length < platesLimit && !plates.includes(plate);
  return isNew ? [...plates, plate] : plates;
}

export const emptyDraft: UserDraft = { typed: {}, seen: {} };

/** A User as the form has it. */
export function editedOf({ name, email, phone, mobile, plates, entities }: User): EditedUser {
  return { name, email, phone, mobile, plates, entityIds: entities.map(({ id }) => id) };
}

/** What the form shows: what was typed, and the User as it is now. */
export function shownIn({ typed }: UserDraft, user: User): EditedUser {
  return { ...editedOf(user), ...typed };
}

function isSame(one: unknown, other: unknown): boolean {
  const form = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value);
  return form(one) === form(other);
}

/** The draft after some fields were changed; what a field said at its first change counts as seen. */
export function withTyped(draft: UserDraft, change: Partial<EditedUser>, user: User): UserDraft {
  const now = editedOf(user);
  const before = editedFields.filter((field) => field in change).map((field) => [field, now[field]]);
  return {
    typed: { ...draft.typed, ...change },
    seen: { ...(Object.fromEntries(before) as Partial<EditedUser>), ...draft.seen },
  };
}

/** The draft of somebody who was told what the User says now: saving again is then a choice. */
export function afterTelling({ typed }: UserDraft, user: User): UserDraft {
  return { typed, seen: editedOf(user) };
}

type Change = Omit<UpdateUserInput, 'version'>;

/** What Save Changes sends: what the person changed and the User does not say already. */
export function changeOf({ typed }: UserDraft, user: User): Change {
  const now = editedOf(user);
  const entries = Object.entries(typed).map(
    ([field, value]) => [field, typeof value === 'string' ? value.trim() : value] as const,
  );
  return Object.fromEntries(entries.filter(([field, value]) => !isSame(value, now[field as EditedField])));
}

/** The fields that this person changed and somebody else has made something else of meanwhile. */
export function overtakenFields(draft: UserDraft, user: User): EditedField[] {
  const changed = changeOf(draft, user);
  const now = editedOf(user);
  return editedFields.filter((field) => field in changed && !isSame(now[field], draft.seen[field]));
}

export type UserSaving = Saving<EditedField, User>;

/** Saves what a person changed of a User, as `saveEdited` says. */
export function saveUser(
  draft: UserDraft,
  user: User,
  server: EditServer<Change, User>,
): Promise<UserSaving> {
  const edit = {
    overtakenFields: (now: User) => overtakenFields(draft, now),
    changeOf: (now: User) => changeOf(draft, now),
  };
  return saveEdited(edit, user, server);
}
