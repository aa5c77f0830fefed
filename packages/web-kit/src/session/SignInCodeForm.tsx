import { type ReactNode, type SubmitEvent, useState } from 'react';
import { FormError } from '../feedback/FormError.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { focusFirstProblem } from '../form/fields.ts';
import { m } from '../i18n/messages.ts';
import { useFinishSignIn } from '../queries/session.ts';
import { CodeInput } from './CodeInput.tsx';

interface SignInCodeFormProps {
  readonly onDone?: () => void;
  /** What else one can do, beside the button. */
  readonly children?: ReactNode;
}

/** The second half of signing in, where an Account asks for a code. */
export function SignInCodeForm({ onDone, children }: SignInCodeFormProps) {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const finish = useFinishSignIn();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = code.trim();
    setProblem(typed === '' ? m.problem_code_empty() : undefined);
    if (typed === '') focusFirstProblem();
    else finish.mutate(typed, { onSuccess: () => onDone?.() });
  };
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={finish.error} />
      <CodeInput value={code} onChange={setCode} error={problem} />
      <ActionButton type="submit" variant="filled" isBusy={finish.isPending} fullWidth>
        {m.sign_in_action()}
      </ActionButton>
      {children}
    </form>
  );
}
