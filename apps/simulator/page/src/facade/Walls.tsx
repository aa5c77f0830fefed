import { openings, picture, type FacadeKind } from './geometry.ts';

function House() {
  return (
    <g>
      <path className="facade-wall" d="M36 248V84h24V66h26V50h26V36h34V20h108v16h34v14h26v16h26v18h24v164z" />
      <path
        className="facade-line"
        d="M36 84h24M60 66h26M86 50h26M112 36h34M146 20h108M254 36h34M288 50h26M314 66h26M340 84h24"
      />
      <circle className="facade-glass" cx="200" cy="56" r="13" />
      <path className="facade-line" d="M200 43v26M187 56h26M52 98h296" />
      {[58, 318].map((x) => (
        <g key={x}>
          <rect className="facade-glass" x={x} y="124" width="34" height="62" rx="2" />
          <path className="facade-line" d={`M${x + 17} 124v62M${x} 150h34`} />
          <path className="facade-sill" d={`M${x - 5} 188h44`} />
        </g>
      ))}
      <path className="facade-step" d="M108 248h116v-6H108z" />
    </g>
  );
}

function Garage() {
  return (
    <g>
      <path className="facade-wall" d="M28 248V86h344v162z" />
      <path className="facade-roof" d="M18 86V70h364v16z" />
      <path className="facade-line" d="M28 104h344M62 112h186" />
      <path className="facade-back" d="M250 70V44h22v26" />
    </g>
  );
}

/** The courses of stone: where each begins, and where its stones meet. */
const courses = [
  { y: 104, joints: [40, 116, 290, 362] },
  { y: 140, joints: [76, 330] },
  { y: 176, joints: [40, 112, 300, 366] },
  { y: 212, joints: [76, 330] },
]
  .map(({ y, joints }) => `M0 ${y}h400${joints.map((x) => `M${x} ${y}v36`).join('')}`)
  .join('');

function Garden() {
  return (
    <g>
      {[
        [54, 92, 40],
        [110, 78, 34],
        [306, 84, 46],
        [364, 98, 30],
      ].map(([x, y, r]) => (
        <circle key={x} className="facade-leaves" cx={x} cy={y} r={r} />
      ))}
      <path className="facade-wall" d="M0 248V104h400v144z" />
      <path className="facade-roof" d="M0 104V94h400v10z" />
      <path className="facade-line" d={courses} />
    </g>
  );
}

const walls = { house: House, garage: Garage, garden: Garden } as const;

function Inside({ kind }: { kind: FacadeKind }) {
  const { x, y, width, height } = openings[kind];
  const middle = x + width / 2;
  return (
    <g>
      <rect className="facade-inside" x={x} y={y} width={width} height={height} />
      {kind === 'house' && (
        <path className="facade-inside-line" d={`M${x} 236l20-14h48l20 14M${x + 20} 118v104m48-104v104`} />
      )}
      {kind === 'garage' && (
        <path
          className="facade-car"
          d={`M${middle - 62} 238v-28l14-6 12-26h72l12 26 14 6v28h-18v-8h-88v8z`}
        />
      )}
      {kind === 'garden' && (
        <>
          <circle className="facade-leaves" cx={x + 18} cy="190" r="18" />
          <circle className="facade-leaves" cx={x + width - 14} cy="184" r="20" />
          <path className="facade-inside-line" d={`M${middle - 8} 200l-22 48m38-48l22 48`} />
        </>
      )}
    </g>
  );
}

/**
 * What stands still behind the leaf: sky, building, the hole in the wall with what is behind it, the
 * pavement.
 */
export function Walls({ kind }: { kind: FacadeKind }) {
  const Wall = walls[kind];
  return (
    <svg className="facade-layer" viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden>
      <Wall />
      <Inside kind={kind} />
      <rect className="facade-ground" x="0" y={picture.ground} width="400" height="36" />
      <path className="facade-line" d="M0 248h400M0 258h400M70 258l-10 26M200 258v26M330 258l10 26" />
    </svg>
  );
}
