import { ErrorNotice, m, useClock } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { KeyDoors } from '../card/KeyDoors.tsx';
import { type AboutKey, KeyDialog } from '../KeyDialog.tsx';
import { useKeySecrets, useLocksOf, useSharePicture } from '../queries.ts';
import { NewPicture } from './NewPicture.tsx';
import { PictureSection } from './PictureSection.tsx';
import { SecretsPanel } from './SecretsPanel.tsx';

const agoEveryMs = 10_000;

interface Replacing {
  readonly isReplacing: boolean;
  readonly setIsReplacing: (isReplacing: boolean) => void;
}

/** Link, PIN and static picture again; that somebody looks at them is noted. */
export function KeySecretsDialog() {
  const [isReplacing, setIsReplacing] = useState(false);
  const titleOf = (name: string) =>
    isReplacing ? m.picture_new_title({ name }) : m.key_secrets_of({ name });
  return (
    <KeyDialog titleOf={titleOf}>
      {(about) => <Secrets {...about} isReplacing={isReplacing} setIsReplacing={setIsReplacing} />}
    </KeyDialog>
  );
}

function Secrets({ place, shown, membership, close, isReplacing, setIsReplacing }: AboutKey & Replacing) {
  const secrets = useKeySecrets(place);
  const share = useSharePicture(place);
  const locks = useLocksOf(shown, place.entityId);
  const clock = useClock(membership.zone, agoEveryMs);
  if (isReplacing) {
    return <NewPicture {...{ shown, clock, share }} onClose={() => setIsReplacing(false)} />;
  }
  return (
    <div className="stack">
      <p className="dialog-text">{m.key_secrets_text()}</p>
      <ErrorNotice error={secrets.error} onRetry={() => void secrets.refetch()} />
      {secrets.data && (
        <>
          <SecretsPanel secrets={secrets.data} shown={shown} format={clock.format} />
          <PictureSection
            {...{ shown, clock, locks, share }}
            secrets={secrets.data}
            onReplace={() => setIsReplacing(true)}
          />
          <KeyDoors shown={shown} clock={clock} />
        </>
      )}
      <div className="dialog-end">
        <Button onClick={close}>{m.action_done()}</Button>
      </div>
    </div>
  );
}
