import { m, TextField } from '@claviger/web-kit';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { ZoneField } from '../../../app/fields/ZoneField.tsx';
import { kinds } from '../search.ts';
import type { Edited } from '../window/entity-draft.ts';
import { kindNames, lengthLimits } from './entity-words.ts';

interface EntityFieldsProps {
  readonly shown: Edited;
  readonly onChange: (change: Partial<Edited>) => void;
  readonly errors: Readonly<Partial<Record<keyof Edited, ReactNode>>>;
  /** Why kind and code stay as they are; absent where they can be chosen. */
  readonly fixed?: string | undefined;
  readonly codeHint: string;
}

/** What is said of an Entity, where it is created and where it is edited. */
export function EntityFields({ shown, onChange, errors, fixed, codeHint }: EntityFieldsProps) {
  const isFixed = fixed !== undefined;
  const field = (name: Exclude<keyof Edited, 'kind'>) => ({
    value: shown[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: errors[name],
    name,
    maxLength: lengthLimits[name],
    autoComplete: 'off',
  });
  return (
    <>
      <TextField {...field('name')} label={m.entity_name()} required data-autofocus />
      <TextField
        {...field('code')}
        onChange={(code) => onChange({ code: code.toUpperCase() })}
        label={m.entity_code()}
        description={fixed ?? codeHint}
        spellCheck={false}
        readOnly={isFixed}
        required
      />
      <TextField {...field('description')} label={m.entity_description()} />
      <NativeSelect
        label={m.entity_kind()}
        name="kind"
        value={shown.kind}
        onChange={({ currentTarget }) => {
          const kind = kinds.find((known) => known === currentTarget.value);
          if (kind) onChange({ kind });
        }}
        error={errors.kind}
        disabled={isFixed}
        data={kinds.map((value) => ({ value, label: kindNames[value]() }))}
      />
      <ZoneField
        value={shown.zone}
        onChange={(zone) => onChange({ zone })}
        error={errors.zone}
        label={m.entity_zone()}
        description={m.entity_zone_hint()}
      />
      <TextField {...field('address')} label={m.entity_address()} />
    </>
  );
}
