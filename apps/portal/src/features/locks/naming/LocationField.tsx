import { type Field, m, TextField, useLocks } from '@claviger/web-kit';
import { useId } from 'react';
import { lengthLimits } from './lock-words.ts';

/** Where a lock is, in people's words; proposes the locations that other locks of the Entity have already. */
export function LocationField({ entityId, field }: { entityId: string; field: Field }) {
  const listId = useId();
  const locks = useLocks(entityId).data ?? [];
  const known = new Set(locks.map(({ location }) => location).filter((location) => location !== ''));
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
        {[...known].sort().map((location) => (
          <option key={location} value={location} />
        ))}
      </datalist>
    </>
  );
}
