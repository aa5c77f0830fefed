import { createFormat, type Format, m, pageTag } from '@claviger/web-kit';
import type { KeyCommand, ShownKey } from '@claviger/protocol';
import { ask, pause } from './ask.ts';
import { createDoorPart, type Sight } from './door-part.ts';
import { element, say } from './element.ts';
import { afterAnswer, afterOpening, firstKnowledge, type Knowledge, waitS } from './knowledge.ts';
import { isHeldBack } from './obstacle.ts';
import { createPinPart, createQrPart } from './proof/proof-part.ts';
import { obstacleText, spanText, worksOfflineText } from './words.ts';

/** Whether a door is there, and the uses that are left, are asked for this often while somebody looks. */
const reloadEveryMs = 15_000;

/** And this often while a door is about to learn of the Key, which takes it two seconds. */
const waitingReloadMs = 3_000;

/** Countdowns and the steps of the QR run on this beat. */
const beatMs = 1_000;

/** The page of a Key in an element: reads it, draws it and keeps it current. It changes nothing by itself. */
export async function startKeyPage(page: HTMLElement, token: string): Promise<void> {
  const answer = await ask<ShownKey>('/api/key-page', { token });
  page.ariaBusy = 'false';
  if (answer.kind === 'told') showKey(page, token, answer.value);
  else if (answer.kind === 'refused' && (answer.code === 'not_found' || answer.code === 'invalid_input')) {
    showUnknown(page);
  } else if (answer.kind === 'refused' && answer.code === 'key_ended') {
    showEnd(page, m.guest_page_revoked());
  } else if (answer.kind === 'refused' && answer.retryAfterS !== undefined) {
    await showWait(page, answer.retryAfterS);
    await startKeyPage(page, token);
  } else showRetry(page, token);
}

/** The link leads to no Key. */
export function showUnknown(page: HTMLElement): void {
  showEnd(page, m.guest_page_unknown_title(), element('p', '', m.guest_page_unknown_text()));
}

/** There is no Key to show: why, and whom to ask. */
function showEnd(page: HTMLElement, title: string, ...more: readonly Element[]): void {
  page.replaceChildren(element('h1', '', title), ...more, element('p', '', m.guest_page_ask()));
}

/** Counts down until the server wants to be asked again. */
async function showWait(page: HTMLElement, seconds: number): Promise<void> {
  const says = element('p', '');
  // A status would be read out every second.
  says.setAttribute('role', 'timer');
  page.replaceChildren(element('h1', '', m.guest_page_title()), says);
  for (let left = seconds; left > 0; left -= 1) {
    says.textContent = m.guest_page_wait({ seconds: left });
    await pause(beatMs);
  }
}

function showRetry(page: HTMLElement, token: string): void {
  const again = element('button', '', m.action_try_again());
  again.type = 'button';
  again.addEventListener('click', () => void startKeyPage(page, token));
  const advice = element('p', 'small', m.error_unreachable_advice());
  page.replaceChildren(
    element('h1', '', m.guest_page_title()),
    element('p', '', m.guest_page_silent()),
    advice,
    again,
  );
}

function closedText(shown: ShownKey, format: Format): string {
  const { status } = shown;
  return obstacleText({ kind: status === 'active' ? 'suspended' : status }, shown, format);
}

function createHead(shown: ShownKey) {
  const span = element('p', 'span');
  const zone = element('p', 'small');
  const offline = element('p', 'notice');
  offline.setAttribute('role', 'status');
  const wait = element('p', 'notice');
  wait.setAttribute('role', 'timer');
  const state = element('p', 'state');
  const address = shown.address === '' ? [] : [element('p', 'address', shown.address)];
  const root = element(
    'header',
    '',
    element('h1', '', shown.place),
    ...address,
    span,
    zone,
    state,
    offline,
    wait,
  );
  return {
    root,
    update: ({ shown: current, now, isSilent, waitS: seconds, format }: Sight) => {
      say(span, spanText(current, format));
      // Without a door there is no button that would say so.
      say(state, shown.locks.length > 0 ? '' : closedText(current, format));
      say(zone, m.guest_page_zone({ zone: format.zone }));
      const works = worksOfflineText(current, now);
      const asOf = m.guest_page_offline({ time: format.clock(current.serverAt) });
      say(offline, isSilent ? `${asOf} ${works}`.trim() : '');
      say(wait, seconds === 0 ? '' : m.guest_page_wait({ seconds }));
    },
  };
}

/** Whether a door that is there will have the Key, or its newest change, in a moment. */
function isOnItsWay({ locks }: ShownKey): boolean {
  return locks.some((lock) => lock.isOnline && lock.waiting !== undefined && !isHeldBack(lock));
}

function showKey(page: HTMLElement, token: string, first: ShownKey): void {
  document.title = `${first.place} · ${m.guest_page_title()}`;
  let known: Knowledge = firstKnowledge(first, Date.now());

  const serverNow = (): number => Date.now() + known.shown.serverAt - known.loadedAt;
  const format = createFormat(pageTag(), first.zone);
  const head = createHead(first);
  const learn = (next: Knowledge): void => {
    known = next;
    update();
  };
  const onTold = (command: KeyCommand): void => learn(afterOpening(known, command));
  const doors = first.locks.map((lock) =>
    createDoorPart({ token, lock, format, serverNow, onTold, onOpened: () => void reload() }),
  );
  const parts = [head, ...doors, createQrPart(), createPinPart()];
  page.replaceChildren(...parts.map(({ root }) => root));

  const update = (): void => {
    const { shown, isSilent } = known;
    const sight = { shown, now: serverNow(), isSilent, waitS: waitS(known, Date.now()), format };
    for (const part of parts) part.update(sight);
  };

  let askedAt = Date.now();
  const reload = async (): Promise<void> => {
    if (waitS(known, Date.now()) > 0) return;
    askedAt = Date.now();
    const answer = await ask<ShownKey>('/api/key-page', { token });
    // What is drawn here is nobody's business any more.
    if (answer.kind === 'refused' && answer.code === 'key_ended') {
      location.reload();
      return;
    }
    learn(afterAnswer(known, answer, Date.now()));
    const left = waitS(known, Date.now());
    if (left > 0) setTimeout(() => void reload(), left * beatMs);
  };

  update();
  setInterval(update, beatMs);
  setInterval(() => {
    const everyMs = isOnItsWay(known.shown) ? waitingReloadMs : reloadEveryMs;
    const isDue = Date.now() - askedAt >= everyMs;
    if (isDue && document.visibilityState === 'visible') void reload();
  }, beatMs);
  for (const event of ['online', 'offline']) addEventListener(event, () => void reload());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void reload();
  });
}
