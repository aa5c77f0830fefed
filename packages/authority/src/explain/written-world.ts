import type { Instant } from '@claviger/domain';
import type { World } from '@claviger/protocol';
import type { RuleFacts } from '../access-list/facts.ts';
import { toInstant, type Reading } from '../access-list/local-time.ts';
import type { ZoneClock } from '../access-list/zone-clock.ts';

/** An instant as people write it: exactly, or as the wall clock of the Entity reads. */
export function instantOf(clock: ZoneClock, written: string, reading: Reading): Instant {
  return /(Z|[+-]\d\d:\d\d)$/.test(written) ? Date.parse(written) : toInstant(clock, written, reading);
}

interface WrittenValidity {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** SEMANTICS T9: a from takes the earlier of two readings, an until the later. */
export function validityOf(clock: ZoneClock, { from, until }: WrittenValidity) {
  return {
    from: from === undefined ? undefined : instantOf(clock, from, 'earlier'),
    until: until === undefined ? undefined : instantOf(clock, until, 'later'),
  };
}

/** The rule facts of a world, as the server would read them from its database. */
export function factsOf(world: World, clock: ZoneClock): Omit<RuleFacts, 'issuers'> {
  const deactivated = new Set(world.users.filter((user) => user.deactivated).map(({ id }) => id));
  return {
    holidays: world.holidays,
    profiles: world.profiles,
    chips: world.chips,
    accessGroups: world.accessGroups.map((group) => ({ ...group, ...validityOf(clock, group) })),
    keys: world.keys.map((key) => ({
      ...key,
      ...validityOf(clock, key),
      isHolderDeactivated: key.user !== undefined && deactivated.has(key.user),
      bindings: key.bindings.map((binding) => ({ ...binding, ...validityOf(clock, binding) })),
    })),
    credentials: world.credentials.map(({ id, ...credential }) => ({ ...credential, lookup: id })),
  };
}
