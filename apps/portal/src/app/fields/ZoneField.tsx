import { type Field, m, TextField } from '@claviger/web-kit';
import { useId } from 'react';

const zones = Intl.supportedValuesOf('timeZone');

/**
 * The time zone of the home, taken from the browser and open to correction; the browser proposes the rest.
 */
export function ZoneField(field: Field) {
  const listId = useId();
  return (
    <>
      <TextField
        {...field}
        label={m.register_zone()}
        description={m.register_zone_hint()}
        name="zone"
        list={listId}
        autoComplete="off"
        required
      />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
