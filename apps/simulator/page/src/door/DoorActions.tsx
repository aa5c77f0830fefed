import { Button } from '@mantine/core';
import { IconDoorEnter, IconDoorExit, IconHammer, IconHandStop } from '@tabler/icons-react';
import type { DoorAction } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What somebody in front of the door or behind it can do. */
export function DoorActions({ name, onAct }: { name: string; onAct: (action: DoorAction) => void }) {
  const actions = [
    { type: 'push', words: m.push(), picture: <IconDoorEnter {...icon} /> },
    { type: 'close', words: m.close(), picture: <IconHandStop {...icon} /> },
    { type: 'exit', words: m.exit(), picture: <IconDoorExit {...icon} /> },
    { type: 'force', words: m.force(), picture: <IconHammer {...icon} /> },
  ] as const;
  return (
    <div className="door-actions" role="group" aria-label={m.actions_of({ name })}>
      {actions.map(({ type, words, picture }) => (
        <Button
          key={type}
          leftSection={picture}
          onClick={() => {
            onAct({ type });
          }}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}
