import { m } from '../i18n/messages.ts';

/** A card that somebody on the street has in a pocket. */
export interface ExampleCard {
  readonly look: 'petrol' | 'brass';
  readonly number: string;
  readonly name: () => string;
}

/** Two cards to begin with: one of seven bytes and one of four. */
export const exampleCards: readonly ExampleCard[] = [
  { look: 'petrol', number: '045E2A91C73B80', name: () => m.card_green() },
  { look: 'brass', number: '9A3FC271', name: () => m.card_brass() },
];
