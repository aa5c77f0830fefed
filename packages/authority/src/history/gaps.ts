import { chainLink, type DeviceEvent, type EventsMessage } from '@claviger/protocol';
import type { AuthorityPorts } from '../authority.ts';
import { beforeOf, decoded, type Chained } from './chain.ts';

/** Where and when a gap is told of which no neighbour can be read. */
export type Beside = Pick<DeviceEvent, 'lock' | 'at' | 'uncertaintyMs' | 'mono' | 'bootNumber'>;

/** A record of lost events that ends a chain with this sequence; the hash is as it was before. */
function gapAfter(last: Pick<Chained, 'sequence' | 'hash'>, sequence: number, beside: Beside): Chained {
  const { lock, at, uncertaintyMs, mono, bootNumber } = beside;
  const { hash } = last;
  const lost = { count: sequence - last.sequence, until: at, hash };
  return { sequence, lock, type: 'events_lost', at, uncertaintyMs, mono, bootNumber, lost, hash };
}

/**
 * What can be read of a batch that is no chain: each event that comes after those before it, and a record of
 * lost events wherever some are missing. Nothing in it is there twice. The hashes after the first gap are not
 * those of the device, which goes on from its own.
 */
export function chainWithGaps(
  { firstSequence, previousHash, events }: EventsMessage,
  otherwise: Beside,
  sha256: AuthorityPorts['sha256'],
): Chained[] {
  const chain: Chained[] = [];
  let unread = 0;
  const last = () => chain.at(-1) ?? { sequence: firstSequence - 1, hash: previousHash };
  for (const encoded of events) {
    const event = decoded(encoded);
    unread += event ? 0 : 1;
    if (!event || event.sequence <= last().sequence) continue;
    if (beforeOf(event) > last().sequence) chain.push(gapAfter(last(), beforeOf(event), event));
    const lost = event.lost && { ...event.lost, count: event.sequence - last().sequence };
    const hash = lost?.hash ?? sha256(chainLink(last().hash, encoded));
    chain.push({ ...event, ...(lost && { lost }), hash });
    unread = 0;
  }
  const end = last().sequence + unread;
  return unread === 0 ? chain : [...chain, gapAfter(last(), end, chain.at(-1) ?? otherwise)];
}
