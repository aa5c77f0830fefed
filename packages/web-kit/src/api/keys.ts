/**
 * What is loaded goes by these names; everything of an Entity starts with it, so that all of it can go stale
 * at once.
 */
export const keys = {
  installation: ['installation'],
  session: ['session'],
  entities: ['entity'],
  entity: (entityId: string) => ['entity', entityId],
  requests: (entityId: string) => ['entity', entityId, 'access-requests'],
  submitted: ['submitted-requests'],
  /** The Entities of the same Owner, as they are seen from this one. */
  siblings: (entityId: string) => ['entity', entityId, 'entities'],
  holidays: (entityId: string) => ['entity', entityId, 'holidays'],
  buildings: (entityId: string) => ['entity', entityId, 'buildings'],
  users: (entityId: string) => ['entity', entityId, 'users'],
  localAdmins: (entityId: string) => ['entity', entityId, 'local-admins'],
  locks: (entityId: string) => ['entity', entityId, 'locks'],
  dashboard: (entityId: string) => ['entity', entityId, 'dashboard'],
  command: (entityId: string, commandId: string) => ['entity', entityId, 'command', commandId],
  /** The Keys of an Entity, as lists and alone. */
  heldKeys: (entityId: string) => ['entity', entityId, 'keys'],
  heldKey: (entityId: string, keyId: string) => ['entity', entityId, 'keys', keyId],
  mails: (entityId: string) => ['entity', entityId, 'mails'],
  audit: (entityId: string) => ['entity', entityId, 'audit'],
  activity: (entityId: string) => ['entity', entityId, 'activity'],
} as const;
