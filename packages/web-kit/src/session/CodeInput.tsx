import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { m } from '../i18n/messages.ts';

interface CodeInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  /** While an app is being set up there are no recovery codes yet that one could have at hand. */
  readonly isOfAppOnly?: boolean;
}

/** A code of the authenticator app, which phones offer by themselves, or a recovery code. */
export function CodeInput({ onChange, isOfAppOnly = false, ...others }: CodeInputProps) {
  return (
    <TextInput
      {...others}
      label={m.field_code_of_app()}
      description={isOfAppOnly ? m.code_of_app_hint() : m.code_or_recovery_hint()}
      name="code"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      autoComplete="one-time-code"
      autoCapitalize="off"
      spellCheck={false}
      classNames={{ input: 'mono' }}
      required
      withAsterisk={false}
      data-autofocus
      autoFocus
    />
  );
}
