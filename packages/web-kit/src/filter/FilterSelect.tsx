import { NativeSelect } from '@mantine/core';

interface FilterSelectProps {
  readonly label: string;
  /** The words for no choice: everything is shown. */
  readonly all: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string | undefined;
  /** Given the empty text for everything. */
  readonly onChoose: (value: string) => void;
}

/** A filter with a few choices, applied at once. */
export function FilterSelect({ label, all, choices, chosen, onChoose }: FilterSelectProps) {
  return (
    <NativeSelect
      label={label}
      value={chosen ?? ''}
      onChange={({ currentTarget }) => {
        onChoose(currentTarget.value);
      }}
      data={[{ value: '', label: all }, ...choices]}
    />
  );
}
