import type { Key } from '@claviger/protocol';
import { type Clock, enforcementText, statusAt, Tag, type TagTone, usesTextAt } from '@claviger/web-kit';
import { IconCheck, IconHourglass, IconWifiOff } from '@tabler/icons-react';
import { proofFacts } from './proof-facts.ts';
import './key-doors.css';

type State = Key['bindings'][number]['enforcement']['state'];

const looks: Readonly<Record<State, { tone: TagTone; icon: typeof IconCheck }>> = {
  enforced: { tone: 'ok', icon: IconCheck },
  pending: { tone: 'brass', icon: IconHourglass },
  offline: { tone: 'brass', icon: IconWifiOff },
};

/**
 * At each lock of a Key: how far its door has what was asked for, the uses as the door told them, and what of
 * the Key the lock does not take.
 */
export function KeyDoors({ shown, clock }: { shown: Key; clock: Clock }) {
  const status = statusAt(shown, clock.now);
  const isOver = status === 'revoked' || status === 'expired';
  return (
    <ul className="key-doors" aria-live="polite">
      {shown.bindings.map((binding) => {
        const { tone, icon: Icon } = looks[binding.enforcement.state];
        const { name, sentence } = enforcementText(binding, clock);
        return (
          <li key={binding.lockId}>
            <b>{binding.lockName}</b>
            <Tag tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
              {name}
            </Tag>
            <p className="small">{sentence}</p>
            <p className="small">{usesTextAt(binding, { maxUses: shown.maxUses, isOver }, clock)}</p>
            {!isOver &&
              proofFacts(binding.proofs, clock.format).map((fact) => (
                <p key={fact} className="small key-untaken">
                  {fact}
                </p>
              ))}
          </li>
        );
      })}
    </ul>
  );
}
