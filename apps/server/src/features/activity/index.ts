/**
 * Activity is what the doors of an Entity did, as people read it: every event of every log exactly once,
 * newest first, routine or advanced. The logs themselves belong to the doors; nothing here changes them.
 */
import type { EntityId } from '@claviger/domain';
import type { LiveMessage } from '@claviger/protocol';
import type { Database } from '../../platform/database/index.ts';
import type { LiveNotice } from '../../platform/live/index.ts';
import { listStored } from './store.ts';

export { activityRoutes } from './routes.ts';

/** Events of one notice that a live stream carries; whoever wants more loads the list. */
const liveEventLimit = 50;

/** What a live stream carries for a notice: itself, or the events that were stored. */
export async function liveMessageOf(
  entityId: EntityId,
  notice: LiveNotice,
  database: Database,
): Promise<LiveMessage> {
  if (notice.topic !== 'stored') return notice;
  const events = await database.transact({ kind: 'entity', entityId }, (tx) =>
    listStored(tx, entityId, { ...notice, limit: liveEventLimit }),
  );
  return { topic: 'activity', events };
}
