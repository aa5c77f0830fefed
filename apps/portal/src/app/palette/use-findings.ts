import type { Lock, RouteName, User } from '@claviger/protocol';
import { client, keys, m, useLocks, useMembership, useSession } from '@claviger/web-kit';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { opensDialog } from '../dialog-address.ts';
import { useSections } from '../shell/sections.ts';
import { type Finding, fits } from './finding.ts';

/** Somebody who pauses this long while typing wants to see what fits so far. */
const typingPauseMs = 150;
/** The index of Users goes by so many letters; fewer would be in too many names to help. */
const peopleFromLength = 2;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

type Go = ReturnType<typeof useGo>;

/** How one gets to what was found; a dialog lies over the page it belongs to. */
function useGo(entityId: string) {
  const navigate = useNavigate();
  const params = { entityId };
  const over = { state: opensDialog } as const;
  return {
    addLock: () => void navigate({ to: '/e/$entityId/devices/locks/add', params, ...over }),
    guestKey: () => void navigate({ to: '/e/$entityId/keys/guest-key', params, ...over }),
    newUser: () => void navigate({ to: '/e/$entityId/users/new', params, ...over }),
    createEntity: () => void navigate({ to: '/e/$entityId/entities/create', params, ...over }),
    openLock: (lockId: string) =>
      void navigate({ to: '/e/$entityId/devices/locks/$lockId/open', params: { entityId, lockId }, ...over }),
    guestKeyAt: (lockId: string) =>
      void navigate({
        ...{ to: '/e/$entityId/devices/locks/$lockId/guest-key', params: { entityId, lockId } },
        ...over,
      }),
    activityOf: (lock: string) =>
      void navigate({ to: '/e/$entityId/logs/activity', params, search: { lock } }),
    user: (userId: string) =>
      void navigate({ to: '/e/$entityId/users/$userId/edit', params: { entityId, userId }, ...over }),
    users: (text: string) => void navigate({ to: '/e/$entityId/users', params, search: { text } }),
    buildings: () =>
      void navigate({
        ...{ to: '/e/$entityId/entities/$shownId/buildings', params: { entityId, shownId: entityId } },
        ...over,
      }),
    entity: (other: string) => void navigate({ to: '/e/$entityId/dashboard', params: { entityId: other } }),
    section: (to: ReturnType<typeof useSections>[number]['to']) => void navigate({ to, params }),
  };
}

type May = (call: RouteName) => boolean;

function actionsOf(typed: string, may: May, go: Go): Finding[] {
  const all = [
    { call: 'createGuestKey', title: m.guest_key(), go: go.guestKey },
    { call: 'addLock', title: m.locks_add(), go: go.addLock },
    { call: 'createUser', title: m.users_new(), go: go.newUser },
    { call: 'createEntity', title: m.entities_create(), go: go.createEntity },
  ] as const;
  return all
    .filter(({ call, title }) => may(call) && fits(typed, [title]))
    .map(({ call, ...shown }) => ({ id: call, group: 'actions', ...shown }));
}

/** Of one door: to open it, a Guest Key for it, and what happened there. */
function findingsOfLock({ id, name, location, serial, status }: Lock, may: May, go: Go): Finding[] {
  const note = location === '' ? serial : `${location} · ${serial}`;
  const isActive = status === 'active';
  const all = [
    { call: 'openLock', is: isActive, title: m.palette_open_lock({ name }), go: () => go.openLock(id) },
    { call: 'createGuestKey', is: isActive, title: m.palette_key_at({ name }), go: () => go.guestKeyAt(id) },
    { call: 'listActivity', is: true, title: m.palette_activity_of({ name }), go: () => go.activityOf(id) },
  ] as const;
  return all
    .filter(({ call, is }) => is && may(call))
    .map(({ call, title, go: goThere }) => ({
      ...({ id: `${call}-${id}`, group: 'doors', title, note, go: goThere } as const),
    }));
}

function doorsOf(typed: string, locks: readonly Lock[], { may, go }: { may: May; go: Go }): Finding[] {
  if (typed === '') return [];
  return locks.flatMap((lock) =>
    findingsOfLock(lock, may, go).filter(({ title }) => fits(typed, [title, lock.location, lock.serial])),
  );
}

function peopleOf(users: readonly User[], go: Go): Finding[] {
  return users.map(({ id, name, email, may }) => ({
    ...({ id, group: 'people', title: name, note: email } as const),
    go: () => (may.includes('updateUser') ? go.user(id) : go.users(email)),
  }));
}

function usePeople(entityId: string, typed: string, isWanted: boolean) {
  return useQuery({
    queryKey: [...keys.users(entityId), 'palette', typed],
    queryFn: async () => (await client.listUsers(entityId, { text: typed })).items,
    enabled: isWanted && typed.length >= peopleFromLength,
  });
}

function useBuildingNames(entityId: string, isWanted: boolean) {
  return useQuery({
    queryKey: keys.buildings(entityId),
    queryFn: async () => (await client.listBuildings(entityId)).items,
    enabled: isWanted,
  });
}

/** The other Entities of this person, and the buildings of this one. */
function usePlaces(entityId: string, typed: string, { may, go }: { may: May; go: Go }): Finding[] {
  const memberships = useSession()?.memberships ?? [];
  const buildings = useBuildingNames(entityId, typed !== '' && may('listBuildings')).data ?? [];
  const others = memberships
    .filter((each) => each.entityId !== entityId && fits(typed, [each.name, each.code]))
    .map((each) => ({
      ...({ id: each.entityId, group: 'places', title: each.name, note: each.code } as const),
      go: () => go.entity(each.entityId),
    }));
  const own = typed === '' ? [] : buildings.filter(({ name }) => fits(typed, [name]));
  const note = m.palette_building();
  return [
    ...others,
    ...own.map(({ id, name }) => ({ id, group: 'places', title: name, note, go: go.buildings }) as const),
  ];
}

export interface Findings {
  readonly all: readonly Finding[];
  readonly isSearching: boolean;
  readonly error: Error | null;
}

/**
 * What fits what is typed, and this person may see or do: every list is asked with the calls that its own
 * page makes, and what a session may not call is not offered.
 */
export function useFindings(entityId: string, text: string): Findings {
  const typed = text.trim();
  const settled = useSettled(typed);
  const calls = useMembership(entityId)?.may ?? [];
  const may: May = (call) => calls.includes(call);
  const go = useGo(entityId);
  const sections = useSections(entityId);
  const locks = useLocks(entityId, may('listLocks'));
  const people = usePeople(entityId, settled, may('listUsers'));
  const pages = sections
    .filter(({ title }) => fits(typed, [title()]))
    .map(({ name, title, to }) => ({
      ...({ id: name, group: 'pages', title: title(), go: () => go.section(to) } as const),
    }));
  return {
    all: [
      ...actionsOf(typed, may, go),
      ...doorsOf(typed, locks.data ?? [], { may, go }),
      // People found by what was typed before are not those who are meant now.
      ...(typed === settled ? peopleOf(people.data ?? [], go) : []),
      ...usePlaces(entityId, typed, { may, go }),
      ...pages,
    ],
    isSearching: typed !== settled || people.isFetching,
    error: people.error ?? locks.error,
  };
}
