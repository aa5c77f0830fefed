import type { ApiKey } from '@claviger/protocol';
import { ConfirmDialog, ErrorNotice, m, useFormat, useMay, zoneOfBrowser } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MakeDialog } from './MakeDialog.tsx';
import { inOrder, permissionText } from './permission-text.ts';
import { apiKeysQuery, useRevokeApiKey } from './queries.ts';

interface CardProps {
  readonly entityId: string;
  readonly entity: string;
}

/** What programs act with for this person in this Entity; absent for whoever may make none. */
export function ApiKeysCard(props: CardProps) {
  return useMay(props.entityId, 'makeApiKey') ? <Card {...props} /> : null;
}

function Card({ entityId, entity }: CardProps) {
  const list = useQuery(apiKeysQuery(entityId));
  const [isMaking, setIsMaking] = useState(false);
  const [leaving, setLeaving] = useState<ApiKey>();
  const items = list.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="own-api-keys">
      <div className="settings-card">
        <h2 id="own-api-keys">{m.api_keys_title()}</h2>
        <p className="small">{m.api_keys_text({ entity })}</p>
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <div className="skeleton" aria-busy="true" />}
        {list.data && items.length === 0 && <p>{m.api_keys_none()}</p>}
        <div className="actions">
          <Button disabled={!list.data} onClick={() => setIsMaking(true)}>
            {m.api_key_make()}
          </Button>
        </div>
      </div>
      {items.length > 0 && (
        <ul className="rows">
          {items.map((key) => (
            <Row key={key.id} apiKey={key} onRevoke={() => setLeaving(key)} />
          ))}
        </ul>
      )}
      {isMaking && list.data && (
        <MakeDialog
          {...{ entityId, entity }}
          grantable={list.data.grantable}
          onClose={() => setIsMaking(false)}
        />
      )}
      {leaving && <RevokeDialog {...{ entityId }} apiKey={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

function Row({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const format = useFormat(zoneOfBrowser());
  const { name, prefix, permissions, expiresAt, usedAt } = apiKey;
  const used = usedAt === undefined ? m.api_key_unused() : m.api_key_used({ moment: format.minute(usedAt) });
  return (
    <li className="session-row">
      <div>
        <p className="session-name">
          {name} <code className="small">{prefix}…</code>
        </p>
        <p className="small">{inOrder(permissions).map(permissionText).join(', ')}</p>
        <p className="small">
          {m.api_key_until({ moment: format.minute(expiresAt) })} {used}
        </p>
      </div>
      <Button aria-label={m.api_key_revoke_of({ name })} onClick={onRevoke}>
        {m.api_key_revoke()}
      </Button>
    </li>
  );
}

interface RevokeDialogProps {
  readonly entityId: string;
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

function RevokeDialog({ entityId, apiKey: { id, name }, onClose }: RevokeDialogProps) {
  const revoke = useRevokeApiKey(entityId);
  return (
    <ConfirmDialog
      title={m.api_key_revoke_title({ name })}
      action={m.api_key_revoke()}
      isDangerous
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {m.api_key_revoke_text()}
    </ConfirmDialog>
  );
}
