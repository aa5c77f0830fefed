import { Dialog, m } from '@claviger/web-kit';
import { AskPassword } from './AskPassword.tsx';
import { useRenewRecoveryCodes } from './queries.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** New recovery codes in place of all older ones. */
export function NewCodesDialog({ onClose }: { onClose: () => void }) {
  const renew = useRenewRecoveryCodes();
  return (
    <Dialog title={m.recovery_codes()} {...(!renew.data && { onClose })} isContentFocused={!renew.data}>
      {renew.data ? (
        <RecoveryCodes codes={renew.data.recoveryCodes} onDone={onClose} />
      ) : (
        <AskPassword
          text={m.recovery_codes_new_text()}
          isBusy={renew.isPending}
          error={renew.error}
          onPassword={(password) => renew.mutate(password)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
