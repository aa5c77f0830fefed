import type { Key, KeySecrets, Lock } from '@claviger/protocol';
import { ActionButton, type Clock, ErrorNotice, m, QrPicture } from '@claviger/web-kit';
import { nameOf } from '../card/key-name.ts';
import type { useSharePicture } from '../queries.ts';
import { obstacleAtAll, pictureObstacleAt } from '../form/lock-obstacles.ts';

interface PictureSectionProps {
  readonly shown: Key;
  readonly secrets: KeySecrets;
  readonly clock: Clock;
  readonly locks: readonly Lock[];
  readonly share: ReturnType<typeof useSharePicture>;
  /** A picture is out that would stop opening: this asks first. */
  readonly onReplace: () => void;
}

/** The static picture of a Key: the one that was shared last, and a new one, which ends all before it. */
export function PictureSection({ shown, secrets, clock, locks, share, onReplace }: PictureSectionProps) {
  const { picture } = shown;
  const isEnded = picture !== undefined && !picture.isCurrent;
  const reason = obstacleAtAll(locks, pictureObstacleAt);
  return (
    <section className="key-picture" aria-label={m.picture_title()}>
      <h3>{m.picture_title()}</h3>
      {secrets.picture !== undefined && (
        <QrPicture text={secrets.picture} label={m.picture_of({ name: nameOf(shown) })} />
      )}
      <p className="small" aria-live="polite">
        {isEnded && `${m.picture_ended({ moment: clock.format.minute(picture.sharedAt) })} `}
        {reason ?? m.picture_weaker()}
      </p>
      <ErrorNotice error={share.error} />
      <div className="key-picture-new">
        <ActionButton
          isBusy={share.isPending}
          reason={reason}
          onClick={() => (picture?.isCurrent === true ? onReplace() : share.mutate())}
        >
          {picture === undefined ? m.picture_share() : m.picture_new()}
        </ActionButton>
        {picture?.isCurrent === true && <p className="small">{m.picture_new_hint()}</p>}
      </div>
    </section>
  );
}
