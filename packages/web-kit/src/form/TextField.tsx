import { TextInput, type TextInputProps } from '@mantine/core';

interface TextFieldProps extends Omit<TextInputProps, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A line of text. Optional fields say so in their label; required ones carry no mark. */
export function TextField({ onChange, ...others }: TextFieldProps) {
  return (
    <TextInput
      {...others}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      withAsterisk={false}
    />
  );
}
