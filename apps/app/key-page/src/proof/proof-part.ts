import { m, statusAt } from '@claviger/web-kit';
import type { Sight } from '../door-part.ts';
import { element, say } from '../element.ts';
import { isTooWeak, bestUse } from './proofs.ts';
import { qrPath, qrTextAt, stepAt } from './qr-steps.ts';
import { pinHint, qrHint } from '../words.ts';

const svg = 'http://www.w3.org/2000/svg';

/** A part of the page that stands while the Key can be shown at a door. */
export interface ProofPart {
  readonly root: HTMLElement;
  readonly update: (sight: Sight) => void;
}

function isShowable({ shown, now }: Sight): boolean {
  const canOpen = ({ usesLeft, waiting }: Sight['shown']['locks'][number]): boolean =>
    usesLeft !== 0 && waiting?.for !== 'another_key';
  return statusAt(shown, now) === 'active' && shown.locks.some(canOpen);
}

/** A proof that a door has come to refuse is not left out: whoever has it in hand would try it. */
function isStanding(sight: Sight, proof: 'qr' | 'pin', isThere: boolean): boolean {
  return isShowable(sight) && (isThere || isTooWeak(bestUse(sight.shown, proof)));
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
      const { qr } = sight.shown;
      say(hint, qrHint(sight.shown));
      root.hidden = !isStanding(sight, 'qr', qr !== undefined);
      picture.toggleAttribute('hidden', qr === undefined);
      if (qr !== undefined && !root.hidden) void draw(qr, stepAt(sight.now));
    },
  };
}

/** The PIN, large, in groups of three. */
export function createPinPart(): ProofPart {
  const digits = element('p', 'digits');
  digits.dir = 'ltr';
  const title = element('h2', '', m.key_pin());
  const hint = element('p', 'small');
  const root = element('section', 'card pin', title, digits, hint);
  return {
    root,
    update: (sight) => {
      const { pin } = sight.shown;
      root.hidden = !isStanding(sight, 'pin', pin !== undefined);
      say(digits, (pin ?? '').replace(/\d{3}(?=\d{2})/g, '$& '));
      say(hint, pinHint(sight.shown));
    },
  };
}
