import { photoUpload, Refusal } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { Button, FileInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

/** A photo to be sent, null to take away the one that is there, undefined to leave all as it is. */
export type ChosenPhoto = File | null | undefined;

interface PhotoFieldProps {
  readonly chosen: ChosenPhoto;
  readonly onChoose: (photo: ChosenPhoto) => void;
  /** Why the server did not take it. */
  readonly error: Error | null;
  /** Where the photo is that the User has. */
  readonly address?: string | undefined;
}

/** Profile photo: PNG or JPG, up to 6 MB. */
export function PhotoField({ chosen, onChoose, error, address }: PhotoFieldProps) {
  const isShown = address !== undefined && chosen === undefined;
  return (
    <div className="user-photo-field">
      {isShown && <img className="user-photo" src={address} alt="" width={48} height={48} />}
      <FileInput
        label={m.users_photo()}
        placeholder={m.users_photo_choose()}
        accept={photoUpload.types.join(',')}
        value={chosen ?? null}
        onChange={(file) => onChoose(file ?? undefined)}
        error={problemOf(chosen) ?? refusalText(error)}
        clearable
        clearButtonProps={{ 'aria-label': m.users_photo_remove() }}
      />
      {isShown && (
        <Button leftSection={<IconX size={16} stroke={1.8} aria-hidden />} onClick={() => onChoose(null)}>
          {m.users_photo_remove()}
        </Button>
      )}
    </div>
  );
}

/** What is wrong with a file that can be seen without reading it. */
export function problemOf(chosen: ChosenPhoto): string | undefined {
  if (!chosen) return undefined;
  if (!photoUpload.types.some((type) => type === chosen.type)) return m.users_photo_is_none();
  return chosen.size > photoUpload.limitBytes ? m.users_photo_heavy() : undefined;
}

const words: Readonly<Record<string, () => string>> = {
  photo_is_none: m.users_photo_is_none,
  photo_has_too_many_pixels: m.users_photo_pixels,
};

/** Why the server refused the file; undefined where it refused something else. */
export function refusalText(error: Error | null): string | undefined {
  if (!(error instanceof Refusal)) return undefined;
  if (error.code === 'payload_too_large') return m.users_photo_heavy();
  return error.issues.map(({ problem }) => words[problem]?.()).find((text) => text !== undefined);
}
