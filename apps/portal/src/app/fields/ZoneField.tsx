import { type Field, TextField } from '@claviger/web-kit';
import { useId } from 'react';

const zones = Intl.supportedValuesOf('timeZone');

interface ZoneFieldProps extends Omit<Field, 'onBlur'>, Partial<Pick<Field, 'onBlur'>> {
  readonly label: string;
  readonly description: string;
}

/** A time zone; the browser proposes those that it knows. */
export function ZoneField(field: ZoneFieldProps) {
  const listId = useId();
  return (
    <>
      <TextField {...field} name="zone" list={listId} autoComplete="off" required />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
