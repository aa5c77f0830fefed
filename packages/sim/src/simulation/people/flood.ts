import type { Chance } from '../../oracle/chance.ts';
import { streamOf } from '../faults/weather.ts';
import type { Street } from '../street/street.ts';
import { secretsOf } from './crowd.ts';
import { attemptByGuess } from './holders.ts';

/** Most times that one flood shows what it has, and most floods of a world. */
const showsLimit = 160;
const floodsLimit = 4;

/** A card lies before its reader, or a robot types as fast as it can; then perhaps it pulls the plug. */
function flood(street: Street, chance: Chance, endsAt: number): void {
  const { scheduler } = street.parts;
  const box = chance.pick(street.boxes);
  const lock = chance.pick(box.locks);
  const attempt = attemptByGuess('flood', { lock, chance, now: scheduler.now() }, secretsOf(street));
  let left = 40 + chance.below(showsLimit - 40);
  const isCutSoon = street.parts.weather.strength('power') > 0 && chance.happens(0.6);
  const end = (): void => {
    if (isCutSoon && scheduler.now() < endsAt) box.cut();
  };
  const step = (): void => {
    if (scheduler.now() >= endsAt) return;
    if (left === 0) {
      scheduler.after(chance.below(8_000), end);
      return;
    }
    left -= 1;
    street.present(box, attempt);
    scheduler.after(50 + chance.below(450), step);
  };
  step();
}

/** In a third of the worlds readers are flooded; the others are what they were before that could happen. */
export function planFloods(street: Street, { startsAt, endsAt }: { startsAt: number; endsAt: number }): void {
  const chance = streamOf(street.parts.seed, 'gathered');
  if (!chance.happens(0.33)) return;
  for (let planned = 1 + chance.below(floodsLimit); planned > 0; planned -= 1) {
    street.parts.scheduler.after(chance.below(endsAt - startsAt), () => {
      flood(street, chance, endsAt);
    });
  }
}
