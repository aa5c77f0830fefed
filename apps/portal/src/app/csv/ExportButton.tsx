import { ActionButton, askConfirmedSession, ErrorNotice, m } from '@claviger/web-kit';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { saveAddress } from './save-file.ts';

/** Export CSV: everything that the filters of the page let through, streamed by the server. */
export function ExportButton({ addressOf }: { readonly addressOf: () => string }) {
  const download = useMutation({
    // A download cannot ask for the password; whether the session still stands is asked before.
    mutationFn: askConfirmedSession,
    onSuccess: () => saveAddress(addressOf()),
  });
  return (
    <>
      <ActionButton
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
        isBusy={download.isPending}
        onClick={() => download.mutate()}
      >
        {m.activity_export()}
      </ActionButton>
      <ErrorNotice error={download.error} />
    </>
  );
}
