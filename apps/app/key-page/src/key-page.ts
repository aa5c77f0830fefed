import { createFormat, type Format, m, pageTag } from '@claviger/web-kit';
import type { ShownKey } from '@claviger/protocol';
import { ask } from './ask.ts';
import { createDoorPart, type Sight } from './door-part.ts';
import { element, say } from './element.ts';
import { createPinPart, createQrPart } from './proof-part.ts';
import { obstacleText, spanText } from './words.ts';

/** Whether a door is there, and the uses that are left, are asked for this often while somebody looks. */
const reloadEveryMs = 15_000;

/** Countdowns and the steps of the QR run on this beat. */
const beatMs = 1_000;

/** What was loaded, and when by this device's clock; how far that clock is off follows. */
interface Loaded {
  readonly shown: ShownKey;
  readonly loadedAt: number;
}

/** The page of a Key in an element: reads it, draws it and keeps it current. It changes nothing by itself. */
export async function startKeyPage(page: HTMLElement, token: string): Promise<void> {
  const answer = await ask<ShownKey>('/api/key-page', { token });
  page.ariaBusy = 'false';
  if (answer.kind === 'told') showKey(page, token, answer.value);
  else if (answer.kind === 'refused' && (answer.code === 'not_found' || answer.code === 'invalid_input')) {
    showUnknown(page);
  } else showRetry(page, token);
}

/** The link leads to no Key. */
export function showUnknown(page: HTMLElement): void {
  page.replaceChildren(
    element('h1', '', m.guest_page_unknown_title()),
    element('p', '', m.guest_page_unknown_text()),
  );
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
  const state = element('p', 'state');
  const address = shown.address === '' ? [] : [element('p', 'address', shown.address)];
  const root = element('header', '', element('h1', '', shown.place), ...address, span, zone, state, offline);
  return {
    root,
    update: ({ shown: current, isSilent, format }: Sight, loadedAt: number) => {
      say(span, spanText(current, format));
      // Without a door there is no button that would say so.
      say(state, shown.locks.length > 0 ? '' : closedText(current, format));
      say(zone, m.guest_page_zone({ zone: format.zone }));
      const works = current.qr === undefined && current.pin === undefined ? '' : m.guest_page_offline_works();
      const asOf = m.guest_page_offline({ time: format.clock(loadedAt) });
      say(offline, isSilent ? `${asOf} ${works}`.trim() : '');
    },
  };
}

function showKey(page: HTMLElement, token: string, first: ShownKey): void {
  document.title = `${first.place} · ${m.guest_page_title()}`;
  let loaded: Loaded = { shown: first, loadedAt: Date.now() };
  let isSilent = false;

  const serverNow = (): number => Date.now() + loaded.shown.serverAt - loaded.loadedAt;
  const format = createFormat(pageTag(), first.zone);
  const head = createHead(first);
  const doors = first.locks.map((lock) =>
    createDoorPart({ token, lock, format, serverNow, onOpened: () => void reload() }),
  );
  const proofs = [createQrPart(), createPinPart()];
  page.replaceChildren(head.root, ...[...doors, ...proofs].map(({ root }) => root));

  const update = (): void => {
    const { shown } = loaded;
    const sight = { shown, now: serverNow(), isSilent, format };
    head.update(sight, shown.serverAt);
    for (const part of [...doors, ...proofs]) part.update(sight);
  };

  const reload = async (): Promise<void> => {
    const answer = await ask<ShownKey>('/api/key-page', { token });
    isSilent = answer.kind === 'silent';
    if (answer.kind === 'told') loaded = { shown: answer.value, loadedAt: Date.now() };
    if (answer.kind === 'refused' && answer.code === 'not_found') {
      loaded = { ...loaded, shown: { ...loaded.shown, status: 'revoked' } };
    }
    update();
  };

  update();
  setInterval(update, beatMs);
  setInterval(() => {
    if (document.visibilityState === 'visible') void reload();
  }, reloadEveryMs);
  for (const event of ['online', 'offline']) addEventListener(event, () => void reload());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void reload();
  });
}
