import { ErrorNotice, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type AboutKey, KeyDialog } from '../KeyDialog.tsx';
import { useKeySecrets } from '../queries.ts';
import { SecretsPanel } from './SecretsPanel.tsx';

/** Link and PIN again; that somebody looks at them is noted. */
export function KeySecretsDialog() {
  return (
    <KeyDialog titleOf={(name) => m.key_secrets_of({ name })}>{(about) => <Secrets {...about} />}</KeyDialog>
  );
}

function Secrets({ place, close }: AboutKey) {
  const secrets = useKeySecrets(place);
  return (
    <>
      <p className="dialog-text">{m.key_secrets_text()}</p>
      <ErrorNotice error={secrets.error} onRetry={() => void secrets.refetch()} />
      {secrets.data && <SecretsPanel secrets={secrets.data} />}
      <div className="dialog-end">
        <Button onClick={close}>{m.action_done()}</Button>
      </div>
    </>
  );
}
