import { Refusal } from '@claviger/protocol';

/** Edge of a photo as it is kept, in pixels: sharp at twice the size in which any screen shows it. */
const edge = 512;
/** What cameras make; a file of a few bytes can claim to be far larger than any memory. */
const pixelsLimit = 50_000_000;
/** What no photo takes here, and a file that was made to be slow would. */
const timeoutS = 10;
const quality = 82;

const beginnings = [
  Uint8Array.of(0xff, 0xd8, 0xff),
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
] as const;

function refuse(problem: 'photo_is_none' | 'photo_has_too_many_pixels'): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: 'body', problem }] });
}

/** The library is large and native: it is loaded with the first photo, and reads these two formats alone. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

let loading: ReturnType<typeof loadSharp> | undefined;

/**
 * Draws a PNG or JPG anew as a JPEG of at most 512 by 512 pixels, upright, cut to a square around its middle.
 * Nothing else of the file is kept: no EXIF, no place, no comment. Refuses invalid_input: photo_is_none, and
 * photo_has_too_many_pixels before a pixel is decoded.
 */
export async function drawPhoto(file: Uint8Array): Promise<Uint8Array> {
  if (!beginnings.some((beginning) => beginning.every((byte, at) => file[at] === byte)))
    throw refuse('photo_is_none');
  loading ??= loadSharp();
  const sharp = await loading;
  try {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height > pixelsLimit) throw refuse('photo_has_too_many_pixels');
    return await sharp(file, { limitInputPixels: pixelsLimit, failOn: 'error', pages: 1 })
      .timeout({ seconds: timeoutS })
      .autoOrient()
      .resize(edge, edge, { fit: 'cover', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality })
      .toBuffer();
  } catch (error) {
    // Whatever the library stumbled over is in the file.
    throw error instanceof Refusal ? error : refuse('photo_is_none');
  }
}
