import type { Reader } from '@claviger/domain';
import { openings, picture, type FacadeKind } from './geometry.ts';

interface FittingsProps {
  readonly kind: FacadeKind;
  readonly readers: readonly Reader[];
}

/**
 * Frame and contact, the box with its lamp, its cable, and the exit button behind the wall (drawn dashed).
 */
function Fixtures({ kind }: { kind: FacadeKind }) {
  const { x, y, width, height } = openings[kind];
  const right = x + width;
  const box = right + 24;
  const button = box + 44;
  return (
    <g>
      <path className="facade-frame" d={`M${x - 4} 248V${y - 4}H${right + 4}V248`} />
      <rect className="fitting-reed" x={right - 24} y={y - 9} width="14" height="5" rx="1.5" />
      <rect className="fitting-strike" x={right + 1} y={y + height / 2 - 8} width="4" height="16" rx="1" />
      <g className="fitting-lamp" transform={`translate(${box + 12} ${y + 4})`}>
        <circle className="lamp-glow" r="34" />
        <path className="lamp-arm" d="M0-12v6M-7-6h14l3 14h-20z" />
        <circle className="lamp-light" cy="3" r="4" />
      </g>
      <path className="fitting-cable" d={`M${box + 12} 206V262`} />
      <path className="fitting-cut" d={`M${box + 7} 222l10 8m0-8l-10 8`} />
      <g className="fitting-box" transform={`translate(${box} 158)`}>
        <rect className="box-back" x="2" y="2" width="20" height="44" rx="4" />
        <g className="box-cover">
          <rect width="24" height="48" rx="6" />
          <circle className="box-hole" cx="12" cy="20" r="4" />
          <path className="box-hole" d="M10.4 21.5h3.2l1.4 9h-6z" />
          <circle className="box-light" cx="12" cy="40" r="2.2" />
        </g>
      </g>
      <g className="fitting-exit" transform={`translate(${button} 168)`}>
        <rect className="exit-wall" width="28" height="28" rx="6" />
        <circle className="exit-button" cx="14" cy="14" r="7" />
      </g>
    </g>
  );
}

/** The readers beside the door, in one housing: their light, the glass of the QR reader, the keys. */
function ReaderPost({ kind, readers }: FittingsProps) {
  const hasGlass = readers.includes('qr_reader');
  return (
    <g transform={`translate(${openings[kind].x - 24} 158)`}>
      <rect className="reader-housing" width="16" height="38" rx="3.5" />
      <circle className="reader-eye" cx="8" cy="5.5" r="2" />
      {hasGlass && <rect className="reader-glass" x="4" y="10" width="8" height="8" rx="1" />}
      <path
        className="reader-keys"
        d="M4.5 23h0m3.5 0h0m3.5 0h0M4.5 27.5h0m3.5 0h0m3.5 0h0M4.5 32h0m3.5 0h0m3.5 0h0"
      />
    </g>
  );
}

/** Somebody who walks to the door and through it. */
function Person({ kind }: { kind: FacadeKind }) {
  const { x, width } = openings[kind];
  return (
    <g className="facade-person" transform={`translate(${x + width / 2} 252)`}>
      <g className="person-walk">
        <circle className="person-head" cy="-84" r="9" />
        <path className="person-coat" d="M-15-18l4-42q2-12 11-12t11 12l4 42z" />
        <path className="person-legs" d="M-7-18V0m13-18V0" />
      </g>
    </g>
  );
}

/** Everything in front of the leaf. */
export function Fittings({ kind, readers }: FittingsProps) {
  return (
    <svg className="facade-layer" viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden>
      <Fixtures kind={kind} />
      {readers.length > 0 && <ReaderPost kind={kind} readers={readers} />}
      <Person kind={kind} />
    </svg>
  );
}
