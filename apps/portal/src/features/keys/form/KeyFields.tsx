import type { Membership } from '@claviger/protocol';
import { fieldOf, m, TextField } from '@claviger/web-kit';
import type { UseFormReturnType } from '@mantine/form';
import { useId } from 'react';
import type { KeyValues } from './key-form.ts';

/** How long and how often: the fields that a Key can be changed in later. */
export function KeyFields({
  form,
  membership: { name: entity, zone },
}: {
  form: UseFormReturnType<KeyValues>;
  membership: Membership;
}) {
  const zoneId = useId();
  return (
    <>
      <div className="key-span" role="group" aria-describedby={zoneId}>
        <TextField
          {...fieldOf(form, 'validFrom')}
          label={m.key_valid_from()}
          name="validFrom"
          type="datetime-local"
          required
        />
        <TextField
          {...fieldOf(form, 'validUntil')}
          label={m.key_valid_until()}
          name="validUntil"
          type="datetime-local"
          min={form.values.validFrom}
          required
        />
        <p id={zoneId} className="small">
          {m.key_zone_hint({ entity, zone })}
        </p>
      </div>
      <TextField
        {...fieldOf(form, 'maxUses')}
        label={m.key_max_uses()}
        description={m.key_max_uses_hint()}
        name="maxUses"
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  );
}
