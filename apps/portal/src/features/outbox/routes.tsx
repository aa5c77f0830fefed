import { installationQuery } from '@claviger/web-kit';
import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';

const outboxRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'outbox',
  beforeLoad: async ({ context: { queryClient } }) => {
    const { mode } = await queryClient.query({ ...installationQuery, staleTime: 'static' });
    if (mode !== 'demo') throw notFound();
  },
  component: lazyRouteComponent(() => import('./OutboxPage.tsx'), 'OutboxPage'),
});

export const outboxRoutes = [outboxRoute] as const;
