import type { CreateUserInput, UserPlace } from '@claviger/protocol';
import { ActionButton, Dialog, FormError, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCreateUser, useSavePhoto } from '../queries.ts';
import { type ChosenPhoto, PhotoField, problemOf, refusalText } from './PhotoField.tsx';

/** Creates a User, then sends the photo; `created` is where the User is whose photo is not there yet. */
export function useNewUser(entityId: string, onDone: () => void) {
  const creation = useCreateUser(entityId);
  const sending = useSavePhoto(entityId);
  const [created, setCreated] = useState<UserPlace>();
  const sendPhoto = (place: UserPlace, photo: File) =>
    sending.mutate({ place, photo }, { onSuccess: onDone });
  const create = (into: string, input: CreateUserInput, photo: ChosenPhoto) => {
    const onSuccess = ({ id: userId }: { readonly id: string }) => {
      if (!photo) {
        onDone();
        return;
      }
      const place = { entityId: into, userId };
      setCreated(place);
      sendPhoto(place, photo);
    };
    creation.mutate({ into, input }, { onSuccess });
  };
  return { creation, create, created, sending, sendPhoto };
}

interface NewUserPhotoProps {
  readonly place: UserPlace;
  readonly first: ChosenPhoto;
  readonly making: ReturnType<typeof useNewUser>;
  readonly close: () => void;
}

/** The User is there, and the photo on its way: another can be chosen where the server did not take it. */
export function NewUserPhoto({ place, first, making, close }: NewUserPhotoProps) {
  const [photo, setPhoto] = useState(first);
  const { sending, sendPhoto } = making;
  return (
    <Dialog title={m.users_new()} onClose={close}>
      <p className="dialog-text" role="status">
        {sending.isError ? m.users_photo_not_taken() : ''}
      </p>
      <FormError error={refusalText(sending.error) === undefined ? sending.error : null} />
      <PhotoField
        chosen={photo}
        onChoose={(chosen) => {
          setPhoto(chosen);
          sending.reset();
        }}
        error={sending.error}
      />
      <div className="dialog-end">
        <Button onClick={close}>{m.action_close()}</Button>
        <ActionButton
          variant="filled"
          isBusy={sending.isPending}
          onClick={() => {
            if (photo && problemOf(photo) === undefined) sendPhoto(place, photo);
          }}
        >
          {m.action_save()}
        </ActionButton>
      </div>
    </Dialog>
  );
}
