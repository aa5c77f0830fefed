import { auditCheckpointAddress, auditExportAddress } from '@claviger/protocol';
import { ActionButton, askConfirmedSession, m, pageLocale } from '@claviger/web-kit';
import { IconCertificate, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { AuditFilters } from './queries.ts';

/** A download cannot ask for the password; that is done before. */
function useDownload(address: () => string) {
  return useMutation({
    mutationFn: askConfirmedSession,
    onSuccess: () => {
      const link = document.createElement('a');
      link.href = address();
      link.download = '';
      link.click();
    },
  });
}

/** Export CSV of every entry of the filters, and the signed end of the chain, to be kept elsewhere. */
export function AuditDownloads({ entityId, filters }: { entityId: string; filters: AuditFilters }) {
  const csv = useDownload(() => auditExportAddress(entityId, { ...filters, language: pageLocale() }));
  const checkpoint = useDownload(() => auditCheckpointAddress(entityId));
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
    </>
  );
}
