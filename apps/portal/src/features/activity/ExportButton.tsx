import { activityExportAddress, type ActivityFilter } from '@claviger/protocol';
import { ActionButton, askConfirmedSession, m, pageLocale, queryOf } from '@claviger/web-kit';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';

/** Export CSV: every event of the filters, streamed by the server, with headings in the page's language. */
export function ExportButton({ entityId, filter }: { entityId: string; filter: ActivityFilter }) {
  const download = useMutation({
    // A download cannot ask for the password; that is done before.
    mutationFn: askConfirmedSession,
    onSuccess: () => {
      const link = document.createElement('a');
      link.href = activityExportAddress(entityId, { ...queryOf(filter), language: pageLocale() });
      link.download = '';
      link.click();
    },
  });
  return (
    <ActionButton
      leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
      isBusy={download.isPending}
      onClick={() => download.mutate()}
    >
      {m.activity_export()}
    </ActionButton>
  );
}
