import { Dialog, m, textOf } from '@claviger/web-kit';
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Finding, type Group, grouped, stepped } from './finding.ts';
import { useFindings } from './use-findings.ts';
import './palette.css';

const groupNames: Readonly<Record<Finding['group'], () => string>> = {
  actions: m.palette_actions,
  doors: m.palette_doors,
  people: m.palette_people,
  places: m.palette_places,
  pages: m.palette_pages,
};

const lengthLimit = 80;

interface PaletteProps {
  readonly entityId: string;
  readonly onClose: () => void;
}

/** Finds people, places, doors, serial numbers and what one can do; everything by keyboard. */
export function Palette({ entityId, onClose }: PaletteProps) {
  const [text, setText] = useState('');
  const { all, isSearching, error } = useFindings(entityId, text);
  const [place, setPlace] = useState(0);
  const listId = useId();
  const groups = grouped(all);
  const shown = groups.flatMap(({ findings }) => findings);
  const current = shown[Math.min(place, shown.length - 1)];
  const choose = (finding: Finding) => {
    onClose();
    finding.go();
  };
  const press = (event: KeyboardEvent) => {
    // The input method of another script takes Enter and the arrows for itself.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (step) setPlace(stepped(Math.min(place, shown.length - 1), step, shown.length));
    else if (event.key === 'Enter' && current) choose(current);
    else return;
    event.preventDefault();
  };
  const idOf = ({ group, id }: Finding): string => `${listId}-${group}-${id}`;
  return (
    <Dialog title={m.palette_title()} onClose={onClose} isContentFocused>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={m.palette_label()}
        placeholder={m.palette_label()}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current && idOf(current)}
        value={text}
        maxLength={lengthLimit}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={press}
      />
      <p className="small palette-said" role="status">
        {error ? textOf(error).says : said(text, shown.length, isSearching)}
      </p>
      <div id={listId} role="listbox" aria-label={m.palette_title()} className="palette-list">
        {groups.map((group) => (
          <PaletteGroup key={group.name} {...{ group, current, idOf }} onChoose={choose} />
        ))}
      </div>
    </Dialog>
  );
}

/** How many there are; while people are looked for, nothing is said to be missing. */
function said(text: string, count: number, isSearching: boolean): string {
  if (isSearching) return m.palette_searching();
  if (count === 0) return m.palette_none({ text: text.trim() });
  return m.palette_count({ count });
}

interface PaletteGroupProps {
  readonly group: Group;
  readonly current: Finding | undefined;
  readonly idOf: (finding: Finding) => string;
  readonly onChoose: (finding: Finding) => void;
}

function PaletteGroup({ group: { name, findings }, current, idOf, onChoose }: PaletteGroupProps) {
  const headingId = useId();
  return (
    <div role="group" aria-labelledby={headingId}>
      <div id={headingId} className="palette-heading" aria-hidden>
        {groupNames[name]()}
      </div>
      {findings.map((finding) => (
        <Option
          key={finding.id}
          id={idOf(finding)}
          finding={finding}
          isCurrent={finding === current}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly finding: Finding;
  readonly isCurrent: boolean;
  readonly onChoose: (finding: Finding) => void;
}

/** The focus stays in the field: a screen reader hears of the option through it. */
function Option({ id, finding, isCurrent, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isCurrent}
      className="palette-option"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(finding)}
    >
      <span>{finding.title}</span>
      {finding.note !== undefined && <span className="small">{finding.note}</span>}
    </div>
  );
}
