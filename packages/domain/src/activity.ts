import { credentialMethods } from './key.ts';

/** What an Activity event can be; the same strings in code, database, wire and screens. */
export const activityTypes = [
  'key_accepted',
  'key_refused',
  'refusals_gathered',
  'lock_unlocked',
  'lock_relocked',
  'door_opened',
  'door_closed',
  'exit_requested',
  'door_held_open',
  'door_forced',
  'tampered',
  'tamper_cleared',
  'command_refused',
  'command_dropped',
  'silent_alarm',
  'reader_paused',
  'list_taken',
  'list_refused',
  'message_refused',
  'device_started',
  'link_lost',
  'link_restored',
  'clock_set',
  'events_lost',
  'log_nearly_full',
  'older_disk',
  'events_unknown',
  'counters_returned',
  'server_restored',
  'memory_damaged',
] as const;
export type ActivityType = (typeof activityTypes)[number];

/** What the server writes itself, beside what doors tell. */
export const serverTypes: readonly ActivityType[] = ['older_disk', 'events_unknown', 'server_restored'];

/**
 * What routine monitoring shows: openings, and that a door or its server went back in time, for then nothing
 * else that stands there is whole. Everything else needs **Advanced**.
 */
export const routineTypes: readonly ActivityType[] = [
  'key_accepted',
  'lock_unlocked',
  'older_disk',
  'events_unknown',
  'counters_returned',
  'server_restored',
];

/**
 * What a door gives up first when its log is full: the course of ordinary days. Who opened, what was refused
 * and what was tampered with stays longer.
 */
export const yieldingTypes: readonly ActivityType[] = [
  'lock_relocked',
  'door_opened',
  'door_closed',
  'exit_requested',
  'link_lost',
  'link_restored',
  'clock_set',
  'list_taken',
];

/** How an opening was asked for. */
export const openingMethods = ['command', 'exit', ...credentialMethods] as const;
export type OpeningMethod = (typeof openingMethods)[number];
