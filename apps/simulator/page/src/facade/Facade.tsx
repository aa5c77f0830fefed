import type { DoorView } from '../../../src/contract.ts';
import { Fittings } from './Fittings.tsx';
import { facadeOf } from './geometry.ts';
import { Leaf } from './Leaf.tsx';
import { Walls } from './Walls.tsx';
import './facade.css';
import './fittings.css';

/**
 * A house front as somebody on the street sees it. Decoration: the words beside it say the same. `rattles`
 * counts the pushes at a locked door; each one shakes the leaf.
 */
export function Facade({ door, rattles }: { door: DoorView; rattles: number }) {
  const kind = facadeOf(door.model);
  return (
    <div
      className="facade"
      data-kind={kind}
      data-open={door.isOpen}
      data-bolt={door.bolt}
      data-person={door.person}
      data-tampered={door.isTampered}
      data-power={door.isPowerOn}
      data-agent={door.agent.state}
      data-network={door.network}
      data-rattle={rattles === 0 ? 'none' : rattles % 2 === 0 ? 'even' : 'odd'}
    >
      <Walls kind={kind} />
      <Leaf kind={kind} />
      <Fittings kind={kind} />
    </div>
  );
}
