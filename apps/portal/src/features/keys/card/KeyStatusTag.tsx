import type { KeyStatus } from '@claviger/protocol';
import { keyStatusNames, Tag, type TagTone } from '@claviger/web-kit';
import {
  IconBan,
  IconCheck,
  IconCircle,
  IconClock,
  IconClockOff,
  IconHourglass,
  IconPlayerPause,
} from '@tabler/icons-react';

const looks: Readonly<Record<KeyStatus, { tone: TagTone; icon: typeof IconCheck }>> = {
  active: { tone: 'ok', icon: IconCheck },
  not_yet: { tone: 'brass', icon: IconClock },
  expired: { tone: 'plain', icon: IconClockOff },
  revoked: { tone: 'bad', icon: IconBan },
  suspended: { tone: 'plain', icon: IconPlayerPause },
  pending: { tone: 'brass', icon: IconHourglass },
  available: { tone: 'plain', icon: IconCircle },
};

/** The status of a Key in a word. */
export function KeyStatusTag({ status }: { status: KeyStatus }) {
  const { tone, icon: Icon } = looks[status];
  return (
    <Tag tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
      {keyStatusNames[status]()}
    </Tag>
  );
}
