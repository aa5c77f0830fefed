import { type EditServer, saveEdited, type Saving } from './save-edited.ts';

/** What a person has changed, and what stood there when they did; all the rest follows the thing as it is. */
export interface Draft<Edited> {
  readonly typed: Partial<Edited>;
  readonly seen: Partial<Edited>;
}

/** The draft of somebody who has not typed yet. */
export const emptyDraft = { typed: {}, seen: {} } as const;

/** How drafts of one kind of thing are read and saved; `Edited` are the fields that its form has. */
export interface Editor<Edited, Thing> {
  readonly editedOf: (thing: Thing) => Edited;
  /** What the form shows: what was typed, and the thing as it is now. */
  readonly shownIn: (draft: Draft<Edited>, thing: Thing) => Edited;
  /** The draft after some fields were changed; what a field said at its first change counts as seen. */
  readonly withTyped: (draft: Draft<Edited>, change: Partial<Edited>, thing: Thing) => Draft<Edited>;
  /** The draft of somebody who was told what the thing says now: saving again is then a choice. */
  readonly afterTelling: (draft: Draft<Edited>, thing: Thing) => Draft<Edited>;
  /** What saving sends: what the person changed and the thing does not say already, trimmed. */
  readonly changeOf: (draft: Draft<Edited>, thing: Thing) => Partial<Edited>;
  /** The fields that this person changed and somebody else has made something else of meanwhile. */
  readonly overtakenFields: (draft: Draft<Edited>, thing: Thing) => (keyof Edited)[];
  /** Saves as `saveEdited` says. */
  readonly save: (
    draft: Draft<Edited>,
    thing: Thing,
    server: EditServer<Partial<Edited>, Thing>,
  ) => Promise<Saving<keyof Edited, Thing>>;
}

/** Lists are the same in any order. */
function isSame(one: unknown, other: unknown): boolean {
  const form = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value);
  return form(one) === form(other);
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** The editor of things whose form has the fields that `editedOf` names. */
export function editorOf<Edited extends object, Thing extends { readonly version: number }>(
  editedOf: (thing: Thing) => Edited,
): Editor<Edited, Thing> {
  const changeOf = ({ typed }: Draft<Edited>, thing: Thing) => {
    const now = editedOf(thing);
    const entries = Object.entries(typed).map(([field, value]) => [field, trimmed(value)] as const);
    return Object.fromEntries(
      entries.filter(([field, value]) => !isSame(value, now[field as keyof Edited])),
    ) as Partial<Edited>;
  };
  const overtakenFields = (draft: Draft<Edited>, thing: Thing) => {
    const now = editedOf(thing);
    const changed = Object.keys(changeOf(draft, thing)) as (keyof Edited)[];
    return changed.filter((field) => !isSame(now[field], draft.seen[field]));
  };
  return {
    editedOf,
    shownIn: ({ typed }, thing) => ({ ...editedOf(thing), ...typed }),
    withTyped: ({ typed, seen }, change, thing) => {
      const fields = Object.entries(editedOf(thing)).filter(([field]) => field in change);
      const first = Object.fromEntries(fields) as Partial<Edited>;
      return { typed: { ...typed, ...change }, seen: { ...first, ...seen } };
    },
    afterTelling: ({ typed }, thing) => ({ typed, seen: editedOf(thing) }),
    changeOf,
    overtakenFields,
    save: (draft, thing, server) =>
      saveEdited(
        {
          overtakenFields: (now: Thing) => overtakenFields(draft, now),
          changeOf: (now: Thing) => changeOf(draft, now),
        },
        thing,
        server,
      ),
  };
}
