import { createClient, refusalOf } from '@claviger/protocol';
import { pageLocale } from '../i18n/locale.ts';
import { confirmPerson } from '../session/confirmation.ts';
import { learnServerTime } from './server-clock.ts';
import { noteAnswer, noteSilence } from './silence.ts';

/** A request without an answer for this long counts as unreachable; no call of the API takes a second. */
export const requestLimitMs = 15_000;

async function send(request: Request): Promise<Response> {
  try {
    // What the server mails comes in the language that was chosen here.
    request.headers.set('accept-language', pageLocale());
    const response = await fetch(request, { signal: AbortSignal.timeout(requestLimitMs) });
    learnServerTime(response.headers.get('date'));
    noteAnswer();
    return response;
  } catch (error) {
    noteSilence();
    throw error;
  }
}

/** Whether the server wants to know first that the person is still there; the answer can still be read. */
async function isStepUpNeeded(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const text = await response.clone().text();
  try {
    return refusalOf(JSON.parse(text)).code === 'step_up_needed';
  } catch {
    // A page of something in between: whoever asked is told what that is.
    return false;
  }
}

/**
 * Sends a request. Where the server wants to know first that the person is still there, the person is asked
 * over the page and the same request is sent once more.
 */
async function sendConfirmed(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await send(request);
  if (!(await isStepUpNeeded(response))) return response;
  return (await confirmPerson()) ? send(again) : response;
}

/** The HTTP API of the installation this page came from. */
export const client = createClient({ fetch: sendConfirmed });
