import { auditExportAddress } from '@claviger/protocol';
import { ActionButton, client, ErrorNotice, keys, m, pageLocale } from '@claviger/web-kit';
import { IconCertificate } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ExportButton } from '../../app/csv/ExportButton.tsx';
import { saveText } from '../../app/csv/save-file.ts';
import type { AuditFilters } from './queries.ts';

/** Signs the end of the chain now; that stands in the list then. */
function useCheckpoint(entityId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.takeAuditCheckpoint(entityId),
    onSuccess: (file) => {
      saveText(file.text, { name: file.name });
      return queryClient.invalidateQueries({ queryKey: keys.audit(entityId) });
    },
  });
}

/** Export CSV of every entry of the filters, and the signed end of the chain, to be kept elsewhere. */
export function AuditDownloads({ entityId, filters }: { entityId: string; filters: AuditFilters }) {
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
      <ExportButton addressOf={() => auditExportAddress(entityId, { ...filters, language: pageLocale() })} />
      <ErrorNotice error={checkpoint.error} />
    </>
  );
}
