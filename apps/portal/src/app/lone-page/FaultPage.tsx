import { m, usePageTitle } from '@claviger/web-kit';
import { AnsweredRefusal, Unreachable } from '@claviger/protocol';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import './lone-page.css';

/** A page that could not be drawn. Needs nothing that still had to be loaded. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  usePageTitle(m.fault_title());
  const router = useRouter();
  const isUnreachable = error instanceof Unreachable;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="lone-page" role="alert">
      <img src="/icon.svg" width="40" height="40" alt="Claviger" />
      <h1>{m.fault_title()}</h1>
      <p>
        {isUnreachable ? m.error_unreachable() : m.error_internal_fault()}.{' '}
        {isUnreachable ? m.error_unreachable_advice() : m.error_internal_fault_advice()}
      </p>
      {error instanceof AnsweredRefusal && (
        <p>
          {m.error_request_id()} <code>{error.requestId}</code>
        </p>
      )}
      <button type="button" onClick={retry}>
        {m.action_try_again()}
      </button>
    </main>
  );
}
