import { isFinalStage } from '@claviger/domain';
import { type LockPlace, Unreachable } from '@claviger/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { serverNow } from '../api/server-clock.ts';
import { useLiveStatus } from '../live/LiveProvider.tsx';
import { type Intention, intentionAt } from '../opening/intention.ts';
import { cooldownAfter, errorOfPress } from '../opening/refused-press.ts';

/** A door is waited for: without a stream the command is asked for this often, with one only to be sure. */
export const commandPollMs = { withoutStream: 1_000, withStream: 5_000 } as const;

export interface OpeningOptions {
  readonly place: LockPlace;
  /** The command that is followed; whoever keeps it across a reload gets the ladder again. */
  readonly commandId: string | undefined;
  /** The server has recorded a press as this command. */
  readonly onIssued: (commandId: string) => void;
}

/**
 * Opens a lock and follows the command as the door confirms it. `press` opens; the rest says how far it is. A
 * command of another lock, or one that is not there, is as if there was none.
 */
export function useOpening({ place, commandId, onIssued }: OpeningOptions) {
  const queryClient = useQueryClient();
  const intention = useRef<Intention>(undefined);
  const [coolingUntil, setCoolingUntil] = useState<number>();
  const isLive = useLiveStatus() === 'live';

  const mutation = useMutation({
    mutationFn: (key: string) => client.openLock(place, key),
    onSuccess: (command) => {
      queryClient.setQueryData(keys.command(place.entityId, command.id), command);
      onIssued(command.id);
    },
    onSettled: async (_command, error) => {
      if (!(error instanceof Unreachable)) intention.current = undefined;
      setCoolingUntil(cooldownAfter(error, serverNow()));
      await queryClient.invalidateQueries({ queryKey: keys.locks(place.entityId) });
    },
  });

  const { data: followed } = useQuery({
    queryKey: keys.command(place.entityId, commandId ?? ''),
    queryFn: () => client.getCommand({ entityId: place.entityId, commandId: commandId ?? '' }),
    enabled: commandId !== undefined,
    refetchInterval: ({ state }) => {
      if (state.data && isFinalStage(state.data.stage)) return false;
      return isLive ? commandPollMs.withStream : commandPollMs.withoutStream;
    },
  });

  return {
    command: followed?.lockId === place.lockId ? followed : undefined,
    isSending: mutation.isPending,
    error: errorOfPress(mutation.error),
    coolingUntil,
    press: () => {
      if (mutation.isPending) return;
      intention.current = intentionAt(Date.now(), intention.current);
      mutation.mutate(intention.current.key);
    },
  };
}
