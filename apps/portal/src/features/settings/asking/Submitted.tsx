import { ActionButton, m, useSession } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { entityToShow } from '../../../app/last-entity.ts';

/** Where the person finds what became of requests: without an Entity, at the own Account. */
export function SubmittedLink() {
  const entityId = entityToShow(useSession()?.memberships ?? []);
  const words = m.request_see_submitted();
  if (entityId === undefined) return <Link to="/account">{words}</Link>;
  return (
    <Link to="/e/$entityId/settings/access-requests" params={{ entityId }}>
      {words}
    </Link>
  );
}

/** It was sent; the same is said whoever the owner is. */
export function Submitted({ email, onAnother }: { email: string; onAnother: () => void }) {
  return (
    <PublicFrame title={m.request_sent_title()} text={m.request_sent_text({ email })}>
      <div className="public-end">
        <SubmittedLink />
        <ActionButton fullWidth isBusy={false} onClick={onAnother}>
          {m.request_another()}
        </ActionButton>
      </div>
    </PublicFrame>
  );
}
