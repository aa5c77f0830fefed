import { firstCharacters } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { ActionButton, ErrorNotice, focusFirstProblem, isEmail, m, TextField } from '@claviger/web-kit';
import { type SubmitEvent, useId, useState } from 'react';
import { localAdminProblemOf } from '../form/entity-words.ts';
import { useAddLocalAdmin, useCandidates } from './queries.ts';

const emailLengthLimit = 254;
/** What is looked for has no more than a name. */
const textLengthLimit = 80;

/** Add Local Admin: an Entity member, whom the field proposes, or a new address. */
export function AddLocalAdmin({ entityId }: { entityId: string }) {
  const listId = useId();
  const add = useAddLocalAdmin(entityId);
  const [email, setEmail] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const candidates = useCandidates(entityId, firstCharacters(email.trim(), textLengthLimit)).data ?? [];
  const told = add.error instanceof Refusal ? localAdminProblemOf(add.error.issues) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    setIsWrong(!isEmail(email));
    if (isEmail(email)) {
      add.mutate(email.trim(), { onSuccess: () => setEmail(''), onError: () => focusFirstProblem() });
    } else focusFirstProblem();
  };
  return (
    <form className="local-admin-add" noValidate onSubmit={submit}>
      <TextField
        value={email}
        onChange={(typed) => {
          setEmail(typed);
          setIsWrong(false);
          if (add.isError) add.reset();
        }}
        error={isWrong ? m.problem_email() : told}
        label={m.local_admin_add()}
        description={m.local_admin_add_hint()}
        name="local-admin"
        type="email"
        list={listId}
        maxLength={emailLengthLimit}
        autoComplete="off"
      />
      <datalist id={listId}>
        {candidates.map((candidate) => (
          <option key={candidate.userId} value={candidate.email}>
            {candidate.name}
          </option>
        ))}
      </datalist>
      <ActionButton type="submit" isBusy={add.isPending}>
        {m.local_admin_add_action()}
      </ActionButton>
      <p className="small" aria-live="polite">
        {add.data && (add.data.outcome === 'added' ? m.local_admin_added : m.local_admin_invited)(add.data)}
      </p>
      {told === undefined && <ErrorNotice error={add.error} />}
    </form>
  );
}
