import type { ServerResponse } from 'node:http';
import { Refusal } from '@claviger/protocol';
import type { StreetMessage } from '../contract.ts';
import type { Street } from '../street/street.ts';

/** Windows that may watch the street at once. */
const streamLimit = 16;
/** Bytes that a window may lag behind before it is dropped; it connects again and gets everything anew. */
const lagLimitBytes = 4 * 1024 * 1024;
/** A comment this often keeps a quiet stream from being taken for a dead one. */
const heartbeatMs = 15_000;

/** The windows that watch the street, by server-sent events. */
export interface LiveStreams {
  /** Makes this answer a stream. Refuses `too_many_connections`. */
  open(response: ServerResponse): void;
  end(): void;
}

function encode(message: StreetMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}

/** Tells every open window what happens on the street. */
export function createLiveStreams(street: Street): LiveStreams {
  const responses = new Set<ServerResponse>();

  const send = (response: ServerResponse, text: string): void => {
    if (response.writableLength > lagLimitBytes) response.destroy();
    else response.write(text);
  };
  const sendToAll = (text: string): void => {
    for (const response of responses) send(response, text);
  };
  const stopWatching = street.watch((message) => {
    sendToAll(encode(message));
  });
  const heartbeat = setInterval(() => {
    sendToAll(':\n\n');
  }, heartbeatMs);

  return {
    open: (response) => {
      if (responses.size >= streamLimit) throw new Refusal('too_many_connections');
      responses.add(response);
      response.on('close', () => responses.delete(response));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      send(response, encode(street.overview()));
    },
    end: () => {
      clearInterval(heartbeat);
      stopWatching();
      for (const response of responses) response.end();
    },
  };
}
