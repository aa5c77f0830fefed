import { m, TextField } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import { lengthLimits } from '../../../app/fields/person.ts';
import { type PlateEntry, PlatesField } from './PlatesField.tsx';
import type { EditedUser } from './user-draft.ts';

interface UserFieldsProps {
  readonly entityId: string;
  readonly shown: EditedUser;
  readonly plateEntry: PlateEntry;
  readonly onChange: (change: Partial<EditedUser>) => void;
  readonly errors: Readonly<Partial<Record<keyof EditedUser, ReactNode>>>;
  /** Why the address stays as it is; absent where it can be another. */
  readonly fixedAddress?: string | undefined;
  readonly userId?: string;
}

/** What is said of a person, where a User is created and where one is edited. */
export function UserFields(props: UserFieldsProps) {
  const { entityId, shown, plateEntry, onChange, errors, fixedAddress, userId } = props;
  const field = (name: 'name' | 'email' | 'phone' | 'mobile') => ({
    value: shown[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: errors[name],
    name,
    maxLength: lengthLimits[name],
    autoComplete: 'off',
  });
  return (
    <>
      <TextField {...field('name')} label={m.users_name()} required data-autofocus />
      <TextField
        {...field('email')}
        label={m.field_email()}
        description={fixedAddress ?? m.users_email_hint()}
        type="email"
        readOnly={fixedAddress !== undefined}
        required
      />
      <div className="user-pair">
        <TextField {...field('phone')} label={m.users_phone()} type="tel" />
        <TextField {...field('mobile')} label={m.users_mobile()} type="tel" />
      </div>
      <PlatesField
        entityId={entityId}
        plates={shown.plates}
        entry={plateEntry}
        onChange={(plates) => onChange({ plates })}
        {...(userId !== undefined && { userId })}
      />
    </>
  );
}
