import type { ImportProblem, UnitImportCheck } from '@claviger/protocol';
import { client, m, useFormat } from '@claviger/web-kit';
import type { CsvForm } from '../../../../app/csv/csv-file.ts';
import { ImportPanel } from '../../../../app/csv/ImportPanel.tsx';
import type { ImportCalls } from '../../../../app/csv/use-import.ts';
import { useStaleBuildings } from '../queries.ts';

const problemWords: Readonly<Record<ImportProblem, () => string>> = {
  building_name: m.import_problem_building_name,
  unit_name: m.import_problem_unit_name,
  floors: m.import_problem_floors,
  twice: m.import_problem_twice,
};

type UnitColumn = 'building' | 'unit' | 'floors';
const form: CsvForm<UnitColumn> = {
  columns: ['building', 'unit', 'floors'],
  needed: ['building', 'unit'],
};
const template = {
  name: 'units.csv',
  text: 'building,unit,floors\r\nTower,Apartment 1,0\r\nTower,Apartment 2,"1, 2"\r\n',
};

interface ImportUnitsProps {
  readonly entityId: string;
  readonly onClose: () => void;
}

/** Import CSV of buildings and their Units. */
export function ImportUnits({ entityId, onClose }: ImportUnitsProps) {
  const format = useFormat('UTC');
  const calls: ImportCalls<UnitColumn, UnitImportCheck> = {
    start: () => client.startUnitImport(entityId),
    addLines: (importId, lines) => client.addImportLines({ entityId, importId }, { lines }),
    check: (importId) => client.checkUnitImport({ entityId, importId }),
    apply: (importId) => client.applyUnitImport({ entityId, importId }),
    onSettled: useStaleBuildings(entityId),
  };
  const wouldOf = ({ lines, newBuildings, newUnits, changedUnits }: UnitImportCheck) =>
    m.import_would({
      ...{ lines: format.number(lines), buildings: format.number(newBuildings) },
      ...{ units: format.number(newUnits), changed: format.number(changedUnits) },
    });
  return (
    <ImportPanel {...{ form, calls, template, wouldOf, problemWords, onClose }} text={m.import_text()} />
  );
}
