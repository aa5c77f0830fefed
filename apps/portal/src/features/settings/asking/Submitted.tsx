import { ActionButton, m, useSession } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { entityToShow } from '../../../app/last-entity.ts';
import '../settings.css';

/** Below a form: whose request it will be, and where the others are. */
export function FormEnd() {
  const email = useSession()?.account.email ?? '';
  return (
    <div className="public-end">
      <p className="small settings-email">{m.no_entity_signed_in({ email })}</p>
      <SubmittedLink />
    </div>
  );
}

/** Where the person finds what became of requests: without an Entity, at the own Account. */
function SubmittedLink() {
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
    <PublicFrame
      title={m.request_sent_title()}
      text={<span role="status">{m.request_sent_text({ email })}</span>}
    >
      <div className="public-end">
        <SubmittedLink />
        <ActionButton fullWidth isBusy={false} onClick={onAnother}>
          {m.request_another()}
        </ActionButton>
      </div>
    </PublicFrame>
  );
}
