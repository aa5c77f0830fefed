import type { Building, Entity, Unit } from '@claviger/protocol';
import { ActionButton, ErrorNotice, FilterText, m } from '@claviger/web-kit';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { NameForm } from './NameForm.tsx';
import { Removal } from './Removal.tsx';
import { useRemoveUnit, useSaveUnit, useUnits } from './queries.ts';
import { floorsText, unitWords } from './unit-words.ts';

interface UnitsProps {
  readonly entity: Entity;
  readonly building: Building;
  readonly onClose: () => void;
}

/** What is being done with one Unit; without one it is a new one. */
type Doing = { readonly kind: 'save' | 'remove'; readonly unit?: Unit } | undefined;

const textLengthLimit = 80;

/** The apartments or companies of a building. */
export function Units({ entity, building, onClose }: UnitsProps) {
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  const place = { entity, buildingId: building.id, onClose: done };
  return (
    <>
      <Button
        variant="subtle"
        size="sm"
        leftSection={<IconArrowLeft size={16} stroke={1.6} aria-hidden />}
        onClick={onClose}
      >
        {m.building_back()}
      </Button>
      <h3 className="units-title">{`${building.name}: ${unitWords[entity.kind].all()}`}</h3>
      {doing?.kind === 'save' && <UnitForm {...place} unit={doing.unit} />}
      {doing?.kind === 'remove' && doing.unit && <UnitRemoval {...place} unit={doing.unit} />}
      {doing === undefined && <UnitList entity={entity} buildingId={building.id} onDo={setDoing} />}
    </>
  );
}

interface UnitListProps {
  readonly entity: Entity;
  readonly buildingId: string;
  readonly onDo: (doing: Doing) => void;
}

function UnitList({ entity, buildingId, onDo }: UnitListProps) {
  const [text, setText] = useState('');
  const list = useUnits(entity.id, buildingId, text);
  const units = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <FilterText label={m.filter_search()} chosen={text} lengthLimit={textLengthLimit} onChoose={setText} />
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.data && units.length === 0 && (
        <p className="dialog-text units-none">{text === '' ? m.unit_none() : m.unit_no_match()}</p>
      )}
      <ul className="rows place-rows">
        {units.map((unit) => (
          <UnitRow key={unit.id} unit={unit} onDo={onDo} />
        ))}
      </ul>
      <div className="dialog-end">
        {list.hasNextPage && (
          <ActionButton isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {m.unit_more()}
          </ActionButton>
        )}
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          onClick={() => onDo({ kind: 'save' })}
        >
          {unitWords[entity.kind].add()}
        </Button>
      </div>
    </>
  );
}

function UnitRow({ unit, onDo }: { unit: Unit; onDo: (doing: Doing) => void }) {
  const { name } = unit;
  return (
    <li>
      <div>
        <b>{name}</b>
        <p className="small">{floorsText(unit)}</p>
      </div>
      <ActionIcon aria-label={m.unit_change({ name })} onClick={() => onDo({ kind: 'save', unit })}>
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={m.unit_remove({ name })} onClick={() => onDo({ kind: 'remove', unit })}>
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

interface UnitFormProps {
  readonly entity: Entity;
  readonly buildingId: string;
  readonly unit: Unit | undefined;
  readonly onClose: () => void;
}

function UnitForm({ entity, buildingId, unit, onClose }: UnitFormProps) {
  const save = useSaveUnit(entity.id, buildingId, unit);
  const words = unitWords[entity.kind];
  return (
    <NameForm
      label={words.one()}
      action={unit ? m.action_save() : words.add()}
      initial={unit ?? { name: '', floors: [] }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={({ name, floors = [] }) => save.mutate({ name, floors: [...floors] }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function UnitRemoval({ entity, unit, onClose }: Omit<UnitFormProps, 'unit'> & { readonly unit: Unit }) {
  const removal = useRemoveUnit(entity.id);
  return (
    <Removal
      name={unit.name}
      text={m.unit_remove_text()}
      isBusy={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate(unit.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
