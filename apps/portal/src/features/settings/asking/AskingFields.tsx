import { m, TextField } from '@claviger/web-kit';

interface FieldProps<Name extends string> {
  readonly typed: Readonly<Record<Name, string>>;
  readonly told: Partial<Record<string, string>>;
  readonly change: (part: Record<Name, string>) => void;
}

/** Whom the page asks. */
export function OwnerField({ typed, told, change }: FieldProps<'ownerEmail'>) {
  return (
    <TextField
      value={typed.ownerEmail}
      onChange={(ownerEmail) => change({ ownerEmail })}
      error={told['ownerEmail']}
      label={m.request_owner_email()}
      type="email"
      name="owner-email"
      maxLength={254}
      autoComplete="off"
    />
  );
}

/** Which Entity of that owner. */
export function CodeField({ typed, told, change }: FieldProps<'entityCode'>) {
  return (
    <TextField
      value={typed.entityCode}
      onChange={(entityCode) => change({ entityCode })}
      error={told['entityCode']}
      label={m.entity_code()}
      name="entity-code"
      maxLength={40}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}

/** What for. */
export function ReasonField({ typed, told, change }: FieldProps<'reason'>) {
  return (
    <TextField
      value={typed.reason}
      onChange={(reason) => change({ reason })}
      error={told['reason']}
      label={m.request_reason()}
      name="reason"
      maxLength={500}
      autoComplete="off"
    />
  );
}
