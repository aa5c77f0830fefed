import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

/** Somebody who pauses this long while typing wants to see what fits so far. */
const typingPauseMs = 300;

interface FilterTextProps {
  readonly label: string;
  /** As it stands in the address. */
  readonly chosen: string;
  readonly lengthLimit: number;
  readonly onChoose: (text: string) => void;
}

/** A filter that is typed; it is applied when the typing pauses. */
export function FilterText({ label, chosen, lengthLimit, onChoose }: FilterTextProps) {
  const [typed, setTyped] = useState(chosen);
  const applied = useRef(chosen);
  const choose = useRef(onChoose);
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
    if (text === applied.current) return;
    const timer = setTimeout(() => {
      applied.current = text;
      choose.current(text);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      label={label}
      value={typed}
      maxLength={lengthLimit}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
