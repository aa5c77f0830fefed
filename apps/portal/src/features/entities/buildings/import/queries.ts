import type { UnitImportCheck } from '@claviger/protocol';
import { client } from '@claviger/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useStaleBuildings } from '../queries.ts';
import { batchesOf, type FileProblem, linesOf } from './unit-file.ts';

/** A file as the server has read it, or why it was not sent. */
export type CheckedFile =
  { readonly problem: FileProblem } | { readonly importId: string; readonly check: UnitImportCheck };

/** Sends a file to be checked; `sent` is how many of its lines have arrived. */
export function useCheckFile(entityId: string) {
  const [sent, setSent] = useState(0);
  const mutation = useMutation({
    mutationFn: async (file: Blob): Promise<CheckedFile> => {
      setSent(0);
      const lines = linesOf(await file.text());
      if (typeof lines === 'string') return { problem: lines };
      const { id: importId } = await client.startUnitImport(entityId);
      for (const batch of batchesOf(lines)) {
        await client.addImportLines({ entityId, importId }, { lines: batch });
        setSent((before) => before + batch.length);
      }
      return { importId, check: await client.checkUnitImport({ entityId, importId }) };
    },
  });
  return { mutation, sent };
}

export function useApplyImport(entityId: string) {
  const reload = useStaleBuildings(entityId);
  return useMutation({
    mutationFn: (importId: string) => client.applyUnitImport({ entityId, importId }),
    onSettled: reload,
  });
}
