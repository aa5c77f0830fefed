import { createClient } from '@claviger/protocol';
import { learnServerTime } from './server-clock.ts';
import { noteAnswer, noteSilence } from './silence.ts';

/** A request without an answer for this long counts as unreachable; no call of the API takes a second. */
export const requestLimitMs = 15_000;

/** The HTTP API of the installation this page came from. */
export const client = createClient({
  fetch: async (request) => {
    try {
      const response = await fetch(request, { signal: AbortSignal.timeout(requestLimitMs) });
      learnServerTime(response.headers.get('date'));
      noteAnswer();
      return response;
    } catch (error) {
      noteSilence();
      throw error;
    }
  },
});
