import { qrDrawing } from '@claviger/protocol';
import { encode } from 'uqr';

/** The QR of a text, row by row, dark modules true, with the light border that cameras need. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: qrDrawing.correction, border: qrDrawing.quietModules }).data;
}
