import { readingOf, searchedForMs, type PictureProblem, type Reading } from './picture-limits.ts';
import type { Found } from './qr-worker.ts';

/** A worker of its own that looks for QRs, one picture after the other. */
export interface QrSearch {
  /** Takes the picture over. A search that fails or takes too long is the last one of this worker. */
  read(picture: ImageBitmap): Promise<Reading>;
  end(): void;
}

/** Loads the decoder when it is needed, and not with the page. */
export function openQrSearch(): QrSearch {
  const worker = new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' });
  return {
    read: (picture) =>
      new Promise((resolve) => {
        const giveUp = (problem: PictureProblem) => {
          clearTimeout(timer);
          worker.terminate();
          resolve({ type: 'problem', problem });
        };
        const timer = setTimeout(giveUp, searchedForMs, 'took_too_long');
        worker.onmessage = ({ data }: MessageEvent<Found>) => {
          clearTimeout(timer);
          resolve(readingOf(data.text));
        };
        worker.onerror = () => {
          giveUp('not_searched');
        };
        worker.postMessage(picture, [picture]);
      }),
    end: () => {
      worker.terminate();
    },
  };
}
