import type { ActivityType } from '@claviger/domain';
import { type ActivityEvent, liveAddress, type LiveMessage } from '@claviger/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { keys } from '../api/keys.ts';
import { noteAnswer } from '../api/silence.ts';
import { useIsSessionEnded } from '../session/session-end.ts';
import { coalesce } from './coalesce.ts';
import { type LiveStatus, type LiveStream, type Source, startLiveStream } from './live-stream.ts';
import { loadAnew } from './load-anew.ts';
import { openSharedSource } from './shared-source.ts';
import { whileVisible } from './while-visible.ts';

type EventListener = (events: readonly ActivityEvent[]) => void;

interface Live {
  readonly status: LiveStatus;
  readonly listeners: Set<EventListener>;
}

const LiveContext = createContext<Live | undefined>(undefined);

/**
 * Follows one Entity over one stream for everything below it: loads again what changed, hands on whole
 * events. A page that nobody sees follows nothing, and loads what it missed when it is shown again (0025).
 */
export function LiveProvider({ entityId, children }: { entityId: string; children: ReactNode }) {
  const queryClient = useQueryClient();
  const isSessionEnded = useIsSessionEnded();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const listeners = useRef(new Set<EventListener>()).current;

  useEffect(() => {
    if (isSessionEnded) return;
    const reload = coalesce((queryKey) => void loadAnew(queryClient, queryKey));
    const follow = () => {
      const stream = startLiveStream({
        open: () => openSource(entityId),
        onStatus: (next) => {
          setStatus(next);
          if (next === 'reconnecting') void queryClient.invalidateQueries({ queryKey: keys.session });
        },
        onOpened: () => void loadAnew(queryClient, keys.entity(entityId)),
        onMessage: (message) => {
          for (const key of staleAfter(entityId, message)) reload(key);
          if (message.topic === 'activity') for (const listener of listeners) listener(message.events);
        },
      });
      const leave = followNetwork(stream);
      return () => {
        leave();
        setStatus('connecting');
      };
    };
    return whileVisible(follow);
  }, [entityId, isSessionEnded, queryClient, listeners]);

  const live = useMemo(() => ({ status, listeners }), [status, listeners]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/**
 * The stream of the Entity that this browser shares, or one of the page's own where pages cannot share: the
 * browser is old, or the address is not one that it trusts. A stream that says anything is an answer of the
 * server too.
 */
function openSource(entityId: string): Source {
  const openStream = () => new EventSource(liveAddress(entityId));
  const { locks } = navigator as { locks?: LockManager };
  const openChannel = (name: string) => new BroadcastChannel(name);
  const source = locks ? openSharedSource(entityId, { locks, openChannel, openStream }) : openStream();
  for (const type of ['open', 'message', 'heartbeat'] as const) source.addEventListener(type, noteAnswer);
  return source;
}

/** Events after which a Key has other uses, or a door has another list. */
const tellsOfKeys: readonly ActivityType[] = ['key_accepted', 'list_taken', 'list_refused'];

/** Which loaded things a message makes stale. */
export function staleAfter(entityId: string, message: LiveMessage): readonly (readonly string[])[] {
  switch (message.topic) {
    case 'lock':
      return [keys.locks(entityId), keys.dashboard(entityId), keys.heldKeys(entityId)];
    case 'command':
      return [keys.command(entityId, message.id)];
    case 'activity':
      return message.events.some(({ type }) => tellsOfKeys.includes(type))
        ? [keys.dashboard(entityId), keys.heldKeys(entityId)]
        : [keys.dashboard(entityId)];
  }
}

/** A network that comes back or a machine that wakes up is a reason to look at once. */
function followNetwork(stream: LiveStream): () => void {
  addEventListener('online', stream.check);
  addEventListener('offline', stream.check);
  return () => {
    removeEventListener('online', stream.check);
    removeEventListener('offline', stream.check);
    stream.close();
  };
}

/** Whether what the page shows is live; undefined where this person may follow nothing. */
export function useLiveStatus(): LiveStatus | undefined {
  return useContext(LiveContext)?.status;
}

/** Calls `listener` with every batch of Activity events that comes live. */
export function useLiveEvents(listener: EventListener): void {
  const listeners = useContext(LiveContext)?.listeners;
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => {
    const call: EventListener = (events) => newest.current(events);
    listeners?.add(call);
    return () => {
      listeners?.delete(call);
    };
  }, [listeners]);
}
