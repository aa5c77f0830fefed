import type { Lock } from '@claviger/protocol';
import { type Field, keys, m, TextField } from '@claviger/web-kit';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { lengthLimits } from './lock-words.ts';

/** The locations that the locks of the list under the dialog have already. */
function useKnownLocations(entityId: string): readonly string[] {
  const loaded = useQueryClient().getQueryData<{ items: Lock[] }>(keys.locks(entityId));
  const locations = loaded?.items.map(({ location }) => location) ?? [];
  return [...new Set(locations)].filter((location) => location !== '').sort();
}

interface LocationFieldProps {
  readonly entityId: string;
  readonly field: Pick<Field, 'value' | 'onChange' | 'error'>;
}

/** Where a lock is, in people's words; proposes what was said of others, so that it is spelt alike. */
export function LocationField({ entityId, field }: LocationFieldProps) {
  const listId = useId();
  const known = useKnownLocations(entityId);
  return (
    <>
      <TextField
        {...field}
        label={m.lock_location()}
        description={m.lock_location_hint()}
        name="location"
        maxLength={lengthLimits.location}
        list={listId}
        autoComplete="off"
      />
      <datalist id={listId}>
        {known.map((location) => (
          <option key={location} value={location} />
        ))}
      </datalist>
    </>
  );
}
