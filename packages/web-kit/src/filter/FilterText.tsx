import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

/** Somebody who pauses this long while typing wants to see what fits so far. */
const typingPauseMs = 300;

interface FilterTextProps {
  readonly label: string;
  /** As it stands in the address. */
  readonly chosen: string;
  readonly lengthLimit: number;
  /** What is wrong with what was typed; it is not applied then. */
  readonly problemOf?: (text: string) => string | undefined;
  readonly onChoose: (text: string) => void;
  /** Its label, or what is typed, needs more room than that of other filters. */
  readonly isWide?: boolean;
}

/** A filter that is typed; it is applied when the typing pauses. */
export function FilterText(props: FilterTextProps) {
  const { label, chosen, lengthLimit, problemOf, onChoose, isWide = false } = props;
  const [typed, setTyped] = useState(chosen);
  const applied = useRef(chosen);
  const choose = useRef(onChoose);
  const problem = typed.trim() === '' ? undefined : problemOf?.(typed.trim());
  useEffect(() => {
    choose.current = onChoose;
  });
  useEffect(() => {
    // The address was changed by something else, such as Clear filters or Back.
    if (chosen === applied.current) return;
    applied.current = chosen;
    setTyped(chosen);
  }, [chosen]);
  useEffect(() => {
    const text = typed.trim();
    if (text === applied.current || problem !== undefined) return;
    const timer = setTimeout(() => {
      applied.current = text;
      choose.current(text);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, problem]);
  return (
    <TextInput
      label={label}
      wrapperProps={{ 'data-wide': isWide || undefined }}
      value={typed}
      error={problem}
      maxLength={lengthLimit}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
