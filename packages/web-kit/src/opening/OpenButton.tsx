import { commandCooldownMs } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { useServerSilence } from '../api/silence.ts';
import { m } from '../i18n/messages.ts';
import type { Clock } from '../i18n/use-clock.ts';
import { useNow } from '../page/use-now.ts';
import { obstacleText } from '../words/state-text.ts';
import { obstacleToOpen } from './openable.ts';

const secondMs = 1_000;

interface OpenButtonProps {
  readonly lock: Lock;
  readonly clock: Clock;
  readonly size?: 'xs' | 'sm';
  readonly onOpen: () => void;
}

const openIn = (ms: number) => m.lock_open_in({ seconds: Math.ceil(ms / secondMs) });

/**
 * **Open** of one lock, which says why when it does nothing just now. It counts a cooldown down,
 * and is always as wide as that, so that nothing moves. Its name is what is read on it, and the lock.
 */
export function OpenButton({ lock, clock, size = 'sm', onOpen }: OpenButtonProps) {
  const now = useNow(secondMs, lock.openableAt !== undefined);
  const obstacle = obstacleToOpen(lock, now, { silentSince: useServerSilence() });
  const coolingLabel = obstacle?.kind === 'cooldown' ? openIn(obstacle.leftMs) : undefined;
  return (
    <ActionButton
      size={size}
      aria-label={coolingLabel ? `${coolingLabel}: ${lock.name}` : m.lock_open_of({ name: lock.name })}
      reason={obstacle && obstacleText(obstacle, clock)}
      onClick={onOpen}
    >
      <span className="as-wide-as" data-as-wide-as={openIn(commandCooldownMs)}>
        {coolingLabel ?? m.lock_open()}
      </span>
    </ActionButton>
  );
}
