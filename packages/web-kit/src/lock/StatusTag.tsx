import type { LockStatus } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconHourglass,
  IconPlayerPause,
} from '@tabler/icons-react';
import { Tag, type TagTone } from '../feedback/Tag.tsx';
import { countdown } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import { statusNames } from '../words/state-text.ts';
import { useNow } from '../page/use-now.ts';
import './status-tag.css';

const looks: Readonly<Record<LockStatus, { tone: TagTone; icon: typeof IconCheck }>> = {
  unclaimed: { tone: 'plain', icon: IconCircleDashed },
  claiming: { tone: 'brass', icon: IconHourglass },
  active: { tone: 'ok', icon: IconCheck },
  inactive: { tone: 'plain', icon: IconPlayerPause },
  error: { tone: 'bad', icon: IconAlertTriangle },
};

const secondMs = 1_000;

/** The status of a lock; a claim shows how long it may still take. */
export function StatusTag({ lock }: { lock: Lock }) {
  const { tone, icon: Icon } = looks[lock.status];
  const isRunning = lock.status === 'claiming' && lock.claimExpiresAt !== undefined;
  const now = useNow(secondMs, isRunning);
  return (
    <Tag tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
      {statusNames[lock.status]()}
      {isRunning && (
        <span className="status-left" title={m.lock_claim_left()}>
          {countdown((lock.claimExpiresAt ?? 0) - now)}
        </span>
      )}
    </Tag>
  );
}
