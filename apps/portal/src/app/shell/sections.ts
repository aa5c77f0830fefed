import { installationQuery, m, useMembership } from '@claviger/web-kit';
import {
  IconBuildingCommunity,
  IconCpu,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconMail,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { hasLocksAlone } from '../first-page.ts';

/** The sections of the Portal in the guide's order; one without content is absent. */
export const sections = [
  { name: 'dashboard', title: m.section_dashboard, icon: IconLayoutDashboard, to: '/e/$entityId/dashboard' },
  {
    name: 'entities',
    title: m.section_entities,
    icon: IconBuildingCommunity,
    to: '/e/$entityId/entities',
    call: 'listEntities',
  },
  {
    name: 'users',
    title: m.section_users,
    icon: IconUsers,
    to: '/e/$entityId/users',
    call: 'listUsers',
  },
  { name: 'keys', title: m.section_keys, icon: IconKey, to: '/e/$entityId/keys', call: 'listKeys' },
  {
    name: 'devices',
    title: m.section_devices,
    icon: IconCpu,
    to: '/e/$entityId/devices/locks',
    call: 'listLocks',
  },
  {
    name: 'logs',
    title: m.section_logs,
    icon: IconHistory,
    to: '/e/$entityId/logs/activity',
    call: 'listActivity',
  },
  { name: 'settings', title: m.section_settings, icon: IconSettings, to: '/e/$entityId/settings/profile' },
] as const;

/** What only a demo has: the mails that it does not send. */
export const demoSections = [
  {
    name: 'outbox',
    title: m.section_outbox,
    icon: IconMail,
    to: '/e/$entityId/outbox',
    call: 'listMails',
  },
] as const;

export type Section = (typeof sections)[number] | (typeof demoSections)[number];

/** The sections that this person has in the Entity. */
export function useSections(entityId: string): readonly Section[] {
  const isDemo = useQuery(installationQuery).data?.mode === 'demo';
  const membership = useMembership(entityId);
  const may = membership?.may ?? [];
  const isWithoutDashboard = membership !== undefined && hasLocksAlone(membership);
  const here: readonly Section[] = isDemo ? [...sections, ...demoSections] : sections;
  return here.filter((each) => {
    if (each.name === 'dashboard') return !isWithoutDashboard;
    return !('call' in each) || may.includes(each.call);
  });
}
