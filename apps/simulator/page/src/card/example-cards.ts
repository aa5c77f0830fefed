import { m } from '../i18n/messages.ts';

/** A card that somebody on the street has in a pocket. */
export interface ExampleCard {
  readonly look: 'green' | 'brass';
  readonly number: string;
  readonly holdIt: () => string;
  readonly copyIt: () => string;
}

/** Two cards to begin with: one of seven bytes and one of four. */
export const exampleCards: readonly ExampleCard[] = [
  {
    look: 'green',
    number: '045E2A91C73B80',
    holdIt: () => m.card_hold_green(),
    copyIt: () => m.card_copy_green(),
  },
  {
    look: 'brass',
    number: '9A3FC271',
    holdIt: () => m.card_hold_brass(),
    copyIt: () => m.card_copy_brass(),
  },
];
