import { m, useMembership, usePageTitle } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import { settingsTabs, SectionTabs } from '../../../app/shell/SectionTabs.tsx';
import { ApiKeysCard } from '../api-keys/ApiKeysCard.tsx';
import { OwnAccount } from '../OwnAccount.tsx';
import { ProfileCard } from './ProfileCard.tsx';

/** Settings → Profile. */
export function ProfilePage() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/settings/profile' });
  const entity = useMembership(entityId)?.name ?? '';
  usePageTitle(m.section_profile(), entity);
  return (
    <>
      <div className="page-head">
        <h1>{m.section_settings()}</h1>
      </div>
      <SectionTabs label={m.section_settings()} tabs={settingsTabs()} />
      <OwnAccount end={<ApiKeysCard entityId={entityId} entity={entity} />}>
        <ProfileCard key={entityId} entityId={entityId} entity={entity} />
      </OwnAccount>
    </>
  );
}
