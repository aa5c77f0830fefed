import { focusFirstProblem } from '@claviger/web-kit';
import { type UseMutationResult } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { type Draft, type Editor, emptyDraft } from './draft.ts';
import type { Saving } from './save-edited.ts';

/** Sends a draft of the thing. */
export type SaveMutation<Edited, Thing> = UseMutationResult<
  Saving<keyof Edited, Thing>,
  Error,
  { readonly thing: Thing; readonly draft: Draft<Edited> }
>;

interface EditFormParts<Edited, Thing> {
  readonly editor: Editor<Edited, Thing>;
  readonly thing: Thing;
  readonly problemsIn: (shown: Edited) => Partial<Record<keyof Edited, string>>;
  readonly save: SaveMutation<Edited, Thing>;
  readonly onSaved: () => void;
}

/**
 * A form that edits a thing: what it shows, and what it does with what is typed. Problems are shown from the
 * first try to send on.
 */
export function useEditForm<Edited, Thing>(parts: EditFormParts<Edited, Thing>) {
  const { editor, thing, problemsIn, save, onSaved } = parts;
  const [draft, setDraft] = useState<Draft<Edited>>(emptyDraft);
  const [isChecked, setIsChecked] = useState(false);
  const shown = editor.shownIn(draft, thing);
  const problems = problemsIn(shown);
  const told: typeof problems = isChecked ? problems : {};
  useEffect(() => {
    if (save.isError) focusFirstProblem();
  }, [save.isError]);

  const change = (typed: Partial<Edited>) => {
    setDraft((before) => editor.withTyped(before, typed, thing));
    if (save.isError || save.data?.kind === 'saved') save.reset();
  };

  /** `last` is what stands in the form and was not taken over yet. */
  const submit = (event: SubmitEvent, last: Partial<Edited> = {}) => {
    event.preventDefault();
    setIsChecked(true);
    if (save.isPending) return;
    if (Object.keys(problems).length > 0) {
      focusFirstProblem();
      return;
    }
    const sent = editor.withTyped(draft, last, thing);
    save.mutate(
      { thing, draft: sent },
      {
        onSuccess: (saving) => {
          if (saving.kind === 'saved') onSaved();
          setDraft((before) =>
            saving.kind === 'saved' ? emptyDraft : editor.afterTelling(before, saving.now),
          );
        },
      },
    );
  };
  return { shown, change, submit, problems: told };
}
