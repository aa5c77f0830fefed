import {
  client,
  Dialog,
  ErrorNotice,
  keys,
  m,
  useClock,
  useLocks,
  useMembership,
  WhyAnswer,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../app/dialog-address.ts';

const clockEveryMs = 30_000;

/** Why? at an event: every check of the decision, by the access list that made it. */
export function WhyEventDialog() {
  const { entityId, eventId } = useParams({ from: '/signed-in/e/$entityId/logs/activity/$eventId/why' });
  const close = useCloseDialog();
  const clock = useClock(useMembership(entityId)?.zone ?? 'UTC', clockEveryMs);
  const locks = useLocks(entityId).data ?? [];
  const why = useQuery({
    queryKey: [...keys.activity(entityId), 'why', eventId],
    queryFn: () => client.whyEvent({ entityId, eventId }),
  });
  const lockOf = (asked: string) => locks.find(({ id }) => id === asked)?.name ?? '';
  return (
    <Dialog title={m.why()} onClose={close}>
      <ErrorNotice error={why.error} onRetry={() => void why.refetch()} />
      {why.isPending && <div className="skeleton why-skeleton" aria-busy="true" />}
      {why.data && <WhyAnswer why={why.data} lockName={lockOf(why.data.answer.lock)} clock={clock} />}
      <div className="dialog-end">
        <Button onClick={close}>{m.action_close()}</Button>
      </div>
    </Dialog>
  );
}
