import { keys, m, useNow } from '@claviger/web-kit';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { timeLeft } from './time-left.ts';

const secondMs = 1_000;

/** How long the person's own role here lasts yet; when it is over, it is asked what is left. */
export function RoleEnd({ until }: { until: number }) {
  const queryClient = useQueryClient();
  const now = useNow(secondMs);
  const isOver = until <= now;
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries({ queryKey: keys.session });
  }, [isOver, queryClient]);
  return (
    <aside className="role-end" aria-label={m.mandate_own_title()}>
      <p role="timer">{m.mandate_own({ left: timeLeft(until - now) })}</p>
    </aside>
  );
}
