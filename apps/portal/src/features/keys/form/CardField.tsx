import { cardBytesApart, type CardReading, readCardNumber } from '@claviger/domain';
import { type Field, m, TextField } from '@claviger/web-kit';

const understood: Readonly<Record<CardReading, (words: { number: string }) => string>> = {
  hexadecimal: m.card_understood_hexadecimal,
  decimal: m.card_understood_decimal,
};

/** What was understood of a number that can be one, so that somebody who meant another sees it. */
function understoodText(typed: string): string | undefined {
  const read = readCardNumber(typed);
  return 'problem' in read ? undefined : understood[read.reading]({ number: cardBytesApart(read.hex) });
}

interface CardFieldProps {
  readonly field: Field;
  /** Why no lock of the Key takes a card, in words. */
  readonly obstacle: string | undefined;
  /** The end of the number that the Key has already. */
  readonly ending?: string | undefined;
}

/** RF card number, typed as it is printed on the card; says what was understood. */
export function CardField({ field, obstacle, ending }: CardFieldProps) {
  const hint = ending === undefined ? m.card_number_hint() : m.card_number_now({ ending });
  return (
    <TextField
      {...field}
      label={m.card_number()}
      description={obstacle ?? understoodText(field.value) ?? hint}
      disabled={obstacle !== undefined}
      error={obstacle === undefined && field.error}
      name="card"
      autoComplete="off"
      spellCheck={false}
    />
  );
}
