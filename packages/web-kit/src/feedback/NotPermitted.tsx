import { IconLock } from '@tabler/icons-react';
import { m } from '../i18n/messages.ts';
import { EmptyState } from './EmptyState.tsx';

/** In the place of a list that this person may not see: that it is so, and who could change it. */
export function NotPermitted() {
  return (
    <div className="card">
      <EmptyState
        icon={<IconLock size={22} stroke={1.6} />}
        title={m.not_permitted_title()}
        text={m.may_not()}
      />
    </div>
  );
}
