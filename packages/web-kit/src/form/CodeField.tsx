import { TextInput } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Field } from './fields.ts';
import { groupAsTyped } from './grouped-code.ts';

interface CodeFieldProps extends Field {
  readonly label: string;
  readonly name: string;
  readonly description: ReactNode;
  readonly placeholder?: string;
  readonly isFocusedFirst?: boolean;
}

/** A serial number or code from a label: typed as it comes, shown in groups of four. */
export function CodeField({ value, onChange, isFocusedFirst = false, ...others }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [value]);

  return (
    <TextInput
      {...others}
      ref={input}
      value={value}
      onChange={({ currentTarget }) => {
        const position = currentTarget.selectionStart ?? currentTarget.value.length;
        const next = groupAsTyped({ value: currentTarget.value, caret: position });
        caret.current = next.caret;
        onChange(next.value);
      }}
      classNames={{ input: 'mono' }}
      required
      withAsterisk={false}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      data-autofocus={isFocusedFirst || undefined}
    />
  );
}
