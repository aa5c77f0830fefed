import { ActionButton, FormError } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import type { useAsking } from './use-asking.ts';

interface AskingFormProps {
  readonly form: Pick<ReturnType<typeof useAsking>, 'told' | 'submit'> & {
    readonly send: { readonly error: Error | null; readonly isPending: boolean };
  };
  /** What the button says. */
  readonly action: string;
  readonly children: ReactNode;
}

/** The form of a page that asks for access: its fields, and the button that sends them. */
export function AskingForm({ form: { told, submit, send }, action, children }: AskingFormProps) {
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={Object.keys(told).length > 0 ? null : send.error} />
      {children}
      <ActionButton type="submit" variant="filled" isBusy={send.isPending} fullWidth>
        {action}
      </ActionButton>
    </form>
  );
}
