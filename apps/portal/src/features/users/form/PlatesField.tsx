import { m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { usePlateHolders } from '../queries.ts';
import { plateLength, platesLimit, platesWith } from './user-draft.ts';

/** What is typed of a plate; what stands there counts when the form is sent. */
export interface PlateEntry {
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

interface PlatesFieldProps {
  readonly entityId: string;
  readonly plates: readonly string[];
  readonly entry: PlateEntry;
  readonly onChange: (plates: readonly string[]) => void;
  /** Whose plates these are already. */
  readonly userId?: string;
}

/** Licence plates, one by one; that somebody else has one is said, and not refused. */
export function PlatesField({ entityId, plates, entry, onChange, userId }: PlatesFieldProps) {
  const { typed, onType } = entry;
  const shared = usePlateHolders(entityId, plates, userId).data ?? [];
  const isFull = plates.length >= platesLimit;
  const add = () => {
    onChange(platesWith(plates, typed));
    onType('');
  };
  return (
    <div className="user-plates-field">
      <div className="user-plate-entry">
        <TextField
          label={m.users_plates_field()}
          value={typed}
          onChange={onType}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          maxLength={plateLength}
          autoComplete="off"
          spellCheck={false}
          disabled={isFull}
        />
        <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />} onClick={add} disabled={isFull}>
          {m.users_plates_add()}
        </Button>
      </div>
      {plates.length > 0 && (
        <ul className="user-plates" aria-label={m.users_plates_field()}>
          {plates.map((plate) => (
            <li key={plate}>
              <Button
                size="xs"
                rightSection={<IconX size={14} stroke={1.8} aria-hidden />}
                aria-label={m.users_plates_remove({ plate })}
                onClick={() => onChange(plates.filter((one) => one !== plate))}
              >
                {plate}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="small" role="status">
        {shared.map(({ plate, name }) => m.users_plates_shared({ plate, name })).join(' ')}
      </p>
    </div>
  );
}
