import { shownTextLimit } from '@claviger/protocol';

/** The pictures that every browser reads. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
/** A photo of a telephone has less. */
export const pictureLimitBytes = 12 * 1024 * 1024;
/** Width times height: opened it takes four bytes for each, so that a small file can fill a memory. */
export const pictureLimitPixels = 50_000_000;
/** The longest side in which a QR is looked for; a larger picture is made smaller. */
export const searchedSidePixels = 1_600;
/** A QR is found in 0.4 s; noise of the same size was searched for 13 s (Node 24, 2 cores). */
export const searchedForMs = 4_000;
/** A browser that does not open a picture in this time never will. */
export const openedForMs = 5_000;

export type PictureProblem =
  'not_a_picture' | 'too_heavy' | 'too_large' | 'no_qr' | 'took_too_long' | 'text_too_long' | 'not_searched';

/** What came of a picture: the text of its QR, or why there is none. */
export type Reading =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'problem'; readonly problem: PictureProblem };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Why a file is not even opened, or undefined. */
export function fileProblem({ type, size }: { type: string; size: number }): PictureProblem | undefined {
  if (!pictureTypes.some((known) => known === type)) return 'not_a_picture';
  return size > pictureLimitBytes ? 'too_heavy' : undefined;
}

/** Why a picture of this size is not unpacked, or undefined. */
export function sizeProblem({ width, height }: Size): PictureProblem | undefined {
  if (width < 1 || height < 1) return 'not_a_picture';
  return width * height > pictureLimitPixels ? 'too_large' : undefined;
}

/** The size in which a picture is searched: as it is, or made smaller with the same proportions. */
export function searchedSize({ width, height }: Size): Size {
  const scale = Math.min(1, searchedSidePixels / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What a reader makes of the text that was found. */
export function readingOf(text: string | undefined): Reading {
  if (text === undefined) return { type: 'problem', problem: 'no_qr' };
  if (text.length > shownTextLimit) return { type: 'problem', problem: 'text_too_long' };
  return { type: 'text', text };
}
