import {
  hasCardNumberForm,
  hasPinForm,
  methodOfReader,
  type Presentation,
  type Reader,
} from '@claviger/domain';
import { cardLookup, hasQrForm, hexBytes, pinLookup } from '@claviger/protocol';
import type { Core } from '../core.ts';
import type { DoorList } from '../lists/door-list.ts';
import { presentedQr } from './presented-qr.ts';

/** What a reader has read, as it was read. */
export interface Shown {
  readonly reader: Reader;
  readonly text: string;
}

function cardNumber(text: string): Uint8Array | undefined {
  return hasCardNumberForm(text) ? hexBytes(text) : undefined;
}

/** The slow digest is computed for every entry that has the form of a PIN, so that none answers faster. */
function pinLookupOf(text: string, { crypto, identity }: Core): string | undefined {
  const { secrets } = identity;
  if (!secrets) return undefined;
  const digest = crypto.pinDigest(text, secrets.pinSalt);
  return pinLookup(digest, { pepper: secrets.pepper, hmac: crypto.hmac });
}

function cardLookupOf(number: Uint8Array, { crypto, identity }: Core): string | undefined {
  const { secrets } = identity;
  return secrets && cardLookup(number, { pepper: secrets.pepper, hmac: crypto.hmac });
}

function bareOf({ reader }: Shown): Presentation {
  return { method: methodOfReader[reader], path: reader, isMalformed: false, verified: 'not_tested' };
}

/** SEMANTICS C8. */
function hasForm({ reader, text }: Shown): boolean {
  switch (reader) {
    case 'keypad':
      return hasPinForm(text);
    case 'card_reader':
      return cardNumber(text) !== undefined;
    case 'qr_reader':
      return hasQrForm(text);
  }
}

/**
 * What is said of a presentation that comes in a pause: nothing of it is digested or looked up (C9), and what
 * has not the form of its method is still *malformed*, which comes first (R1).
 */
export function unread(shown: Shown): Presentation {
  return { ...bareOf(shown), isMalformed: !hasForm(shown) };
}

/** A credential as the decision takes it: digested, its signature tested. Never throws for what was shown. */
export function presentationOf(core: Core, shown: Shown, door: DoorList): Presentation {
  const { reader, text } = shown;
  const bare = bareOf(shown);
  switch (reader) {
    case 'keypad':
      return hasPinForm(text) ? { ...bare, lookup: pinLookupOf(text, core) } : { ...bare, isMalformed: true };
    case 'card_reader': {
      const number = cardNumber(text);
      return number ? { ...bare, lookup: cardLookupOf(number, core) } : { ...bare, isMalformed: true };
    }
    case 'qr_reader':
      return { ...bare, ...presentedQr(core, text, door) };
  }
}
