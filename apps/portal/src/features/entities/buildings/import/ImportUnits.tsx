import type { ImportProblem, UnitImportCheck } from '@claviger/protocol';
import { ActionButton, ErrorNotice, FormError, m, useFormat } from '@claviger/web-kit';
import { Button, FileInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type CheckedFile, useApplyImport, useCheckFile } from './queries.ts';
import { type FileProblem, template } from './unit-file.ts';

const fileProblems: Readonly<Record<FileProblem, () => string>> = {
  header: m.import_header,
  too_long: m.import_too_long,
  nothing: m.import_nothing,
};

const lineProblems: Readonly<Record<ImportProblem, () => string>> = {
  building_name: m.import_problem_building_name,
  unit_name: m.import_problem_unit_name,
  floors: m.import_problem_floors,
  twice: m.import_problem_twice,
};

interface ImportUnitsProps {
  readonly entityId: string;
  readonly onClose: () => void;
}

/** Import CSV: a file is checked as soon as it is chosen, and imported when nothing is wrong with it. */
export function ImportUnits({ entityId, onClose }: ImportUnitsProps) {
  const { mutation: checking, sent } = useCheckFile(entityId);
  const apply = useApplyImport(entityId);
  const format = useFormat('UTC');
  const found = checking.isPending ? undefined : checking.data;
  return (
    <>
      <p className="dialog-text">{m.import_text()}</p>
      <div className="dialog-fields">
        <TemplateButton />
        <FileInput
          label={m.import_file()}
          accept=".csv,text/csv"
          error={found && 'problem' in found && fileProblems[found.problem]()}
          disabled={checking.isPending || apply.isPending}
          onChange={(file) => {
            apply.reset();
            if (file) checking.mutate(file);
            else checking.reset();
          }}
        />
        <div aria-live="polite">
          {checking.isPending && <p>{m.import_reading({ lines: format.number(sent) })}</p>}
          {found && 'check' in found && !apply.isSuccess && <CheckResult check={found.check} />}
          {apply.isSuccess && <p>{m.import_done()}</p>}
        </div>
        <ErrorNotice error={checking.error} />
        <FormError error={apply.error} />
      </div>
      <ImportEnd found={found} apply={apply} onClose={onClose} />
    </>
  );
}

interface ImportEndProps {
  readonly found: CheckedFile | undefined;
  readonly apply: ReturnType<typeof useApplyImport>;
  readonly onClose: () => void;
}

function ImportEnd({ found, apply, onClose }: ImportEndProps) {
  if (apply.isSuccess) {
    return (
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_close()}</Button>
      </div>
    );
  }
  const isReady = found && 'check' in found && found.check.problemCount === 0;
  return (
    <div className="dialog-end">
      <Button onClick={onClose}>{m.action_cancel()}</Button>
      {isReady && (
        <ActionButton variant="filled" isBusy={apply.isPending} onClick={() => apply.mutate(found.importId)}>
          {m.import_apply()}
        </ActionButton>
      )}
    </div>
  );
}

/** Hands the browser a file to begin with. */
function TemplateButton() {
  const save = () => {
    const address = URL.createObjectURL(new Blob([template], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'units.csv';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button
      variant="subtle"
      size="sm"
      leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
      onClick={save}
    >
      {m.import_template()}
    </Button>
  );
}

/** What would be made, or which lines are in the way. */
function CheckResult({ check }: { check: UnitImportCheck }) {
  const format = useFormat('UTC');
  const { problems, problemCount, lines, newBuildings, newUnits, changedUnits } = check;
  if (problemCount === 0) {
    return (
      <p>
        {m.import_would({
          ...{ lines: format.number(lines), buildings: format.number(newBuildings) },
          ...{ units: format.number(newUnits), changed: format.number(changedUnits) },
        })}
      </p>
    );
  }
  const more = problemCount - problems.length;
  return (
    <>
      <p>{m.import_problems({ count: format.number(problemCount) })}</p>
      <ul className="import-problems" tabIndex={0} aria-label={m.import_file()}>
        {problems.map(({ line, problem }) => (
          <li key={line}>{m.import_line({ line: format.number(line), problem: lineProblems[problem]() })}</li>
        ))}
      </ul>
      {more > 0 && <p>{m.import_more({ count: format.number(more) })}</p>}
    </>
  );
}
