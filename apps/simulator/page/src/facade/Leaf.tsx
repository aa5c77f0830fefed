import type { CSSProperties } from 'react';
import { openings, picture, type FacadeKind } from './geometry.ts';

function HouseLeaf({ width, height }: { width: number; height: number }) {
  return (
    <>
      <rect className="leaf-board" width={width} height={height} />
      <rect className="leaf-panel" x="12" y="12" width={width - 24} height="34" rx="2" />
      <rect className="leaf-panel" x="12" y="56" width={width - 24} height="28" rx="2" />
      <rect className="leaf-panel" x="12" y="94" width={width - 24} height="26" rx="2" />
    </>
  );
}

function GarageLeaf({ width, height }: { width: number; height: number }) {
  return (
    <>
      <rect className="leaf-board" width={width} height={height} />
      {[0, 1, 2, 3].map((row) => (
        <rect
          key={row}
          className="leaf-panel"
          x="8"
          y={row * (height / 4) + 6}
          width={width - 16}
          height={height / 4 - 12}
          rx="2"
        />
      ))}
    </>
  );
}

function GardenLeaf({ width, height }: { width: number; height: number }) {
  return (
    <>
      <rect className="leaf-board" width={width} height={height} />
      <path className="leaf-panel" d="M14 0v126M28 0v126M42 0v126M56 0v126M70 0v126" />
      <path className="leaf-brace" d="M4 22h76M4 104h76M6 102L78 24" />
    </>
  );
}

const leaves = { house: HouseLeaf, garage: GarageLeaf, garden: GardenLeaf } as const;

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(3)}%`;
}

/**
 * The moving leaf with its handle, its half of the contact and its bolt, which reaches into the frame when
 * thrown.
 */
export function Leaf({ kind }: { kind: FacadeKind }) {
  const opening = openings[kind];
  const { width, height } = opening;
  const Board = leaves[kind];
  const place: CSSProperties = {
    insetInlineStart: percent(opening.x, picture.width),
    insetBlockStart: percent(opening.y, picture.height),
    inlineSize: percent(width, picture.width),
    blockSize: percent(height, picture.height),
  };
  return (
    <div className="facade-opening" data-kind={kind} style={place}>
      <svg className="facade-leaf" viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <Board width={width} height={height} />
        <rect className="leaf-contact" x={width - 24} y="2" width="14" height="5" rx="1.5" />
        <rect className="leaf-bolt" x={width - 12} y={height / 2 - 3} width="20" height="6" rx="1.5" />
        <rect className="leaf-lock" x={width - 16} y={height / 2 - 13} width="10" height="26" rx="5" />
      </svg>
    </div>
  );
}
