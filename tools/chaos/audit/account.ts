import type { ActivityEvent, Client } from '@claviger/protocol';
import type { DoorAccount, ToldEvent } from './audit.ts';

const pageSize = 100;

async function allEvents(
  client: Client,
  entityId: string,
  query: { lockId: string; type: ToldEvent['type'] },
) {
  const events: ActivityEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listActivity(entityId, {
      ...{ ...query, advanced: 'true' as const, limit: pageSize },
      ...(cursor !== undefined && { cursor }),
    });
    events.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return events;
}

function toldOf({ id, type, person, commandId, at }: ActivityEvent): ToldEvent {
  return {
    ...{ id, type: type as ToldEvent['type'], at, command: commandId },
    key: commandId === undefined ? person : undefined,
  };
}

/** What the server tells of the attempts at one door, in the order of its log, beside what was seen there. */
export async function accountOf(
  { client, entityId }: { readonly client: Client; readonly entityId: string },
  { lockId, ...seen }: Omit<DoorAccount, 'events'> & { readonly lockId: string },
): Promise<DoorAccount> {
  const types = ['key_accepted', 'key_refused'] as const;
  const pages = await Promise.all(types.map((type) => allEvents(client, entityId, { lockId, type })));
  const inOrder = pages
    .flat()
    .sort((one, other) => one.logEpoch - other.logEpoch || one.sequence - other.sequence);
  return { ...seen, events: inOrder.map(toldOf) };
}
