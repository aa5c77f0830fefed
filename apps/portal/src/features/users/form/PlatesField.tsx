import { m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { usePlateHolders } from '../queries.ts';
import { lengthLimits } from './user-problems.ts';

interface PlatesFieldProps {
  readonly entityId: string;
  readonly plates: readonly string[];
  readonly onChange: (plates: readonly string[]) => void;
  /** Whose plates these are already. */
  readonly userId?: string;
}

/** Licence plates, one by one; that somebody else has one is said, and not refused. */
export function PlatesField({ entityId, plates, onChange, userId }: PlatesFieldProps) {
  const [typed, setTyped] = useState('');
  const shared = usePlateHolders(entityId, plates, userId).data ?? [];
  const isFull = plates.length >= lengthLimits.plates;
  const add = () => {
    const plate = typed.trim().toLocaleUpperCase();
    if (plate !== '' && !isFull && !plates.includes(plate)) onChange([...plates, plate]);
    setTyped('');
  };
  return (
    <div>
      <div className="user-plate-entry">
        <TextField
          label={m.users_plates_field()}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          onBlur={add}
          maxLength={lengthLimits.plate}
          autoComplete="off"
          spellCheck={false}
          disabled={isFull}
        />
        <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />} onClick={add} disabled={isFull}>
          {m.users_plates_add()}
        </Button>
      </div>
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
      <p className="small" role="status">
        {shared.map(({ plate, name }) => m.users_plates_shared({ plate, name })).join(' ')}
      </p>
    </div>
  );
}
