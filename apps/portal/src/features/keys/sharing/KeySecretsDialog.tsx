import { ErrorNotice, m, useClock } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { KeyDoors } from '../card/KeyDoors.tsx';
import { type AboutKey, KeyDialog } from '../KeyDialog.tsx';
import { useKeySecrets } from '../queries.ts';
import { PictureSection } from './PictureSection.tsx';
import { SecretsPanel } from './SecretsPanel.tsx';

const agoEveryMs = 10_000;

/** Link, PIN and static picture again; that somebody looks at them is noted. */
export function KeySecretsDialog() {
  return (
    <KeyDialog titleOf={(name) => m.key_secrets_of({ name })}>{(about) => <Secrets {...about} />}</KeyDialog>
  );
}

function Secrets({ place, shown, membership, close }: AboutKey) {
  const secrets = useKeySecrets(place);
  const clock = useClock(membership.zone, agoEveryMs);
  return (
    <div className="stack">
      <p className="dialog-text">{m.key_secrets_text()}</p>
      <ErrorNotice error={secrets.error} onRetry={() => void secrets.refetch()} />
      {secrets.data && (
        <>
          <SecretsPanel secrets={secrets.data} />
          <PictureSection place={place} shown={shown} secrets={secrets.data} clock={clock} />
          <KeyDoors shown={shown} clock={clock} />
        </>
      )}
      <div className="dialog-end">
        <Button onClick={close}>{m.action_done()}</Button>
      </div>
    </div>
  );
}
