import jsQR from 'jsqr';

/** Pixels as a canvas gives them: four bytes each, row by row. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** The text of the first QR in the picture, or undefined if there is none that can be read. */
export function findQr({ data, width, height }: Pixels): string | undefined {
  const found = jsQR(data, width, height);
  return found === null || found.data === '' ? undefined : found.data;
}
