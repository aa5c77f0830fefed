/**
 * Live streams: what has changed in an Entity, as server-sent events. Whoever changes something notifies the
 * channel `live` of the database in the same transaction; each copy of the server passes it on to its own
 * streams. A stream ends when its session does, when its reader is slow, and when notifications may have been
 * missed: the browser comes back and loads again.
 */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { AccountId, EntityId } from '@claviger/domain';
import { liveMessage, Refusal, type LiveMessage } from '@claviger/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Database, Heard } from '../database/index.ts';
import { liveChannel, rolesChangedChannel, type LiveNotice } from '../live/index.ts';
import type { Log } from '../log.ts';
import type { Leave } from './access/let-in.ts';
import { isMember, visitOf, visitorOf } from './access/visit.ts';
import { addressSubject } from './limits/token-buckets.ts';

/** The channel of the database that tells every copy of the server that a session was ended. */
export const sessionEndedChannel = 'session_ended';

const heartbeatMs = 15_000;
/** An event, because a page does not see a comment; it knows by its absence that the stream is dead. */
const heartbeat = 'event: heartbeat\ndata:\n\n';
/** How long a stream may outlive its session where nobody told it. */
const recheckAfterMs = 60_000 - heartbeatMs;
/** A Membership ends to the second. */
const endingsEveryMs = 1_000;
const streamsPerAccountLimit = 8;
/** A household or an office behind one address. */
const streamsPerAddressLimit = 64;
const streamsLimit = 2_000;
/** What a reader may leave unread. */
const unreadLimitBytes = 256 * 1024;
const reconnectAfterMs = 2_000;

/** Notices that wait for their message to be made. */
const waitingNoticesLimit = 500;

/** What `tellLive` sends. */
const notification = z.object({ entityId: z.uuid(), notice: z.looseObject({ topic: z.string() }) });
const sessionEnded = z.object({ sessionId: z.uuid() });
const rolesChanged = z.object({ entityId: z.uuid() });

interface Stream {
  readonly pipe: PassThrough;
  readonly accountId: AccountId;
  readonly entityId: EntityId;
  readonly sessionId: string;
  readonly address: string;
  readonly mayStay: MayStay;
  checkedAt: number;
  /** When the Membership has to be looked up again, because it ends then. */
  endsAt: number;
}

/** Asks whether the caller would still be let in; undefined where not. */
type MayStay = () => Promise<Leave | undefined>;

export interface LiveHub {
  /** Answers with a stream of the caller's Entity; refuses with `too_many_connections`. */
  open(
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    mayStay: MayStay,
  ): FastifyReply;
  /** How many streams are open. */
  count(): number;
  close(): Promise<void>;
}

export interface LivePorts {
  readonly database: Database;
  /** What a stream carries for a notice. */
  readonly liveMessageOf: (entityId: EntityId, notice: LiveNotice) => Promise<LiveMessage>;
  readonly clock: Clock;
  readonly log: Log;
}

class Streams {
  readonly #open = new Set<Stream>();

