import { ErrorNotice, m, useMay, useMembership, usePageTitle } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import { settingsTabs, SectionTabs } from '../../../app/shell/SectionTabs.tsx';
import { IncomingRequests } from './IncomingRequests.tsx';
import { Mandates } from './Mandates.tsx';
import { useAccessRequests } from './queries.ts';
import { SubmittedRequests } from './SubmittedRequests.tsx';
import '../settings.css';
import './requests.css';

/** Settings → Access Requests. */
export function AccessRequestsPage() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/settings/access-requests' });
  const membership = useMembership(entityId);
  const mayDecide = useMay(entityId, 'listAccessRequests');
  const zone = membership?.zone ?? 'UTC';
  usePageTitle(m.section_access_requests(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_settings()}</h1>
      </div>
      <SectionTabs label={m.section_settings()} tabs={settingsTabs()} />
      <div className="stack settings">
        {mayDecide && <OfEntity entityId={entityId} zone={zone} />}
        <SubmittedRequests zone={zone} />
      </div>
    </>
  );
}

function OfEntity({ entityId, zone }: { entityId: string; zone: string }) {
  const requests = useAccessRequests(entityId);
  if (requests.isPending) return <div className="skeleton request-skeleton" aria-busy="true" />;
  if (!requests.data) {
    return <ErrorNotice error={requests.error} onRetry={() => void requests.refetch()} />;
  }
  const { items, mandates } = requests.data;
  return (
    <>
      <IncomingRequests entityId={entityId} zone={zone} requests={items} />
      <Mandates entityId={entityId} zone={zone} mandates={mandates} />
    </>
  );
}
