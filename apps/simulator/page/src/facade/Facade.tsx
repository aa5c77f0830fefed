import { readersOf, type DoorView } from '../../../src/contract.ts';
import { useLit } from '../reader/use-lit.ts';
import type { KnownDoor, Signal } from '../street/street-state.ts';
import { Fittings } from './Fittings.tsx';
import { facadeOf } from './geometry.ts';
import { Leaf } from './Leaf.tsx';
import { Walls } from './Walls.tsx';
import './facade.css';
import './fittings.css';

function lightOf(door: DoorView, lit: Signal | undefined): 'dark' | 'ready' | 'yes' | 'no' {
  if (door.agent.state !== 'running') return 'dark';
  if (lit === undefined) return 'ready';
  return lit.isGranted ? 'yes' : 'no';
}

/**
 * A house front as somebody on the street sees it. Decoration: the words beside it say the same. `rattles`
 * counts the pushes at a locked door; each one shakes the leaf.
 */
export function Facade({ door, rattles, signal }: Omit<KnownDoor, 'log'>) {
  const lit = useLit(signal);
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
      data-light={lightOf(door, lit)}
      data-rattle={rattles === 0 ? 'none' : rattles % 2 === 0 ? 'even' : 'odd'}
    >
      <Walls kind={kind} />
      <Leaf kind={kind} />
      <Fittings kind={kind} readers={readersOf(door.model)} />
    </div>
  );
}
