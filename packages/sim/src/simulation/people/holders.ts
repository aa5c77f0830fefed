import type { QrContent } from '@claviger/protocol';
import type { SeededKey } from '../../crypto.ts';
import { pictureText } from '../../pictures.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { BoxLock } from '../street/box-face.ts';
import type { Entity, Holding, Token } from '../street/facts.ts';
import type { Attempt } from './attempt.ts';

/** Where and when somebody shows something. */
export interface Place {
  readonly lock: BoxLock;
  readonly now: number;
  readonly chance: Chance;
}

export type Shown = NonNullable<Attempt['picture']>;

const readerOf = { pin: 'keypad', card: 'card_reader', qr: 'qr_reader' } as const;

/** QRs say whole seconds. */
const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;

/** A rule of its own, for a door that does not know the Key yet; a counted Key's picture has none (C3). */
function ruleOf({ key }: Holding): QrContent['rule'] {
  if (key.maxUses !== undefined || key.repeat) return undefined;
  const { from, until } = key;
  return { from: from && wholeSecond(from), until: until && wholeSecond(until), window: undefined };
}

/** The picture that the holder's page or phone shows now, or a still one that was shared. */
export function drawPicture({ now, chance }: Place, holding: Holding, entity: Entity): Shown {
  const { key } = holding;
  const isStatic = chance.happens(0.3);
  const signedAt = wholeSecond(isStatic ? now - chance.below(3_600_000) : now);
  const namesLocks = chance.happens(0.5);
  return {
    key: key.id,
    at: now,
    issuer: entity.issuer,
    qrSecret: entity.secrets.qrSecret,
    entity,
    content: { keyType: key.type, issue: key.issue, signedAt, isStatic, rule: ruleOf(holding) },
    locks: namesLocks ? key.bindings.slice(0, 10).map(({ lock }) => lock) : [],
  };
}

export function attemptByPicture(
  who: string,
  place: Place,
  shown: { picture: Shown; holding?: Holding },
): Attempt {
  const { lock } = place;
  const { picture, holding } = shown;
  const token = holding?.tokens.find(({ kind }) => kind === 'qr');
  const text = pictureText(picture);
  return { who, lockId: lock.id, lock: lock.number, reader: 'qr_reader', text, holding, token, picture };
}

/** What somebody with a Key shows at a reader; undefined for a link, which is opened on its page. */
export function attemptByToken(
  who: string,
  place: Place,
  shown: { holding: Holding; token: Token; entity: Entity },
): Attempt | undefined {
  const { holding, token, entity } = shown;
  const { lock } = place;
  if (token.kind === 'link') return undefined;
  if (token.kind === 'qr') {
    const picture = drawPicture(place, holding, entity);
    return attemptByPicture(who, place, { picture, holding });
  }
  const reader = readerOf[token.kind];
  return { who, lockId: lock.id, lock: lock.number, reader, text: token.secret, holding, token };
}

/** A try with what nobody has: digits, a number, a text. */
export function attemptByGuess(who: string, { lock, chance }: Place, taken: ReadonlySet<string>): Attempt {
  const at = { who, lockId: lock.id, lock: lock.number };
  const reader = chance.pick(['keypad', 'keypad', 'keypad', 'card_reader', 'qr_reader'] as const);
  if (reader === 'qr_reader') return { ...at, reader, text: 'HTTPS://EXAMPLE.ORG', isMalformed: true };
  if (reader === 'card_reader') return { ...at, reader, text: 'fffffffe' };
  if (chance.happens(0.1)) return { ...at, reader, text: '12345', isMalformed: true };
  let text = String(100_000 + chance.below(900_000));
  while (taken.has(text)) text = String(100_000 + chance.below(900_000));
  return { ...at, reader, text };
}

/** A picture that somebody drew who has not the Entity's key: under a name of its own, or of the Entity. */
export function forgedPicture(picture: Shown, stranger: SeededKey, isBoasting: boolean): string {
  if (!isBoasting) return pictureText({ ...picture, issuer: stranger });
  const { publicKey } = picture.entity.issuer;
  return pictureText({ ...picture, issuer: { publicKey, sign: stranger.sign } });
}
