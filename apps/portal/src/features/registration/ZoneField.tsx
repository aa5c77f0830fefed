import { type Field, m } from '@claviger/web-kit';
import { Autocomplete } from '@mantine/core';

const zones = Intl.supportedValuesOf('timeZone');

/** As many as fit a screen; whoever wants another types more of it. */
const shownZonesLimit = 8;

/** The time zone of the home, taken from the browser and open to correction. */
export function ZoneField(field: Field) {
  return (
    <Autocomplete
      {...field}
      label={m.register_zone()}
      description={m.register_zone_hint()}
      name="zone"
      data={zones}
      limit={shownZonesLimit}
      autoComplete="off"
      required
      withAsterisk={false}
    />
  );
}
