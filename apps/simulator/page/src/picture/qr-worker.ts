/** Looks for a QR beside the page: a picture that takes long stops nothing but itself. */
import { findQr } from './find-qr.ts';

export type Found = { readonly text: string | undefined };

function pixelsOf(picture: ImageBitmap): ImageData {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('This browser gives no canvas to a worker.');
  // A QR with a transparent ground is black on white.
  canvas.fillStyle = '#fff';
  canvas.fillRect(0, 0, width, height);
  canvas.drawImage(picture, 0, 0);
  picture.close();
  return canvas.getImageData(0, 0, width, height);
}

self.onmessage = ({ data }: MessageEvent<ImageBitmap>) => {
  const found: Found = { text: findQr(pixelsOf(data)) };
  self.postMessage(found);
};
