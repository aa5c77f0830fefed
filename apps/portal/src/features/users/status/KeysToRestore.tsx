import type { SuspendedKey } from '@claviger/protocol';
import { keyTypeNames, m } from '@claviger/web-kit';
import { Checkbox } from '@mantine/core';

interface KeysToRestoreProps {
  readonly keys: readonly SuspendedKey[];
  readonly ticked: readonly string[];
  readonly onTick: (keyId: string, isTicked: boolean) => void;
}

/** What was suspended with the User; what is not ticked stays so, and what has expired cannot come back. */
export function KeysToRestore({ keys, ticked, onTick }: KeysToRestoreProps) {
  return (
    <fieldset className="user-entities" aria-describedby="keys-to-restore-hint">
      <legend>{m.users_restore()}</legend>
      {keys.map((key) => (
        <Checkbox
          key={key.id}
          label={`${keyTypeNames[key.type]()}: ${key.holder}`}
          description={descriptionOf(key)}
          checked={ticked.includes(key.id)}
          disabled={key.isExpired}
          onChange={({ currentTarget }) => onTick(key.id, currentTarget.checked)}
        />
      ))}
      <p id="keys-to-restore-hint" className="small">
        {m.users_restore_hint()}
      </p>
    </fieldset>
  );
}

function descriptionOf({ locks, entity, isExpired, isKeptBack }: SuspendedKey): string {
  const place = [...locks, entity].join(' · ');
  if (isExpired) return `${place} · ${m.key_status_expired()}`;
  return isKeptBack ? `${place} · ${m.key_suspension_not_restored()}` : place;
}
