import { Plate, type PlateState } from '@claviger/web-kit';
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DoorAction, DoorView } from '../../../src/contract.ts';
import { Facade } from '../facade/Facade.tsx';
import { m } from '../i18n/messages.ts';
import { Readers } from '../reader/Readers.tsx';
import type { KnownDoor } from '../street/street-state.ts';
import { stateWords } from './door-words.ts';
import { DoorActions } from './DoorActions.tsx';
import { DoorLabel } from './DoorLabel.tsx';
import { DoorLog } from './DoorLog.tsx';
import { DoorStatus } from './DoorStatus.tsx';
import { DoorSwitches } from './DoorSwitches.tsx';
import './door-card.css';

/** How long the page says that a door has rattled. */
const rattleShownForMs = 2_500;

function plateOf(door: DoorView): PlateState {
  if (door.isOpen) return 'open';
  return door.bolt === 'thrown' ? 'secured' : 'unlocked';
}

/** Whether the door has rattled just now. */
function useRattling(rattles: number): boolean {
  const [quietSince, setQuietSince] = useState(rattles);
  useEffect(() => {
    const timer = setTimeout(() => {
      setQuietSince(rattles);
    }, rattleShownForMs);
    return () => {
      clearTimeout(timer);
    };
  }, [rattles]);
  return rattles > quietSince;
}

export interface DoorCardProps {
  readonly known: KnownDoor;
  readonly importCommand: string;
  readonly onAct: (action: DoorAction) => void;
  readonly onRemove: () => void;
}

/** One door of the street: its front, how it is, and everything that somebody can do to it. */
export function DoorCard({ known, importCommand, onAct, onRemove }: DoorCardProps) {
  const { door, log, rattles } = known;
  const isRattling = useRattling(rattles);
  const headingId = `door-${door.serial}`;
  return (
    <article className="door-card card" aria-labelledby={headingId}>
      <Facade door={door} rattles={rattles} signal={known.signal} />
      <header className="door-head">
        <Plate state={plateOf(door)} size={44} />
        <div>
          <h2 id={headingId}>{door.name}</h2>
          <p className="small" role="status">
            {isRattling && !door.isOpen ? m.state_rattles() : stateWords(door)}
          </p>
        </div>
        <ActionIcon aria-label={m.remove_door({ name: door.name })} onClick={onRemove}>
          <IconTrash size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </header>
      <DoorActions name={door.name} onAct={onAct} />
      <Readers known={known} onAct={onAct} />
      <DoorStatus door={door} />
      <DoorSwitches door={door} onAct={onAct} />
      <DoorLabel door={door} importCommand={importCommand} />
      <DoorLog name={door.name} log={log} />
    </article>
  );
}
