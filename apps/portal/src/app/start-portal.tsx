import { createQueryClient, startLanguage, useLocale } from '@claviger/web-kit';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPortalRouter } from './router.tsx';

type PortalRouter = ReturnType<typeof createPortalRouter>;

/** Draws the Portal into an element of the page. */
export function startPortal(root: HTMLElement): void {
  startLanguage();
  const queryClient = createQueryClient();
  const router = createPortalRouter(queryClient);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Pages router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** Another language draws all pages anew: messages are plain calls and do not watch it themselves. */
function Pages({ router }: { router: PortalRouter }) {
  const locale = useLocale();
  return <RouterProvider key={locale} router={router} />;
}
