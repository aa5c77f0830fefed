import type { Key } from '@claviger/protocol';
import { ActionButton, type Clock, ErrorNotice, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { useSharePicture } from '../queries.ts';

interface NewPictureProps {
  readonly shown: Key;
  readonly clock: Clock;
  readonly share: ReturnType<typeof useSharePicture>;
  readonly onClose: () => void;
}

/** Asks before a new picture: the one before it stops opening, and nothing brings it back. */
export function NewPicture({ shown: { picture }, clock, share, onClose }: NewPictureProps) {
  const start = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; keyboard and screen reader go on at the question.
  useEffect(() => start.current?.focus(), []);
  return (
    <>
      <p ref={start} tabIndex={-1} className="dialog-text">
        {picture && m.picture_new_ends({ moment: clock.format.minute(picture.sharedAt) })}
      </p>
      <p className="dialog-text">{m.picture_new_stays()}</p>
      <p className="dialog-text">
        <b>{m.picture_new_final()}</b>
      </p>
      <ErrorNotice error={share.error} />
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={share.isPending}
          onClick={() => share.mutate(undefined, { onSuccess: onClose })}
        >
          {m.picture_new()}
        </ActionButton>
      </div>
    </>
  );
}
