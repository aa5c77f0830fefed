import { IconFingerprint } from '@tabler/icons-react';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { m } from '../i18n/messages.ts';
import { canUsePasskeys } from './passkey.ts';

interface PasskeyButtonProps {
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

/** A passkey in place of what else is asked for; absent where the browser has none. */
export function PasskeyButton({ isBusy, onClick }: PasskeyButtonProps) {
  if (!canUsePasskeys()) return null;
  return (
    <ActionButton
      leftSection={<IconFingerprint size={18} stroke={1.6} aria-hidden />}
      isBusy={isBusy}
      onClick={onClick}
      fullWidth
    >
      {m.passkey_use()}
    </ActionButton>
  );
}
