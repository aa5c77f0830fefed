import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readSearch } from './search.ts';

const logsRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'logs',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/e/$entityId/logs/activity', params });
  },
});

const activityRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'logs/activity',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./ActivityPage.tsx'), 'ActivityPage'),
});

const whyRoute = createRoute({
  getParentRoute: () => activityRoute,
  path: '$eventId/why',
  component: lazyRouteComponent(() => import('./WhyEventDialog.tsx'), 'WhyEventDialog'),
});

export const activityRoutes = [logsRoute, activityRoute.addChildren([whyRoute])] as const;
