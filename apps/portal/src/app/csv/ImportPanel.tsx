import type { LineProblem } from '@claviger/protocol';
import { ActionButton, ErrorNotice, FormError, m, useFormat } from '@claviger/web-kit';
import { Button, FileInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { CsvForm, FileProblem } from './csv-file.ts';
import { type CheckedFile, type ImportCalls, useImport } from './use-import.ts';
import { saveText } from './save-file.ts';
import './import.css';

const fileProblems: Readonly<
  Record<FileProblem['kind'], (given: { line: string; columns: string }) => string>
> = {
  encoding: m.import_encoding,
  too_large: m.import_too_large,
  header: m.import_header,
  too_long: m.import_too_long,
  nothing: m.import_nothing,
  quotes: m.import_quotes,
  fields: m.import_fields,
  stopped: m.import_stopped,
};

/** What every check says. */
interface Checked {
  readonly problemCount: number;
  readonly problems: readonly LineProblem[];
}

interface ImportPanelProps<Column extends string, Check extends Checked> {
  readonly form: CsvForm<Column>;
  readonly calls: ImportCalls<Column, Check>;
  readonly text: string;
  /** What a person fills in. */
  readonly template: { readonly name: string; readonly text: string };
  /** What an import of a right file would do. */
  readonly wouldOf: (check: Check) => string;
  readonly problemWords: Readonly<Record<string, () => string>>;
  readonly onClose: () => void;
}

/** Import CSV: a file is checked as soon as it is chosen, and imported when nothing is wrong with it. */
export function ImportPanel<Column extends string, Check extends Checked>(
  props: ImportPanelProps<Column, Check>,
) {
  const { form, calls, text, template, wouldOf, problemWords, onClose } = props;
  const importing = useImport(form, calls);
  const { checking, applying } = importing;
  const found = checking.isPending ? undefined : checking.data;
  return (
    <>
      <p className="dialog-text">{text}</p>
      <div className="dialog-fields">
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          onClick={() => saveText(template.text, { name: template.name, type: 'text/csv' })}
        >
          {m.import_template()}
        </Button>
        <FileToImport importing={importing} form={form} />
        <div aria-live="polite">
          {checking.isPending && <Progress importing={importing} />}
          {found && 'check' in found && !applying.isSuccess && (
            <CheckResult check={found.check} would={wouldOf(found.check)} problemWords={problemWords} />
          )}
          {applying.isSuccess && <p>{m.import_done()}</p>}
        </div>
        <ErrorNotice error={checking.error} />
        <FormError error={applying.error} />
      </div>
      <ImportEnd found={found} apply={applying} onClose={onClose} />
    </>
  );
}

type Importing<Check> = ReturnType<typeof useImport<string, Check>>;

interface FileToImportProps<Check> {
  readonly importing: Pick<Importing<Check>, 'checking' | 'applying'>;
  readonly form: CsvForm<string>;
}

function FileToImport<Check>({ importing: { checking, applying }, form }: FileToImportProps<Check>) {
  const format = useFormat('UTC');
  const problem = checking.data && 'problem' in checking.data ? checking.data.problem : undefined;
  const given = { line: format.number(problem?.line ?? 0), columns: form.needed.join(', ') };
  return (
    <FileInput
      label={m.import_file()}
      placeholder={m.users_photo_choose()}
      accept=".csv,text/csv"
      error={problem && !checking.isPending && fileProblems[problem.kind](given)}
      disabled={checking.isPending || applying.isPending}
      onChange={(file) => {
        applying.reset();
        if (file) checking.mutate(file);
        else checking.reset();
      }}
    />
  );
}

function Progress<Check>({
  importing: { sent, stop },
}: {
  importing: Pick<Importing<Check>, 'sent' | 'stop'>;
}) {
  const format = useFormat('UTC');
  return (
    <div className="import-progress">
      <span>{m.import_reading({ lines: format.number(sent) })}</span>
      <Button size="sm" onClick={stop}>
        {m.import_stop()}
      </Button>
    </div>
  );
}

interface ImportEndProps<Check extends Checked> {
  readonly found: CheckedFile<Check> | undefined;
  readonly apply: Importing<Check>['applying'];
  readonly onClose: () => void;
}

function ImportEnd<Check extends Checked>({ found, apply, onClose }: ImportEndProps<Check>) {
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

interface CheckResultProps {
  readonly check: Checked;
  readonly would: string;
  readonly problemWords: Readonly<Record<string, () => string>>;
}

/** What would be made, or which lines are in the way. */
function CheckResult({ check: { problems, problemCount }, would, problemWords }: CheckResultProps) {
  const format = useFormat('UTC');
  if (problemCount === 0) return <p>{would}</p>;
  const more = problemCount - new Set(problems.map(({ line }) => line)).size;
  return (
    <>
      <p>{m.import_problems({ count: format.number(problemCount) })}</p>
      <ul className="import-problems" tabIndex={0} aria-label={m.import_file()}>
        {problems.map(({ line, column, problem }) => (
          <li key={`${String(line)} ${problem}`}>
            {m.import_line({
              line: format.number(line),
              column,
              problem: problemWords[problem]?.() ?? problem,
            })}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{m.import_more({ count: format.number(more) })}</p>}
    </>
  );
}
