import type { Membership } from '@claviger/protocol';
import { DemoBanner, LiveProvider, m, useMembership } from '@claviger/web-kit';
import { Outlet, useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { rememberEntity } from '../last-entity.ts';
import { NotFoundPage } from '../lone-page/NotFoundPage.tsx';
import { SearchButton } from '../palette/SearchButton.tsx';
import { EntitySelector } from './EntitySelector.tsx';
import { MenuDrawer } from './MenuDrawer.tsx';
import { Navigation } from './Navigation.tsx';
import { useNewPageFocus } from './use-new-page-focus.ts';
import './shell.css';

// The page can be read before anybody opens the menu.
const UserMenu = lazy(() => import('./UserMenu.tsx').then((module) => ({ default: module.UserMenu })));

// Few have a role that ends.
const RoleEnd = lazy(() => import('../role-end/RoleEnd.tsx').then((module) => ({ default: module.RoleEnd })));

/** Follows the Entity, for whoever may. */
function Following({ current, children }: { current: Membership; children: ReactNode }) {
  const { entityId, may } = current;
  if (!may.includes('followEntity')) return children;
  return (
    <LiveProvider key={entityId} entityId={entityId}>
      {children}
    </LiveProvider>
  );
}

/** The frame of every page of an Entity: sections at the side, Entity and person top right. */
export function Shell() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId' });
  const membership = useMembership(entityId);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  useEffect(() => rememberEntity(entityId), [entityId]);
  useNewPageFocus();
  // A role that ended while its page was open.
  if (!membership) return <NotFoundPage />;

  return (
    <Following current={membership}>
      <a className="skip" href="#main">
        {m.shell_skip()}
      </a>
      <DemoBanner />
      <div className="shell">
        <aside className="shell-side" aria-label="Claviger">
          <div className="shell-rail">
            <div className="brand">
              <img src="/icon.svg" width="26" height="26" alt="" />
              Claviger
            </div>
            <Navigation entityId={entityId} />
          </div>
        </aside>
        <div className="shell-page">
          <header className="shell-top">
            <MenuDrawer isOpen={isMenuOpen} onChange={setIsMenuOpen}>
              <Navigation entityId={entityId} onChoice={() => setIsMenuOpen(false)} />
            </MenuDrawer>
            <SearchButton entityId={entityId} />
            <EntitySelector current={membership} />
            <Suspense fallback={<span className="user-button" />}>
              <UserMenu />
            </Suspense>
          </header>
          {membership.until !== undefined && (
            <Suspense>
              <RoleEnd until={membership.until} />
            </Suspense>
          )}
          <main id="main" className="shell-main" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </Following>
  );
}
