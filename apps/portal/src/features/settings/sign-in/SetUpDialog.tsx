import { type NewAuthenticator, Refusal } from '@claviger/protocol';
import {
  accountProblem,
  ActionButton,
  CodeInput,
  CopyButton,
  Dialog,
  focusFirstProblem,
  FormError,
  m,
  QrImage,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { AskPassword } from './AskPassword.tsx';
import { useBeginAuthenticator, useFinishAuthenticator } from './queries.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** Password, picture for the app and its first code, recovery codes. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const begin = useBeginAuthenticator();
  const finish = useFinishAuthenticator();
  const isShowingCodes = begin.data !== undefined && finish.isSuccess;
  return (
    <Dialog
      title={isShowingCodes ? m.recovery_codes() : m.authenticator_set_up()}
      {...(!isShowingCodes && { onClose })}
      isContentFocused={!isShowingCodes}
    >
      {!begin.data && (
        <AskPassword
          text={m.authenticator_password_text()}
          isBusy={begin.isPending}
          error={begin.error}
          onPassword={(password) => begin.mutate(password)}
          onClose={onClose}
        />
      )}
      {begin.data && !finish.isSuccess && <FirstCode made={begin.data} finish={finish} onClose={onClose} />}
      {isShowingCodes && <RecoveryCodes codes={begin.data.recoveryCodes} onDone={onClose} />}
    </Dialog>
  );
}

interface FirstCodeProps {
  readonly made: NewAuthenticator;
  readonly finish: ReturnType<typeof useFinishAuthenticator>;
  readonly onClose: () => void;
}

function FirstCode({ made, finish, onClose }: FirstCodeProps) {
  const [code, setCode] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const secret = new URL(made.uri).searchParams.get('secret') ?? '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsEmpty(code.trim() === '');
    if (code.trim() === '') focusFirstProblem();
    else finish.mutate(code);
  };
  const isFieldToBlame = finish.error instanceof Refusal && finish.error.code === 'invalid_input';
  return (
    <form noValidate onSubmit={submit}>
      <p className="dialog-text">{m.authenticator_scan_text()}</p>
      <div className="dialog-fields">
        <QrImage text={made.uri} label={m.authenticator_picture()} />
        <div className="authenticator-secret">
          <p className="small">
            {m.authenticator_secret()}
            <br />
            <code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <CopyButton text={secret} label={m.authenticator_copy_secret()} />
        </div>
        <FormError error={isFieldToBlame ? null : finish.error} />
        <CodeInput
          value={code}
          onChange={setCode}
          error={isEmpty ? m.problem_code_empty() : accountProblem(finish.error, 'code')}
          isOfAppOnly
        />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={finish.isPending}>
          {m.authenticator_turn_on()}
        </ActionButton>
      </div>
    </form>
  );
}
