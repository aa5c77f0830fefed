import {
  ActionButton,
  ConfirmDialog,
  ErrorNotice,
  installationQuery,
  leaveForProvider,
  m,
  Tag,
  useSession,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBeginConnection, useRemoveSignOn } from './queries.ts';

/** The provider that this installation knows: connected or not. Absent where it knows none. */
export function ProviderCard() {
  const provider = useQuery(installationQuery).data?.signOn;
  const isConnected = useSession()?.account.hasSignOn ?? false;
  const begin = useBeginConnection();
  const [isLeaving, setIsLeaving] = useState(false);
  if (provider === undefined) return null;
  const connect = () =>
    begin.mutate(undefined, {
      onSuccess: ({ url }) => leaveForProvider(url, `${location.pathname}${location.search}`),
    });
  return (
    <section className="card settings-card" aria-labelledby="own-provider">
      <div className="settings-head">
        <h2 id="own-provider">{provider}</h2>
        {isConnected && <Tag tone="ok">{m.provider_connected()}</Tag>}
      </div>
      <p className="small">{m.provider_text({ provider })}</p>
      <ErrorNotice error={begin.error} />
      <div className="actions">
        {isConnected ? (
          <Button onClick={() => setIsLeaving(true)}>{m.provider_remove()}</Button>
        ) : (
          <ActionButton isBusy={begin.isPending} onClick={connect}>
            {m.provider_connect({ provider })}
          </ActionButton>
        )}
      </div>
      {isLeaving && <RemoveDialog provider={provider} onClose={() => setIsLeaving(false)} />}
    </section>
  );
}

function RemoveDialog({ provider, onClose }: { provider: string; onClose: () => void }) {
  const remove = useRemoveSignOn();
  return (
    <ConfirmDialog
      title={m.provider_remove_title({ provider })}
      action={m.provider_remove()}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {m.provider_remove_text()}
    </ConfirmDialog>
  );
}
