import { isFinalStage } from '@claviger/domain';
import type { Lock, LockPlace, Membership } from '@claviger/protocol';
import {
  ActionButton,
  type Clock,
  Dialog,
  ErrorNotice,
  Ladder,
  m,
  Notice,
  obstacleText,
  obstacleToOpen,
  type OpenObstacle,
  useClock,
  useLocks,
  useMembership,
  useOpening,
  useServerSilence,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { LockSummary } from './LockSummary.tsx';
import './open-lock.css';

const secondMs = 1_000;

/** "2 minutes ago" is read anew this often. */
const agoEveryMs = 10_000;

/** The confirmation window of an opening; afterwards it shows how far the door has come. */
export function OpenLockDialog() {
  const { entityId = '', lockId } = useParams({ strict: false });
  const close = useCloseDialog();
  const membership = useMembership(entityId);
  const locks = useLocks(entityId);
  const lock = locks.data?.find(({ id }) => id === lockId);
  return (
    <Dialog title={lock ? m.open_title({ name: lock.name }) : m.open_lock()} onClose={close}>
      {!locks.data && <ErrorNotice error={locks.error} onRetry={() => void locks.refetch()} />}
      {lock && membership && <Opening lock={lock} membership={membership} onClose={close} />}
      {locks.data && !lock && <p className="dialog-text">{m.open_unknown_lock()}</p>}
    </Dialog>
  );
}

/** The command stands in the address, so that a reload goes on with it. */
function useAddressedOpening(place: LockPlace) {
  const navigate = useNavigate();
  const { command } = useSearch({ strict: false });
  return useOpening({
    place,
    commandId: command,
    onIssued: (commandId) =>
      void navigate({ to: '.', search: { command: commandId }, replace: true, state: true }),
  });
}

function Opening(props: { lock: Lock; membership: Membership; onClose: () => void }) {
  const { lock, membership, onClose } = props;
  const opening = useAddressedOpening({ entityId: membership.entityId, lockId: lock.id });
  const { command } = opening;
  const isCooling = lock.openableAt !== undefined || opening.coolingUntil !== undefined;
  const isUnderWay = command !== undefined && !isFinalStage(command.stage);
  const clock = useClock(membership.zone, isCooling || isUnderWay ? secondMs : agoEveryMs);
  const silentSince = useServerSilence();
  const obstacle = obstacleToOpen(lock, clock.now, { coolingUntil: opening.coolingUntil, silentSince });
  return (
    <>
      <LockSummary lock={lock} membership={membership} clock={clock} isAsking={isUnderWay} />
      {command && <Ladder command={command} lock={lock} clock={clock} />}
      {!command && !obstacle && <p className="dialog-text">{m.open_consequence()}</p>}
      <Hindrance obstacle={obstacle} error={opening.error} clock={clock} />
      <div className="dialog-end">
        <Button onClick={onClose}>{command ? m.action_done() : m.action_cancel()}</Button>
        <ActionButton
          variant="filled"
          isBusy={opening.isSending}
          reason={obstacle && obstacleText(obstacle, clock)}
          onClick={opening.press}
        >
          {obstacle?.kind === 'cooldown'
            ? m.open_lock_in({ seconds: Math.ceil(obstacle.leftMs / secondMs) })
            : m.open_lock()}
        </ActionButton>
      </div>
    </>
  );
}

/**
 * What keeps the door shut: before somebody presses, or why the press was refused. The button counts a
 * cooldown down; whatever else went wrong is told meanwhile too.
 */
function Hindrance(props: { obstacle: OpenObstacle | undefined; error: Error | null; clock: Clock }) {
  const { obstacle, error, clock } = props;
  if (!obstacle || obstacle.kind === 'cooldown') return <ErrorNotice error={error} />;
  return (
    <Notice tone="brass" icon={<IconWifiOff size={18} stroke={1.6} aria-hidden />}>
      {obstacleText(obstacle, clock)}
    </Notice>
  );
}
