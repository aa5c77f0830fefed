import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { m } from '../i18n/messages.ts';
import './filter-bar.css';

/** A filter that is set, in the words of its field. */
export interface ChosenFilter {
  readonly label: string;
  /** Empty where the label says it all, as of a switch. */
  readonly text: string;
  readonly onTakeOff: () => void;
}

/** Of these filters those that are set: the label of each, what is chosen, and how it is chosen. */
export function chosenOf(
  filters: readonly (readonly [label: string, text: string | undefined, onChoose: (value: '') => void])[],
): ChosenFilter[] {
  return filters.flatMap(([label, text, onChoose]) =>
    text === undefined ? [] : [{ label, text, onTakeOff: () => onChoose('') }],
  );
}

interface FilterBarProps {
  readonly chosen: readonly ChosenFilter[];
  readonly onClear: () => void;
  /** Beside the fields: the views of the list that were saved. */
  readonly views?: ReactNode;
  /** The fields. */
  readonly children: ReactNode;
}

/**
 * The filters of a list. On a phone, where they would fill the screen, they are folded behind one button with
 * their number, and each that is set stands beside it and can be taken off.
 */
export function FilterBar({ chosen, onClear, views, children }: FilterBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const fields = useId();
  const count = chosen.length;
  return (
    <div role="search" aria-label={m.filter_label()} className="filter-bar">
      <div className="filter-fold">
        <Button
          ref={toggle}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.7} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={fields}
          onClick={() => setIsOpen(!isOpen)}
        >
          {count === 0 ? m.filter_label() : m.filter_count({ count: String(count) })}
        </Button>
        {chosen.map((filter) => (
          <Chip
            key={filter.label}
            filter={filter}
            onTakenOff={() => {
              // The chip goes, and the focus with it.
              toggle.current?.focus();
            }}
          />
        ))}
      </div>
      <div id={fields} className="filters" data-open={isOpen || undefined}>
        {children}
        {count > 0 && (
          <Button variant="subtle" onClick={onClear}>
            {m.filter_clear()}
          </Button>
        )}
      </div>
      {views}
    </div>
  );
}

interface ChipProps {
  readonly filter: ChosenFilter;
  readonly onTakenOff: () => void;
}

function Chip({ filter: { label, text, onTakeOff }, onTakenOff }: ChipProps) {
  const filter = text === '' ? label : m.filter_chip({ label, text });
  return (
    <button
      type="button"
      className="filter-chip"
      onClick={() => {
        onTakeOff();
        onTakenOff();
      }}
    >
      <span className="filter-said">{m.filter_take_off({ filter })}</span>
      <span aria-hidden>{filter}</span>
      <IconX size={14} stroke={1.8} aria-hidden />
    </button>
  );
}
