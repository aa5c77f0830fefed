import type { CredentialMethod } from '@claviger/domain';
import type { WhyQuery } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  type Field,
  fieldOf,
  instantsOf,
  m,
  methodWords,
  TextField,
  useClock,
  WhyAnswer,
} from '@claviger/web-kit';
import { Button, NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
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

function useQuestion(about: AboutKey) {
  const { zone } = about.membership;
  return useForm({
    initialValues: { lockId: about.shown.bindings[0]?.lockId ?? '', method: 'link', at: '' },
    validate: {
      at: (value) => {
        if (value === '') return null;
        const instants = instantsOf(zone, value);
        if (!instants) return m.problem_time();
        return instants.length === 0 ? m.problem_time_skipped() : null;
      },
    },
  });
}

function Question(about: AboutKey) {
  const { place, shown, membership, close } = about;
  const form = useQuestion(about);
  const why = useWhyKey(place);
  const clock = useClock(membership.zone, clockEveryMs);
  const submit = form.onSubmit(({ lockId, method, at }) => {
    if (isMethod(method)) why.mutate({ lockId, method, ...(at !== '' && { at }) });
  });
  const asked = shown.bindings.find(({ lockId }) => lockId === why.variables?.lockId);
  return (
    <form noValidate onSubmit={submit}>
      <p className="dialog-text">{m.why_text()}</p>
      <div className="dialog-fields">
        <Choice
          label={m.key_lock()}
          field={fieldOf(form, 'lockId')}
          data={shown.bindings.map(({ lockId, lockName }) => ({ value: lockId, label: lockName }))}
        />
        <Choice
          label={m.why_method()}
          field={fieldOf(form, 'method')}
          data={methodsOf(about).map((method) => ({ value: method, label: methodWords[method]() }))}
        />
        <TextField
          {...fieldOf(form, 'at')}
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
  readonly field: Field;
  readonly data: { value: string; label: string }[];
}

function Choice({ label, field: { value, onChange }, data }: ChoiceProps) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={data}
      data-autofocus
    />
  );
}
