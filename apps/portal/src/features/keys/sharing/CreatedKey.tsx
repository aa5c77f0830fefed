import type { Key, KeySecrets, Membership } from '@claviger/protocol';
import { m, QrPicture, useClock } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { KeyDoors } from '../card/KeyDoors.tsx';
import { nameOf } from '../card/key-name.ts';
import { spanText } from '../card/span-text.ts';
import { useKey } from '../queries.ts';
import { SecretsPanel } from './SecretsPanel.tsx';
import { SendKeyForm } from './SendKeyForm.tsx';

const agoEveryMs = 10_000;

interface CreatedKeyProps {
  readonly created: { readonly key: Key; readonly secrets: KeySecrets };
  readonly membership: Membership;
  readonly onClose: () => void;
}

/** The result: link, PIN and perhaps a picture to hand on, the email, and how far the door has it. */
export function CreatedKey({ created, membership, onClose }: CreatedKeyProps) {
  const place = { entityId: membership.entityId, keyId: created.key.id };
  const shown = useKey(place).data ?? created.key;
  const clock = useClock(membership.zone, agoEveryMs);
  const start = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; keyboard and screen reader go on at the result.
  useEffect(() => start.current?.focus(), []);
  return (
    <div className="stack">
      <p ref={start} tabIndex={-1} className="created-key">
        <b>{nameOf(shown)}</b> <span className="small">{spanText(shown, clock.format)}</span>
      </p>
      <SecretsPanel secrets={created.secrets} shown={shown} format={clock.format} />
      {created.secrets.picture !== undefined && (
        <section className="key-picture" aria-label={m.picture_title()}>
          <h3>{m.picture_title()}</h3>
          <QrPicture text={created.secrets.picture} label={m.picture_of({ name: nameOf(shown) })} />
          <p className="small">{m.picture_weaker()}</p>
        </section>
      )}
      <KeyDoors shown={shown} clock={clock} />
      <SendKeyForm place={place} shown={shown} zone={membership.zone} />
      <div className="dialog-end">
        <Button variant="filled" onClick={onClose}>
          {m.action_done()}
        </Button>
      </div>
    </div>
  );
}
