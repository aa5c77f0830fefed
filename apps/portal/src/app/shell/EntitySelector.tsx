import type { Membership } from '@claviger/protocol';
import { useSession } from '@claviger/web-kit';
import { lazy, Suspense } from 'react';
import { EntityName } from './EntityName.tsx';

// Most people work in one Entity.
const EntityChoice = lazy(() =>
  import('./EntityChoice.tsx').then((module) => ({ default: module.EntityChoice })),
);

/** Which Entity one works in: its name and how many locks it has; a drop-down where there are several. */
export function EntitySelector({ current }: { current: Membership }) {
  const memberships = useSession()?.memberships ?? [];
  const name = (
    <div className="entity-selector">
      <EntityName membership={current} />
    </div>
  );
  if (memberships.length < 2) return name;
  return (
    <Suspense fallback={name}>
      <EntityChoice current={current} memberships={memberships} />
    </Suspense>
  );
}
