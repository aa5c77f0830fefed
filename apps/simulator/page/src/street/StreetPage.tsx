import { EmptyState, ErrorNotice, ActionButton, useLocale } from '@claviger/web-kit';
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { streetLimit, type DoorAction, type DoorView } from '../../../src/contract.ts';
import { Appearance } from '../app/Appearance.tsx';
import { TopBar } from '../app/TopBar.tsx';
import { DoorCard } from '../door/DoorCard.tsx';
import { m } from '../i18n/messages.ts';
import { AddDoorDialog } from './AddDoorDialog.tsx';
import { RemoveDoorDialog } from './RemoveDoorDialog.tsx';
import { streetClient } from './street-client.ts';
import type { StreetState } from './street-state.ts';
import { useAttempt } from './use-attempt.ts';
import { useStreet } from './use-street.ts';
import './street-page.css';

type OpenDialog = { readonly type: 'add' } | { readonly type: 'remove'; readonly door: DoorView };

function Head({ count, onAdd }: { count: number; onAdd: () => void }) {
  const isFull = count >= streetLimit;
  return (
    <div className="page-head">
      <div>
        <h1>{m.street_title()}</h1>
        <p>{m.street_intro()}</p>
        <p className="small">{m.street_wiring()}</p>
      </div>
      <div className="page-actions">
        <ActionButton
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          reason={isFull ? m.add_door_full({ limit: streetLimit }) : undefined}
          onClick={onAdd}
        >
          {m.add_door()}
        </ActionButton>
      </div>
    </div>
  );
}

interface DoorsProps {
  readonly street: StreetState;
  readonly onAct: (serial: string, action: DoorAction) => void;
  readonly onRemove: (door: DoorView) => void;
}

function Doors({ street, onAct, onRemove }: DoorsProps) {
  if (street.doors.length === 0) {
    const icon = <IconBuildingCommunity size={22} stroke={1.6} aria-hidden />;
    return <EmptyState icon={icon} title={m.street_empty()} text={m.street_empty_hint()} />;
  }
  return (
    <div className="street-doors">
      {street.doors.map((known) => (
        <DoorCard
          key={known.door.serial}
          known={known}
          importCommand={street.importCommand}
          onAct={(action) => {
            onAct(known.door.serial, action);
          }}
          onRemove={() => {
            onRemove(known.door);
          }}
        />
      ))}
    </div>
  );
}

/** The whole page: the doors of the street, live, and what a person can do to each. */
export function StreetPage() {
  // Messages are plain calls: whoever shows them is drawn again with this page when the language changes.
  const locale = useLocale();
  const { street, isLive } = useStreet();
  const { attempt, error } = useAttempt();
  const [dialog, setDialog] = useState<OpenDialog>();
  const closeDialog = () => {
    setDialog(undefined);
  };
  useEffect(() => {
    document.title = m.page_title();
  }, [locale]);

  return (
    <>
      <a className="skip" href="#doors">
        {m.skip_to_doors()}
      </a>
      <TopBar isLive={isLive} />
      <main className="street">
        <Head
          count={street?.doors.length ?? 0}
          onAdd={() => {
            setDialog({ type: 'add' });
          }}
        />
        <ErrorNotice error={error} />
        <div id="doors" tabIndex={-1}>
          {street === undefined && <p className="small">{m.street_waiting()}</p>}
          {street && (
            <Doors
              street={street}
              onAct={(serial, action) => {
                attempt(() => streetClient.act(serial, action));
              }}
              onRemove={(door) => {
                setDialog({ type: 'remove', door });
              }}
            />
          )}
        </div>
      </main>
      <Appearance />
      {dialog?.type === 'add' && street && (
        <AddDoorDialog importCommand={street.importCommand} onClose={closeDialog} />
      )}
      {dialog?.type === 'remove' && <RemoveDoorDialog door={dialog.door} onClose={closeDialog} />}
    </>
  );
}
