import { EmptyState, ErrorNotice, m, usePageTitle } from '@claviger/web-kit';
import { IconDoorOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';

/** The address leads nowhere, or to what this person may not see. */
export function NotFoundPage() {
  usePageTitle(m.not_found_title());
  return (
    <main className="lone-page">
      <EmptyState
        icon={<IconDoorOff size={22} stroke={1.6} />}
        title={m.not_found_title()}
        text={m.not_found_text()}
        action={<Link to="/">{m.not_found_home()}</Link>}
      />
    </main>
  );
}

/** A page that could not be drawn. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  usePageTitle(m.fault_title());
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="lone-page">
      <h1>{m.fault_title()}</h1>
      <ErrorNotice error={error instanceof Error ? error : new Error(String(error))} onRetry={retry} />
    </main>
  );
}
