import { m } from '@claviger/web-kit';
import { IconCpu, IconHistory, IconLayoutDashboard } from '@tabler/icons-react';

/** The sections of the Portal in the guide's order; one without content is absent. */
export const sections = [
  { name: 'dashboard', title: m.section_dashboard, icon: IconLayoutDashboard, to: '/e/$entityId/dashboard' },
  { name: 'devices', title: m.section_devices, icon: IconCpu, to: '/e/$entityId/devices/locks' },
  { name: 'logs', title: m.section_logs, icon: IconHistory, to: '/e/$entityId/logs/activity' },
] as const;
