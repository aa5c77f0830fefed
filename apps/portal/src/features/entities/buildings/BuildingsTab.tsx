import type { Building, Entity } from '@claviger/protocol';
import { ErrorNotice, m } from '@claviger/web-kit';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTableImport, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { type Edited, EntityWindow } from '../window/EntityWindow.tsx';
import { NameForm } from './NameForm.tsx';
import { Removal } from './Removal.tsx';
import { useBuildings, useRemoveBuilding, useSaveBuilding } from './queries.ts';
import { unitWords } from './unit-words.ts';
import { Units } from './Units.tsx';
import './buildings.css';

// Reading a CSV needs a library of its own.
const ImportUnits = lazy(() =>
  import('./import/ImportUnits.tsx').then((module) => ({ default: module.ImportUnits })),
);

/** The buildings of an Entity and the Units in them, in its edit window. */
export function BuildingsTab() {
  return (
    <EntityWindow title={(name) => m.entity_edit_title({ name })} hasTabs>
      {(edited) => <Buildings {...edited} />}
    </EntityWindow>
  );
}

/** What is being done: with one building, or beside them all. */
type Doing =
  | { readonly kind: 'add' | 'import' }
  | { readonly kind: 'rename' | 'remove' | 'units'; readonly buildingId: string }
  | undefined;

function Buildings({ entity, close }: Edited) {
  const buildings = useBuildings(entity.id);
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  if (buildings.isPending) return <div className="skeleton entities-skeleton" aria-busy="true" />;
  if (!buildings.data) {
    return <ErrorNotice error={buildings.error} onRetry={() => void buildings.refetch()} />;
  }
  const building =
    doing && 'buildingId' in doing ? buildings.data.find(({ id }) => id === doing.buildingId) : undefined;
  if (doing?.kind === 'import') {
    return (
      <Suspense fallback={<div className="skeleton entities-skeleton" aria-busy="true" />}>
        <ImportUnits entityId={entity.id} onClose={done} />
      </Suspense>
    );
  }
  if (doing?.kind === 'add') return <BuildingForm entityId={entity.id} building={undefined} onClose={done} />;
  if (doing && building) return <OneBuilding {...{ entity, building, kind: doing.kind, onClose: done }} />;
  return <BuildingList entity={entity} buildings={buildings.data} onDo={setDoing} onClose={close} />;
}

interface BuildingListProps {
  readonly entity: Entity;
  readonly buildings: readonly Building[];
  readonly onDo: (doing: Doing) => void;
  readonly onClose: () => void;
}

function BuildingList({ entity, buildings, onDo, onClose }: BuildingListProps) {
  return (
    <>
      {buildings.length === 0 && <p className="dialog-text">{m.building_empty()}</p>}
      <ul className="rows place-rows">
        {buildings.map((shown) => (
          <BuildingRow key={shown.id} entity={entity} building={shown} onDo={onDo} />
        ))}
      </ul>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_close()}</Button>
        {entity.kind !== 'home' && (
          <Button
            leftSection={<IconTableImport size={16} stroke={1.6} aria-hidden />}
            onClick={() => onDo({ kind: 'import' })}
          >
            {m.import_open()}
          </Button>
        )}
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          onClick={() => onDo({ kind: 'add' })}
        >
          {m.building_add()}
        </Button>
      </div>
    </>
  );
}

interface BuildingRowProps {
  readonly entity: Entity;
  readonly building: Building;
  readonly onDo: (doing: Doing) => void;
}

function BuildingRow({ entity, building: { id: buildingId, name, unitCount }, onDo }: BuildingRowProps) {
  const units = unitWords[entity.kind].count({ count: unitCount });
  return (
    <li>
      <b>{name}</b>
      {entity.kind !== 'home' && (
        <Button
          size="sm"
          aria-label={m.unit_open({ units, name })}
          onClick={() => onDo({ kind: 'units', buildingId })}
        >
          {units}
        </Button>
      )}
      <ActionIcon
        aria-label={m.building_rename({ name })}
        onClick={() => onDo({ kind: 'rename', buildingId })}
      >
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        aria-label={m.building_remove({ name })}
        onClick={() => onDo({ kind: 'remove', buildingId })}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

interface OneBuildingProps {
  readonly entity: Entity;
  readonly building: Building;
  readonly kind: string;
  readonly onClose: () => void;
}

function OneBuilding({ entity, building, kind, onClose }: OneBuildingProps) {
  const removal = useRemoveBuilding(entity.id);
  if (kind === 'units') return <Units entity={entity} building={building} onClose={onClose} />;
  if (kind === 'rename') return <BuildingForm entityId={entity.id} building={building} onClose={onClose} />;
  const units = unitWords[entity.kind].count({ count: building.unitCount });
  return (
    <Removal
      name={building.name}
      text={m.building_remove_text({ units })}
      isBusy={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate(building.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

interface BuildingFormProps {
  readonly entityId: string;
  readonly building: Building | undefined;
  readonly onClose: () => void;
}

function BuildingForm({ entityId, building, onClose }: BuildingFormProps) {
  const save = useSaveBuilding(entityId, building);
  return (
    <NameForm
      label={m.building_name()}
      action={building ? m.action_save() : m.building_add()}
      initial={{ name: building?.name ?? '', floors: undefined }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={({ name }) => save.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
