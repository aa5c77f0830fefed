import { PasswordInput } from '@mantine/core';
import type { FocusEventHandler, ReactNode } from 'react';
import { m } from '../i18n/messages.ts';

interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: FocusEventHandler;
  readonly error?: ReactNode;
  /** A password that is being made, or one that exists already: password managers want to know. */
  readonly kind: 'new' | 'current';
  readonly isFocusedFirst?: boolean;
  /** Where two stand beside each other; else it is the password. */
  readonly label?: string;
  readonly name?: string;
}

/** A password, which may be looked at. For a new one the rules are said before the first letter. */
export function PasswordField(props: PasswordFieldProps) {
  const { kind, onChange, isFocusedFirst = false, label, name = 'password', ...others } = props;
  return (
    <PasswordInput
      {...others}
      label={label ?? m.field_password()}
      name={name}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      description={kind === 'new' ? m.password_rules() : undefined}
      autoComplete={kind === 'new' ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': m.password_show() }}
      required
      withAsterisk={false}
      data-autofocus={isFocusedFirst || undefined}
    />
  );
}
