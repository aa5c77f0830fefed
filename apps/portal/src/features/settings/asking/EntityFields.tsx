import { m, TextField } from '@claviger/web-kit';
import type { NamedEntity } from './request-form.ts';

interface EntityFieldsProps {
  readonly typed: NamedEntity;
  readonly told: Partial<Record<string, string>>;
  readonly onChange: (part: Partial<NamedEntity>) => void;
}

/** Which Entity: the address of its owner, and its code. */
export function EntityFields({ typed, told, onChange }: EntityFieldsProps) {
  return (
    <>
      <TextField
        value={typed.ownerEmail}
        onChange={(ownerEmail) => onChange({ ownerEmail })}
        error={told['ownerEmail']}
        label={m.request_owner_email()}
        type="email"
        name="owner-email"
        maxLength={254}
        autoComplete="off"
      />
      <TextField
        value={typed.entityCode}
        onChange={(entityCode) => onChange({ entityCode })}
        error={told['entityCode']}
        label={m.entity_code()}
        name="entity-code"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
    </>
  );
}
