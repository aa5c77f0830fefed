import type { Lock, Membership } from '@claviger/protocol';
import {
  Dialog,
  ErrorNotice,
  ExplainedButton,
  isFinal,
  Ladder,
  m,
  obstacleText,
  obstacleToOpen,
  useClock,
  useLocks,
  useMembership,
  useOpening,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
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
      <ErrorNotice error={locks.error} onRetry={() => void locks.refetch()} />
      {lock && membership && <Opening lock={lock} membership={membership} onClose={close} />}
      {locks.data && !lock && <p className="dialog-text">{m.open_unknown_lock()}</p>}
    </Dialog>
  );
}

function Opening(props: { lock: Lock; membership: Membership; onClose: () => void }) {
  const { lock, membership, onClose } = props;
  const opening = useOpening({ entityId: membership.entityId, lockId: lock.id });
  const { command } = opening;
  const isUnderWay = command !== undefined && !isFinal(command.stage);
  const isCooling = lock.openableAt !== undefined || opening.pausedUntil !== undefined;
  const clock = useClock(membership.zone, isCooling ? secondMs : agoEveryMs);
  const obstacle = obstacleToOpen(lock, clock.now, opening.pausedUntil);
  const coolsDownForS = obstacle?.kind === 'cooldown' ? Math.ceil(obstacle.leftMs / secondMs) : undefined;
  return (
    <>
      <LockSummary lock={lock} membership={membership} clock={clock} isAsking={isUnderWay} />
      {command ? (
        <Ladder command={command} format={clock.format} />
      ) : (
        <p className="dialog-text">{m.open_consequence()}</p>
      )}
      {coolsDownForS === undefined && <ErrorNotice error={opening.error} />}
      <div className="dialog-end open-end">
        <Button onClick={onClose}>{command ? m.action_done() : m.action_cancel()}</Button>
        <ExplainedButton
          variant="filled"
          loading={opening.isSending}
          reason={obstacle && obstacleText(obstacle, clock)}
          isReasonShown={obstacle !== undefined && obstacle.kind !== 'cooldown'}
          onClick={opening.press}
        >
          {coolsDownForS === undefined ? m.open_lock() : m.open_lock_in({ seconds: coolsDownForS })}
        </ExplainedButton>
      </div>
    </>
  );
}
