import type { Capability } from '@claviger/domain';
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

/** What a Key can be asked about: what is shown, as the API names it. */
const choices = {
  link: { method: 'link', words: m.key_link },
  pin: { method: 'pin', needs: 'keypad', words: methodWords.pin },
  qr: { method: 'qr', needs: 'qr_reader', words: methodWords.qr },
  picture: { method: 'qr', isStatic: 'true', needs: 'qr_reader', words: m.picture_title },
  card: { method: 'card', needs: 'card_reader', words: m.why_card },
} as const satisfies Record<string, WhyChoice>;
type Choosable = keyof typeof choices;
const names = Object.keys(choices) as Choosable[];

interface WhyChoice extends Pick<WhyQuery, 'method' | 'isStatic'> {
  readonly needs?: Capability;
  readonly words: () => string;
}

const clockEveryMs = 30_000;

/** Why? at a Key: would it open this lock by this method at this time, and if not, what stands against it. */
export function WhyKeyDialog() {
  return (
    <KeyDialog titleOf={(name) => m.why_of({ name })} isContentFocused>
      {(about) => <Question {...about} />}
    </KeyDialog>
  );
}

function isChoosable(text: string): text is Choosable {
  return names.some((name) => name === text);
}

/** The ways that the locks of a Key can be opened with it; a link opens anywhere, a picture where one is. */
function choicesOf(about: AboutKey): readonly Choosable[] {
  const capable = new Set(about.shown.bindings.flatMap(({ capabilities }) => capabilities));
  return names.filter((name) => {
    const { needs }: WhyChoice = choices[name];
    const isThere = name !== 'picture' || about.shown.picture !== undefined;
    return isThere && (needs === undefined || capable.has(needs));
  });
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
  const [chosen, setChosen] = useState<Choosable>('link');
  const [at, setAt] = useState('');
  const problem = timeProblem(membership.zone, at);
  const why = useWhyKey(place);
  const clock = useClock(membership.zone, clockEveryMs);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (why.isPending) return;
    if (problem === undefined) {
      const { method, isStatic }: WhyChoice = choices[chosen];
      why.mutate({ lockId, method, ...(isStatic && { isStatic }), ...(at !== '' && { at }) });
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
          value={chosen}
          onChoose={(name) => isChoosable(name) && setChosen(name)}
          data={choicesOf(about).map((name) => ({ value: name, label: choices[name].words() }))}
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