  add(stream: Stream): void {
    this.#assertRoom(stream);
    this.#open.add(stream);
    stream.pipe.once('close', () => this.#open.delete(stream));
  }

  all(): Stream[] {
    return [...this.#open];
  }

  /** A reader that lags behind is cut off, so that it costs no memory; it comes back and loads again. */
  send(stream: Stream, text: string): void {
    const { pipe } = stream;
    if (pipe.writableLength + pipe.readableLength > unreadLimitBytes) pipe.destroy();
    else pipe.write(text);
  }

  #assertRoom({ accountId, address }: Stream): void {
    const all = this.all();
    const ofAccount = all.filter((other) => other.accountId === accountId).length;
    const ofAddress = all.filter((other) => other.address === address).length;
    const isFull = all.length >= streamsLimit || ofAccount >= streamsPerAccountLimit;
    if (isFull || ofAddress >= streamsPerAddressLimit) throw new Refusal('too_many_connections');
  }
}

function endQuietly({ pipe }: Stream): void {
  pipe.end();
}

function endOf(leave: Leave, now: number): number {
  return leave.endsInMs === undefined ? Infinity : now + leave.endsInMs;
}

/** Ends those whose caller would not be let in any more, or of whom that cannot be known. */
async function recheck(streams: readonly Stream[], { clock, log }: LivePorts): Promise<void> {
  for (const stream of streams) {
    stream.checkedAt = clock.now();
    try {
      const leave = await stream.mayStay();
      if (leave) {
        stream.endsAt = endOf(leave, clock.now());
        continue;
      }
    } catch (error) {
      log.warn('live stream ended', { note: 'its session could not be looked up', error });
    }
    endQuietly(stream);
  }
}

/** Looks at streams one after the other, so that two looks at the same one do not overtake each other. */
function rechecker(streams: Streams, ports: LivePorts) {
  const { clock } = ports;
  let rechecking = Promise.resolve();
  const look = (isMeant: (stream: Stream) => boolean): void => {
    const meant = streams.all().filter(isMeant);
    if (meant.length > 0) rechecking = rechecking.then(() => recheck(meant, ports));
  };
  return {
    old: () => look(({ checkedAt }) => clock.now() - checkedAt >= recheckAfterMs),
    ending: () =>
      look((stream) => {
        if (clock.now() < stream.endsAt) return false;
        // Once: what is looked up says when again.
        stream.endsAt = Infinity;
        return true;
      }),
    ofEntity: (payload: string) => {
      const { entityId } = rolesChanged.parse(JSON.parse(payload));
      look((stream) => stream.entityId === entityId);
    },
    settle: () => rechecking,
  };
}

/** Passes notices on one after the other, in the order in which they were committed. */
function passer(streams: Streams, { liveMessageOf, log }: LivePorts) {
  let waiting = 0;
  let passing = Promise.resolve();
  const pass = async ({ entityId, notice }: { entityId: EntityId; notice: LiveNotice }): Promise<void> => {
    const following = () => streams.all().filter((stream) => stream.entityId === entityId);
    if (following().length === 0) return;
    try {
      const message = liveMessage.parse(await liveMessageOf(entityId, notice));
      for (const stream of following()) streams.send(stream, `data: ${JSON.stringify(message)}\n\n`);
    } catch (error) {
      log.error('live message missing', { entityId, error });
      following().forEach(endQuietly);
    }
  };
  return {
    passOn: (payload: string): void => {
      const heard = notification.parse(JSON.parse(payload)) as { entityId: EntityId; notice: LiveNotice };
      if (waiting >= waitingNoticesLimit) {
        streams.all().forEach(endQuietly);
        return;
      }
      waiting += 1;
      passing = passing.then(() => pass(heard)).finally(() => (waiting -= 1));
    },
    settle: () => passing,
  };
}

function endSession(streams: Streams, payload: string): void {
  const { sessionId } = sessionEnded.parse(JSON.parse(payload));
  streams
    .all()
    .filter((stream) => stream.sessionId === sessionId)
    .forEach(endQuietly);
}

/** Opens the hub: listens to the database and looks after the streams until it is closed. */
export async function openLiveHub(ports: LivePorts): Promise<LiveHub> {
  const { database, clock } = ports;
  const streams = new Streams();
  const { passOn, settle } = passer(streams, ports);
  const rechecks = rechecker(streams, ports);
  const hear =
    (take: (payload: string) => void) =>
    (heard: Heard): void => {
      if (heard.kind === 'message') take(heard.payload);
      else streams.all().forEach(endQuietly);
    };
  const deafen = await Promise.all([
    database.listen(liveChannel, hear(passOn)),
    database.listen(
      sessionEndedChannel,
      hear((payload) => endSession(streams, payload)),
    ),
    database.listen(rolesChangedChannel, hear(rechecks.ofEntity)),
  ]);
  const stopBeating = clock.every(heartbeatMs, () => {
    for (const stream of streams.all()) streams.send(stream, heartbeat);
    rechecks.old();
  });
  const stopEnding = clock.every(endingsEveryMs, rechecks.ending);

  return {
    open: ({ request, reply }, mayStay) => {
      const { actor } = visitOf(request);
      assert(isMember(actor), 'a live stream belongs to a member of its Entity');
      const { accountId, entityId, sessionId } = actor;
      const endsAt = endOf({ endsInMs: actor.roleEndsInMs }, clock.now());
      const pipe = new PassThrough({ highWaterMark: unreadLimitBytes });
      const address = addressSubject(visitorOf(request).address);
      const checkedAt = clock.now();
      streams.add({ pipe, accountId, entityId, sessionId, address, mayStay, checkedAt, endsAt });
      pipe.write(`retry: ${String(reconnectAfterMs)}\n\n`);
      return reply.header('content-type', 'text/event-stream').header('x-accel-buffering', 'no').send(pipe);
    },
    count: () => streams.all().length,
    close: async () => {
      stopBeating();
      stopEnding();
      await Promise.all(deafen.map((stop) => stop()));
      streams.all().forEach(endQuietly);
      await Promise.all([rechecks.settle(), settle()]);
    },
  };
}
