import { commandCooldownMs } from '@claviger/domain';
import { m } from '../i18n/messages.ts';
import type { OpenObstacle } from './openable.ts';

const secondMs = 1_000;

/** The label of **Open**: it counts a cooldown down, and is always as wide as that, so that nothing moves. */
export function OpenLabel({ obstacle }: { obstacle: OpenObstacle | undefined }) {
  const waiting = (ms: number) => m.lock_open_in({ seconds: Math.ceil(ms / secondMs) });
  return (
    <span className="as-wide-as" data-as-wide-as={waiting(commandCooldownMs)}>
      {obstacle?.kind === 'cooldown' ? waiting(obstacle.leftMs) : m.lock_open()}
    </span>
  );
}
