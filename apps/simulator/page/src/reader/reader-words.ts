import type { Reader } from '@claviger/domain';
import type { DoorView } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';
import type { CameraProblem } from '../picture/camera.ts';
import { pictureLimitBytes, pictureLimitPixels, type PictureProblem } from '../picture/picture-limits.ts';

export function readerName(reader: Reader): string {
  const names = { keypad: m.keypad, qr_reader: m.qr_reader, card_reader: m.card_reader };
  return names[reader]();
}

/** The reader with the door that it belongs to. */
export function readerAt(reader: Reader, door: string): string {
  const names = { keypad: m.keypad_at, qr_reader: m.qr_reader_at, card_reader: m.card_reader_at };
  return names[reader]({ name: door });
}

/** Why the readers of this door are dark, or undefined while they read. */
export function darkWords({ agent }: Pick<DoorView, 'agent'>): string | undefined {
  const words = {
    off: m.reader_dark_off,
    starting: m.reader_dark_starting,
    ended: m.reader_dark_ended,
    running: () => undefined,
  };
  return words[agent.state]();
}

export function problemWords(problem: PictureProblem | CameraProblem): string {
  const words = {
    not_a_picture: m.picture_not_a_picture,
    too_heavy: () => m.picture_too_heavy({ limit: pictureLimitBytes / (1024 * 1024) }),
    too_large: () => m.picture_too_large({ limit: pictureLimitPixels / 1_000_000 }),
    no_qr: m.picture_no_qr,
    took_too_long: m.picture_took_too_long,
    text_too_long: m.picture_text_too_long,
    not_searched: m.picture_not_searched,
    camera_forbidden: m.camera_forbidden,
    camera_missing: m.camera_missing,
    camera_saw_nothing: m.camera_saw_nothing,
  };
  return words[problem]();
}
