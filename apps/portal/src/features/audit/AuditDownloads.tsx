import { auditExportAddress, type ReceivedFile } from '@claviger/protocol';
import {
  ActionButton,
  askConfirmedSession,
  client,
  ErrorNotice,
  keys,
  m,
  pageLocale,
} from '@claviger/web-kit';
import { IconCertificate, IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AuditFilters } from './queries.ts';

/** Hands a file to the browser as a download. */
function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

function saveText({ name, text }: ReceivedFile): void {
  const address = URL.createObjectURL(new Blob([text]));
  save(address, name);
  URL.revokeObjectURL(address);
}

/** Signs the end of the chain now; that stands in the list then. */
function useCheckpoint(entityId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.takeAuditCheckpoint(entityId),
    onSuccess: (file) => {
      saveText(file);
      return queryClient.invalidateQueries({ queryKey: keys.audit(entityId) });
    },
  });
}

/** Export CSV of every entry of the filters, and the signed end of the chain, to be kept elsewhere. */
export function AuditDownloads({ entityId, filters }: { entityId: string; filters: AuditFilters }) {
  const csv = useMutation({
    // A download cannot ask for the password; whether the session still stands is asked before.
    mutationFn: askConfirmedSession,
    onSuccess: () => save(auditExportAddress(entityId, { ...filters, language: pageLocale() }), ''),
  });
  const checkpoint = useCheckpoint(entityId);
  return (
    <>
      <ActionButton
        leftSection={<IconCertificate size={16} stroke={1.7} aria-hidden />}
        isBusy={checkpoint.isPending}
        onClick={() => checkpoint.mutate()}
      >
        {m.audit_checkpoint()}
      </ActionButton>
      <ActionButton
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
        isBusy={csv.isPending}
        onClick={() => csv.mutate()}
      >
        {m.activity_export()}
      </ActionButton>
      <ErrorNotice error={checkpoint.error ?? csv.error} />
    </>
  );
}
