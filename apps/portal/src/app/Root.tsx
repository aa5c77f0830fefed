import { SessionGuard } from '@claviger/web-kit';
import { Outlet } from '@tanstack/react-router';

export function Root() {
  return (
    <SessionGuard>
      <Outlet />
    </SessionGuard>
  );
}
