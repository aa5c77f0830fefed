import type { PasskeyList } from '@claviger/protocol';
import {
  ActionButton,
  canUsePasskeys,
  ConfirmDialog,
  ErrorNotice,
  m,
  useFormat,
  zoneOfBrowser,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { passkeysQuery, useAddPasskey, useRemovePasskey } from './queries.ts';
import { describeUserAgent } from './user-agent.ts';

type Passkey = PasskeyList['items'][number];

/** The passkeys of the own Account: added, removed. */
export function PasskeysCard() {
  const list = useQuery(passkeysQuery);
  const add = useAddPasskey();
  const [leaving, setLeaving] = useState<Passkey>();
  const passkeys = list.data?.items ?? [];
  const name = describeUserAgent(navigator.userAgent) ?? m.session_unknown_program();
  return (
    <section className="card" aria-labelledby="own-passkeys">
      <div className="settings-card">
        <h2 id="own-passkeys">{m.passkeys_title()}</h2>
        <p className="small">{canUsePasskeys() ? m.passkeys_text() : m.passkeys_unable()}</p>
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
        <ErrorNotice error={add.error} />
        {canUsePasskeys() && (
          <div className="actions">
            <ActionButton isBusy={add.isPending} onClick={() => add.mutate(name)}>
              {m.passkey_add()}
            </ActionButton>
          </div>
        )}
      </div>
      {passkeys.length > 0 && (
        <ul className="rows">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setLeaving(passkey)} />
          ))}
        </ul>
      )}
      {leaving && <RemoveDialog passkey={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

function PasskeyRow({ passkey: { name, createdAt }, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const format = useFormat(zoneOfBrowser());
  return (
    <li className="session-row">
      <div>
        <p>{name}</p>
        <p className="small">{m.passkey_since({ moment: format.moment(createdAt) })}</p>
      </div>
      <Button aria-label={m.passkey_remove_of({ name })} onClick={onRemove}>
        {m.passkey_remove()}
      </Button>
    </li>
  );
}

function RemoveDialog({ passkey: { id, name }, onClose }: { passkey: Passkey; onClose: () => void }) {
  const remove = useRemovePasskey();
  return (
    <ConfirmDialog
      title={m.passkey_remove_title({ name })}
      action={m.passkey_remove()}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {m.passkey_remove_text()}
    </ConfirmDialog>
  );
}
