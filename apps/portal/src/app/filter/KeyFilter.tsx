import { FilterText, m } from '@claviger/web-kit';
import { readKeyBeginning } from '../read-address.ts';

/** A whole UUID in curly brackets, as some programs copy it, is refused with the reason and not cut off. */
const lengthLimit = 38;

interface KeyFilterProps {
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/** Key UUID, or its beginning; what cannot be one is said and not searched for. */
export function KeyFilter({ chosen, onChoose }: KeyFilterProps) {
  return (
    <FilterText
      label={m.key_uuid()}
      chosen={chosen}
      lengthLimit={lengthLimit}
      problemOf={(text) => (readKeyBeginning(text) === undefined ? m.problem_key_uuid() : undefined)}
      onChoose={onChoose}
    />
  );
}
