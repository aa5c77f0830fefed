import {
  fileProblem,
  openedForMs,
  searchedSize,
  sizeProblem,
  type PictureProblem,
  type Reading,
} from './picture-limits.ts';
import { openQrSearch } from './qr-search.ts';

/**
 * How large a picture is, from its head alone: an image that nobody draws is not unpacked. Undefined where
 * the browser finds no picture in the file.
 */
function measure(file: Blob): Promise<{ width: number; height: number } | undefined> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  return new Promise<{ width: number; height: number } | undefined>((resolve) => {
    const timer = setTimeout(resolve, openedForMs, undefined);
    const finish = () => {
      clearTimeout(timer);
      resolve({ width: image.naturalWidth, height: image.naturalHeight });
    };
    image.onload = finish;
    image.onerror = finish;
    image.src = url;
  }).finally(() => {
    image.removeAttribute('src');
    URL.revokeObjectURL(url);
  });
}

async function openPicture(file: Blob): Promise<ImageBitmap | PictureProblem> {
  const problem = fileProblem(file);
  if (problem) return problem;
  const size = await measure(file);
  if (!size) return 'took_too_long';
  const tooLarge = sizeProblem(size);
  if (tooLarge) return tooLarge;
  const { width, height } = searchedSize(size);
  try {
    return await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
  } catch {
    // The head of a picture with nothing behind it.
    return 'not_a_picture';
  }
}

/**
 * Reads the QR in a picture that somebody gave, whatever that is: weight, size and time are limited, and each
 * outcome is a value.
 */
export async function readPicture(file: Blob): Promise<Reading> {
  const picture = await openPicture(file);
  if (typeof picture === 'string') return { type: 'problem', problem: picture };
  const search = openQrSearch();
  try {
    return await search.read(picture);
  } finally {
    search.end();
  }
}
