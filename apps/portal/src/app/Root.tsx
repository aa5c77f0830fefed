import { SessionGuard, ThemeProvider } from '@claviger/web-kit';
import { Outlet } from '@tanstack/react-router';
import './root.css';

/** What every page stands in: the look, and the sign-in over the page. */
export function Root() {
  return (
    <ThemeProvider>
      <SessionGuard>
        <Outlet />
      </SessionGuard>
    </ThemeProvider>
  );
}
