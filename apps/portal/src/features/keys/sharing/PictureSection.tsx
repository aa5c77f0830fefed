import type { Key, KeyPlace, KeySecrets } from '@claviger/protocol';
import { ActionButton, type Clock, ErrorNotice, m, QrPicture } from '@claviger/web-kit';
import { nameOf } from '../card/key-name.ts';
import { useSharePicture } from '../queries.ts';
import { isPictureRead } from './picture-lock.ts';

interface PictureSectionProps {
  readonly place: KeyPlace;
  readonly shown: Key;
  readonly secrets: KeySecrets;
  readonly clock: Clock;
}

/** The static picture of a Key: the one that was shared last, and a new one, which ends all before it. */
export function PictureSection({ place, shown, secrets, clock }: PictureSectionProps) {
  const share = useSharePicture(place);
  const { picture } = shown;
  const isEnded = picture !== undefined && !picture.isCurrent;
  const reason = isPictureRead(shown.bindings) ? undefined : m.picture_no_reader();
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
        <ActionButton isBusy={share.isPending} reason={reason} onClick={() => share.mutate()}>
          {picture === undefined ? m.picture_share() : m.picture_new()}
        </ActionButton>
        {picture?.isCurrent === true && <p className="small">{m.picture_new_hint()}</p>}
      </div>
    </section>
  );
}
