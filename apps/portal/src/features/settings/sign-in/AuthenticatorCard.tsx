import { ActionButton, ConfirmDialog, m, Tag, useSession } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { NewCodesDialog } from './NewCodesDialog.tsx';
import { useRemoveAuthenticator } from './queries.ts';
import { SetUpDialog } from './SetUpDialog.tsx';

type Asked = 'set_up' | 'new_codes' | 'remove';

/** A code of an authenticator app besides the password: set up, new recovery codes, removed. */
export function AuthenticatorCard() {
  const isOn = useSession()?.account.hasAuthenticator ?? false;
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <section className="card settings-card" aria-labelledby="own-authenticator">
      <div className="settings-head">
        <h2 id="own-authenticator">{m.authenticator_title()}</h2>
        <Tag tone={isOn ? 'ok' : 'plain'}>{isOn ? m.authenticator_on() : m.authenticator_off()}</Tag>
      </div>
      <p className="small">{m.authenticator_text()}</p>
      <div className="actions">
        {isOn ? (
          <>
            <Button onClick={() => setAsked('new_codes')}>{m.recovery_codes_new()}</Button>
            <Button onClick={() => setAsked('remove')}>{m.authenticator_remove()}</Button>
          </>
        ) : (
          <ActionButton isBusy={false} onClick={() => setAsked('set_up')}>
            {m.authenticator_set_up()}
          </ActionButton>
        )}
      </div>
      {asked === 'set_up' && <SetUpDialog onClose={close} />}
      {asked === 'new_codes' && <NewCodesDialog onClose={close} />}
      {asked === 'remove' && <RemoveDialog onClose={close} />}
    </section>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const remove = useRemoveAuthenticator();
  return (
    <ConfirmDialog
      title={m.authenticator_remove_title()}
      action={m.authenticator_remove()}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {m.authenticator_remove_text()}
    </ConfirmDialog>
  );
}
