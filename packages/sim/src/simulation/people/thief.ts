import type { SeededKey } from '../../crypto.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { Holding } from '../street/facts.ts';
import type { Attempt } from './attempt.ts';
import { attemptByPicture, forgedPicture, type Place, type Shown } from './holders.ts';

/** What a thief has photographed: a picture, when, and whose. */
interface Photo {
  readonly picture: Shown;
  readonly holding: Holding;
}

const albumLimit = 40;

/** Somebody who photographs screens, keeps what was thrown away, and draws pictures. */
export interface Thief {
  readonly photograph: (attempt: Attempt) => void;
  readonly tryAt: (place: Place) => Attempt | undefined;
}

export function createThief(chance: Chance, ownKey: SeededKey): Thief {
  const album: Photo[] = [];
  return {
    photograph: ({ picture, holding }) => {
      if (!picture || !holding) return;
      album.push({ picture, holding });
      if (album.length > albumLimit) album.shift();
    },
    tryAt: (place) => {
      if (album.length === 0) return undefined;
      const photo = chance.pick(album);
      const drawn = chance.below(10);
      const attempt = attemptByPicture('thief', place, photo);
      if (drawn > 2) return attempt;
      const text = forgedPicture(photo.picture, ownKey, drawn === 0);
      return { ...attempt, text, isForged: drawn === 0 ? 'bad' : 'unknown_issuer' };
    },
  };
}
