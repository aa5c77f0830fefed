import { FormError, m } from '@claviger/web-kit';
import type { Saving } from './save-edited.ts';

interface SavingRefusalProps<Field, Thing> {
  readonly saving: Saving<Field, Thing> | undefined;
  readonly error: Error | null;
  /** What a field says now, as people read it. */
  readonly valueIn: (now: Thing, field: Field) => string;
}

/** Where somebody else was first, what stands there now: saving again is then a choice. */
export function SavingRefusal<Field, Thing>(props: SavingRefusalProps<Field, Thing>) {
  const { saving, error, valueIn } = props;
  if (saving?.kind !== 'overtaken') return <FormError error={error} />;
  const { now, fields } = saving;
  return (
    <FormError error={saving.refusal}>
      <p>{m.entity_overtaken({ values: fields.map((field) => valueIn(now, field)).join('; ') })}</p>
    </FormError>
  );
}
