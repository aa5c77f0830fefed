import { isFinalStage } from '@claviger/domain';
import { type Format, type Intention, intentionAt, m } from '@claviger/web-kit';
import type { KeyCommand } from '@claviger/protocol';
import { ask, pause, type Answer } from '../ask.ts';
import { openingText } from './opening-text.ts';

/** A person stands before the door: how far the opening is, is asked for this often. */
const followEveryMs = 1_000;

/** An opening is followed this long; a door that stands open longer is no news to who opened it. */
const followForMs = 60_000;

interface Press {
  readonly token: string;
  readonly lockId: string;
  readonly format: Format;
  /** How long an opening leaves the lock unlocked. */
  readonly unlockForMs: number;
  readonly serverNow: () => number;
  readonly onSays: (sentence: string) => void;
  readonly onTold: (command: KeyCommand) => void;
  /** The server wants no press for so many seconds; nothing is pressed again by itself. */
  readonly onWait: (seconds: number) => void;
  /** Nothing more is to be heard of this opening. */
  readonly onEnd: () => void;
}

/** How a press that the server did not take is told. */
function refusalText(answer: Exclude<Answer<KeyCommand>, { kind: 'told' }>): string {
  if (answer.kind === 'silent') return m.error_unreachable();
  if (answer.code === 'lock_offline') return m.guest_page_door_offline();
  if (answer.code === 'key_ended') return m.guest_page_revoked();
  return answer.retryAfterS === undefined ? m.guest_page_not_sent() : m.error_too_many_requests();
}

async function follow(command: KeyCommand, press: Press): Promise<void> {
  const { token, format, unlockForMs, serverNow, onSays, onTold } = press;
  let newest = command;
  onTold(newest);
  const text = (isHeard: boolean): string =>
    openingText(newest, { isHeard, unlockForMs, now: serverNow() }, format);
  onSays(text(true));
  const looks = followForMs / followEveryMs;
  for (let look = 0; look < looks && !isFinalStage(newest.stage); look += 1) {
    await pause(followEveryMs);
    const answer = await ask<KeyCommand>('/api/key-page/command', { token, commandId: command.id });
    if (answer.kind === 'told') {
      newest = answer.value;
      onTold(newest);
    }
    onSays(text(answer.kind === 'told'));
  }
}

/**
 * What presses **Open**: one press is one opening, however often it has to be sent, and the next is possible
 * when this one has ended; until then it is busy. Nothing is told that the door has not confirmed.
 */
export function createPresser(): {
  readonly press: (press: Press) => Promise<void>;
  readonly isBusy: () => boolean;
} {
  let intention: Intention | undefined;
  let isBusy = false;
  const press = async (wanted: Press): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    intention = intentionAt(Date.now(), intention);
    wanted.onSays(m.guest_page_asking());
    const { token, lockId } = wanted;
    const headers = { 'idempotency-key': intention.key };
    const answer = await ask<KeyCommand>('/api/key-page/open', { token, lockId }, headers);
    if (answer.kind !== 'silent') intention = undefined;
    if (answer.kind === 'told') await follow(answer.value, wanted);
    else {
      if (answer.kind === 'refused' && answer.retryAfterS !== undefined) wanted.onWait(answer.retryAfterS);
      wanted.onSays(refusalText(answer));
    }
    isBusy = false;
    wanted.onEnd();
  };
  return { press, isBusy: () => isBusy };
}
