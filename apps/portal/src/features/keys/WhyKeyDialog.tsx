import type { CredentialMethod } from '@claviger/domain';
import type { WhyQuery } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  focusFirstProblem,
  instantsOf,
  m,
  methodWords,
  TextField,
  useClock,
  WhyAnswer,
} from '@claviger/web-kit';
import { Button, NativeSelect } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { type AboutKey, KeyDialog } from './KeyDialog.tsx';
import { useWhyKey } from './queries.ts';

const methods = ['link', 'pin', 'qr', 'card'] as const satisfies readonly CredentialMethod[];
type Method = WhyQuery['method'];

const clockEveryMs = 30_000;

/** Why? at a Key: would it open this lock by this method at this time, and if not, what stands against it. */
export function WhyKeyDialog() {
  return (
    <KeyDialog titleOf={(name) => m.why_of({ name })} isContentFocused>
      {(about) => <Question {...about} />}
    </KeyDialog>
  );
}

function isMethod(text: string): text is Method {
  return methods.some((method) => method === text);
}

/** The ways that the locks of a Key can be opened with it; a link opens anywhere. */
function methodsOf(about: AboutKey): readonly Method[] {
  const capable = new Set(about.shown.bindings.flatMap(({ capabilities }) => capabilities));
  const needs = { link: undefined, pin: 'keypad', qr: 'qr_reader', card: 'card_reader' } as const;
  return methods.filter((method) => needs[method] === undefined || capable.has(needs[method]));
}

/** What is wrong with the time that was typed; nothing typed means now. */
function timeProblem(zone: string, wall: string): string | undefined {
  if (wall === '') return undefined;
  const instants = instantsOf(zone, wall);
  if (!instants) return m.problem_time();
  return instants.length === 0 ? m.problem_time_skipped() : undefined;
}

function Question(about: AboutKey) {
  const { place, shown, membership, close } = about;
  const [lockId, setLockId] = useState(shown.bindings[0]?.lockId ?? '');
  const [method, setMethod] = useState<Method>('link');
  const [at, setAt] = useState('');
  const problem = timeProblem(membership.zone, at);
  const why = useWhyKey(place);
  const clock = useClock(membership.zone, clockEveryMs);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (why.isPending) return;
    if (problem === undefined) {
      why.mutate({ lockId, method, ...(at !== '' && { at }) });
      return;
    }
    // The verdict on another question would stand below what is wrong with this one.
    why.reset();
    focusFirstProblem();
  };
  const asked = shown.bindings.find((binding) => binding.lockId === why.variables?.lockId);
  return (
    <form noValidate onSubmit={submit}>
      <p className="dialog-text">{m.why_text()}</p>
      <div className="dialog-fields">
        <Choice
          label={m.key_lock()}
          value={lockId}
          onChoose={setLockId}
          data={shown.bindings.map((binding) => ({ value: binding.lockId, label: binding.lockName }))}
        />
        <Choice
          label={m.why_method()}
          value={method}
          onChoose={(chosen) => isMethod(chosen) && setMethod(chosen)}
          data={methodsOf(about).map((each) => ({ value: each, label: methodWords[each]() }))}
        />
        <TextField
          value={at}
          onChange={setAt}
          error={problem}
          label={m.why_at()}
          description={m.why_at_hint({ zone: membership.zone })}
          type="datetime-local"
        />
        <ErrorNotice error={why.error} />
        {why.data && <WhyAnswer why={why.data} lockName={asked?.lockName ?? ''} clock={clock} />}
      </div>
      <div className="dialog-end">
        <Button onClick={close}>{m.action_close()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={why.isPending}>
          {m.why_ask()}
        </ActionButton>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly data: { value: string; label: string }[];
}

function Choice({ onChoose, ...others }: ChoiceProps) {
  return (
    <NativeSelect
      {...others}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      data-autofocus
    />
  );
}
