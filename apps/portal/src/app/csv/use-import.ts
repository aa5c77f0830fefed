import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { batchesOf, type CsvForm, type CsvLine, type FileProblem, linesOf, textOf } from './csv-file.ts';

/** How the server is asked for one kind of import. */
export interface ImportCalls<Column extends string, Check> {
  readonly start: () => Promise<{ readonly id: string }>;
  readonly addLines: (importId: string, lines: CsvLine<Column>[]) => Promise<unknown>;
  readonly check: (importId: string) => Promise<Check>;
  readonly apply: (importId: string) => Promise<unknown>;
  /** Once it was applied, or may have been. */
  readonly onSettled: () => unknown;
}

/** A file as the server has read it, or why it was not sent. */
export type CheckedFile<Check> =
  { readonly problem: FileProblem } | { readonly importId: string; readonly check: Check };

/**
 * An import: a file is sent to be checked, which can be stopped, and then applied. `sent` is how many of its
 * lines have arrived.
 */
export function useImport<Column extends string, Check>(
  form: CsvForm<Column>,
  calls: ImportCalls<Column, Check>,
) {
  const [sent, setSent] = useState(0);
  const stopping = useRef<AbortController>(null);
  const checking = useMutation({
    mutationFn: async (file: Blob): Promise<CheckedFile<Check>> => {
      const { signal } = (stopping.current = new AbortController());
      setSent(0);
      const text = await textOf(file);
      if ('problem' in text) return text;
      const lines = linesOf(text.value, form);
      if ('problem' in lines) return lines;
      const { id: importId } = await calls.start();
      for (const batch of batchesOf(lines.value)) {
        if (signal.aborted) return { problem: { kind: 'stopped' } };
        await calls.addLines(importId, batch);
        setSent((before) => before + batch.length);
      }
      return { importId, check: await calls.check(importId) };
    },
  });
  const applying = useMutation({ mutationFn: calls.apply, onSettled: calls.onSettled });
  return { checking, sent, stop: () => stopping.current?.abort(), applying };
}
