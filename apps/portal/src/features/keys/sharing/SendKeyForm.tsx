import { type Key, type KeyPlace, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  focusFirstProblem,
  isEmail,
  m,
  TextField,
  useFormat,
} from '@claviger/web-kit';
import { Switch } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { isUseless, bestUse } from '../card/proof-facts.ts';
import { useSendKey } from '../queries.ts';
import './sharing.css';

interface SendKeyFormProps {
  readonly place: KeyPlace;
  readonly shown: Key;
  readonly zone: string;
  readonly isFocusedFirst?: boolean;
}

/** Send Email, as often as one likes: says when the last one went and to whom. */
export function SendKeyForm({ place, shown, zone, isFocusedFirst = false }: SendKeyFormProps) {
  const format = useFormat(zone);
  const send = useSendKey(place);
  const [email, setEmail] = useState(shown.email ?? '');
  const [isWrong, setIsWrong] = useState(false);
  const hasPicture = isPictureTaken(shown);
  const [withPicture, setWithPicture] = useState(hasPicture);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    setIsWrong(!isEmail(email));
    const input = { email: email.trim(), withPicture: withPicture && hasPicture };
    if (isEmail(email)) send.mutate(input, { onError: (error) => setIsWrong(isOfInput(error)) });
    else focusFirstProblem();
  };
  const sent = send.data ?? earlierMail(shown);
  return (
    <form className="key-send" noValidate onSubmit={submit}>
      <TextField
        value={email}
        onChange={(typed) => {
          setEmail(typed);
          setIsWrong(false);
        }}
        error={isWrong && problemOf(send.error)}
        label={m.key_email()}
        name="email"
        type="email"
        autoComplete="off"
        data-autofocus={isFocusedFirst || undefined}
      />
      <ActionButton type="submit" isBusy={send.isPending} reason={obstacleToSending(shown)}>
        {m.key_send()}
      </ActionButton>
      {hasPicture && (
        <Switch
          label={m.picture_attach()}
          checked={withPicture}
          onChange={({ currentTarget }) => setWithPicture(currentTarget.checked)}
        />
      )}
      <p className="small" aria-live="polite">
        {sent && m.key_sent({ email: sent.to, time: format.clock(sent.createdAt) })}
      </p>
      {shown.emailFailure !== undefined && (
        <p className="small email-failure" role="alert">
          {m.outbox_failed({ cause: shown.emailFailure })}
        </p>
      )}
      <ErrorNotice error={send.error} />
    </form>
  );
}

/** Nobody is sent a Key that opens nothing. */
function obstacleToSending(shown: Key): string | undefined {
  return isUseless(shown) ? m.key_send_nothing_opens() : undefined;
}

/** Whether there is a static picture that opens by itself. */
function isPictureTaken(shown: Key): boolean {
  return shown.picture?.isCurrent === true && bestUse(shown, 'picture')?.opens === 'alone';
}

/** The mail that was sent with the making of the Key, or before. */
function earlierMail({ email, emailedAt }: Key): { to: string; createdAt: number } | undefined {
  return email === undefined || emailedAt === undefined ? undefined : { to: email, createdAt: emailedAt };
}

function isOfInput(error: Error): boolean {
  return error instanceof Refusal && error.issues.some(({ path }) => path === 'body.email');
}

function problemOf(error: Error | null): string {
  const issues = error instanceof Refusal ? error.issues : [];
  const isGone = issues.some(({ problem }) => problem === 'user_deactivated');
  return isGone ? m.problem_user_deactivated() : m.problem_email();
}
