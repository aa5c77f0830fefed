import { m, statusAt } from '@claviger/web-kit';
import type { Sight } from './door-part.ts';
import { element, say } from './element.ts';
import { qrPath, qrTextAt, stepAt } from './qr-steps.ts';

const svg = 'http://www.w3.org/2000/svg';

/** A part of the page that stands while the Key can be shown at a door. */
export interface ProofPart {
  readonly root: HTMLElement;
  readonly update: (sight: Sight) => void;
}

function isShowable({ shown, now }: Sight): boolean {
  return statusAt(shown, now) === 'active' && shown.locks.some(({ usesLeft }) => usesLeft !== 0);
}

/** The QR code, drawn anew in every step by the page itself. */
export function createQrPart(): ProofPart {
  const path = document.createElementNS(svg, 'path');
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', m.guest_page_qr());
  picture.setAttribute('shape-rendering', 'crispEdges');
  picture.append(path);
  const title = element('h2', '', m.guest_page_qr());
  const hint = element('p', 'small');
  const root = element('section', 'card qr', title, picture, hint);
  let drawn = '';

  const draw = async (qr: NonNullable<Sight['shown']['qr']>, step: number): Promise<void> => {
    const wanted = `${step} ${qr.body}`;
    if (wanted === drawn) return;
    drawn = wanted;
    const code = qrPath(await qrTextAt(qr, step));
    picture.setAttribute('viewBox', `0 0 ${code.size} ${code.size}`);
    path.setAttribute('d', code.path);
  };

  return {
    root,
    update: (sight) => {
      const { qr, hasPicture } = sight.shown;
      say(hint, hasPicture ? m.guest_page_qr_hint_picture() : m.guest_page_qr_hint());
      root.hidden = qr === undefined || !isShowable(sight);
      if (qr !== undefined && !root.hidden) void draw(qr, stepAt(sight.now));
    },
  };
}

/** The PIN, large, in groups of three. */
export function createPinPart(): ProofPart {
  const digits = element('p', 'digits');
  digits.dir = 'ltr';
  const title = element('h2', '', m.key_pin());
  const root = element('section', 'card pin', title, digits, element('p', 'small', m.guest_page_pin_hint()));
  return {
    root,
    update: (sight) => {
      const { pin } = sight.shown;
      root.hidden = pin === undefined || !isShowable(sight);
      const grouped = (pin ?? '').replace(/\d{3}(?=\d{2})/g, '$& ');
      if (digits.textContent !== grouped) digits.textContent = grouped;
    },
  };
}
