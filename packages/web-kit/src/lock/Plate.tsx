import type { PlateState } from './plate-state.ts';
import './plate.css';

/**
 * The escutcheon, our mark for a lock. Shape, fill and the angle of the keyhole carry the state, colour only
 * helps: upright = secured, 45° = unlocked, lying = open, filled with a notch = wrong, dashed = nobody hears
 * it. It is decoration: the words beside it say the same. `size` is its height in pixels.
 */
export function Plate({ state, size = 40 }: { state: PlateState; size?: number }) {
  return (
    <svg
      className="plate"
      data-state={state}
      width={size * 0.64}
      height={size}
      viewBox="0 0 32 50"
      aria-hidden
    >
      <rect className="plate-body" x="1.5" y="1.5" width="29" height="47" rx="14.5" />
      <g className="plate-hole">
        <circle cx="16" cy="20.5" r="4.6" />
        <path d="M14 22h4l1.8 11.5h-7.6z" />
      </g>
      <path className="plate-notch" d="M16 39v.1M16 42" />
    </svg>
  );
}
