import { IconLogin2 } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { FormError } from '../feedback/FormError.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { installationQuery } from '../queries/session-queries.ts';
import { onSignedOn, openProviderWindow } from './sign-on.ts';

interface ProviderButtonProps {
  readonly isBusy: boolean;
  readonly onClick: () => void;
  /** With the name of the provider. */
  readonly label: (given: { provider: string }) => string;
}

/** Goes to the provider; absent where the operator configured none. */
export function ProviderButton({ isBusy, onClick, label }: ProviderButtonProps) {
  const provider = useQuery(installationQuery).data?.signOn;
  if (provider === undefined) return null;
  return (
    <ActionButton
      leftSection={<IconLogin2 size={18} stroke={1.6} aria-hidden />}
      isBusy={isBusy}
      onClick={onClick}
      fullWidth
    >
      {label({ provider })}
    </ActionButton>
  );
}

interface ProviderOverPageProps extends Pick<ProviderButtonProps, 'label'> {
  readonly begin: () => Promise<{ readonly url: string }>;
  /** Some window came back; what came of it, the server tells. */
  readonly onDone: () => void;
}

/** The same in a window of its own, for a page whose typed work stays. */
export function ProviderOverPage({ begin, onDone, label }: ProviderOverPageProps) {
  const go = useMutation({
    mutationFn: async (opened: Window | undefined) => {
      try {
        const { url } = await begin();
        if (opened) opened.location.href = url;
      } catch (error) {
        opened?.close();
        throw error;
      }
    },
  });
  useEffect(() => onSignedOn(onDone), [onDone]);
  return (
    <div className="dialog-fields session-passkey">
      <FormError error={go.error} />
      <ProviderButton label={label} isBusy={go.isPending} onClick={() => go.mutate(openProviderWindow())} />
    </div>
  );
}
