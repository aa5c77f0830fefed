import { AnsweredRefusal } from '@claviger/protocol';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { isSignedOut } from '../api/query-client.ts';
import { textOf } from '../words/error-text.ts';
import { m } from '../i18n/messages.ts';
import { CopyButton } from './CopyButton.tsx';
import './notice.css';

interface ErrorNoticeProps {
  readonly error: Error | null;
  /** Asks for the same again. */
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
  /** Whoever holds it may put the focus on the notice. */
  readonly ref?: Ref<HTMLDivElement>;
}

/**
 * What went wrong in plain words, what to do about it, and the identifier by which the operator finds it.
 * Says nothing while there is no error, nor when the session ended: that has its own dialog.
 */
export function ErrorNotice({ error, onRetry, children, ref }: ErrorNoticeProps) {
  if (!error || isSignedOut(error)) return null;
  const { says, advice } = textOf(error);
  const requestId = error instanceof AnsweredRefusal ? error.requestId : '';
  return (
    <div ref={ref} tabIndex={ref ? -1 : undefined} className="notice" data-tone="bad" role="alert">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
      <div>
        <b>{says}</b>
        {children ?? <p>{advice}</p>}
        {requestId !== '' && (
          <p className="notice-id">
            <span>{m.error_request_id()}</span> <code title={requestId}>{requestId}</code>
            <CopyButton text={requestId} label={m.error_copy_id()} />
          </p>
        )}
        {onRetry && <Button onClick={onRetry}>{m.action_try_again()}</Button>}
      </div>
    </div>
  );
}
