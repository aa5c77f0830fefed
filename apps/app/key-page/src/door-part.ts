import { type Format, m, statusAt } from '@claviger/web-kit';
import type { KeyCommand, ShownKey } from '@claviger/protocol';
import { element, say } from './element.ts';
import { obstacleTo } from './obstacle.ts';
import { createPresser } from './opening/opening.ts';
import { obstacleText, usesText, waitingText } from './words.ts';

const secondMs = 1_000;

type ShownLock = ShownKey['locks'][number];

/** What the page knows at a moment. */
export interface Sight {
  readonly shown: ShownKey;
  readonly now: number;
  readonly isSilent: boolean;
  /** Whole seconds until the server wants to be asked again. */
  readonly waitS: number;
  readonly format: Format;
}

interface DoorOptions {
  readonly token: string;
  readonly lock: ShownLock;
  readonly format: Format;
  readonly serverNow: () => number;
  /** How far an opening is, and what it has taken. */
  readonly onTold: (command: KeyCommand) => void;
  /** An opening has ended; what is known of the Key is to be loaded again. */
  readonly onOpened: () => void;
}

export interface DoorPart {
  readonly root: HTMLElement;
  readonly update: (sight: Sight) => void;
}

/** One door of the Key: where it is, Open, how far an opening is, and why not. */
export function createDoorPart({ token, lock, format, serverNow, onTold, onOpened }: DoorOptions): DoorPart {
  const says = element('p', 'door-says');
  says.setAttribute('aria-live', 'polite');
  const reason = element('p', 'door-reason');
  reason.id = `reason-${lock.id}`;
  const waiting = element('p', 'notice');
  waiting.setAttribute('role', 'status');
  const uses = element('p', 'small');
  const usesHint = element('p', 'small');
  const name = element('h2', '', lock.name);
  name.id = `lock-${lock.id}`;
  const button = element('button', 'open', m.lock_open());
  button.type = 'button';
  button.id = `open-${lock.id}`;
  button.setAttribute('aria-labelledby', `${button.id} ${name.id}`);
  button.setAttribute('aria-describedby', reason.id);
  const place = lock.location === '' ? [] : [element('p', 'small', lock.location)];
  const root = element('section', 'card door', name, ...place, waiting, uses, usesHint, button, reason, says);

  const { press, isBusy } = createPresser();
  let pressableAt = 0;
  button.addEventListener('click', () => {
    if (button.ariaDisabled === 'true') return;
    void press({
      token,
      format,
      lockId: lock.id,
      unlockForMs: lock.unlockForMs,
      serverNow,
      onSays: (sentence) => say(says, sentence),
      onTold,
      onWait: (seconds) => {
        pressableAt = serverNow() + seconds * secondMs;
      },
      onEnd: onOpened,
    });
    button.ariaDisabled = 'true';
  });

  return {
    root,
    update: ({ shown, now, isSilent }) => {
      const current = shown.locks.find(({ id }) => id === lock.id) ?? lock;
      const openableAt = Math.max(current.openableAt ?? 0, pressableAt);
      const obstacle = obstacleTo({ ...current, openableAt }, shown, { now, isSilent });
      const isLiving = ['active', 'not_yet'].includes(statusAt(shown, now));
      say(waiting, isLiving ? waitingText(current, format, now) : '');
      say(uses, usesText(current));
      say(usesHint, (current.usesLeft ?? 0) > 0 ? m.guest_page_uses_hint() : '');
      say(reason, obstacle ? obstacleText(obstacle, shown, format) : '');
      button.ariaDisabled = String(isBusy() || obstacle !== undefined);
    },
  };
}
