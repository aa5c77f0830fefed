import type { PictureProblem } from './picture-limits.ts';
import { openQrSearch } from './qr-search.ts';

/** Between two looks: somebody holds a QR still for about a second. */
const pauseMs = 250;
/** A camera that nobody shows anything to is switched off. */
const lookedForMs = 60_000;

export type CameraProblem = 'camera_forbidden' | 'camera_missing' | 'camera_saw_nothing';

/** Hears one thing, once: the text that was seen, or why nothing was; nothing after the camera was ended. */
export interface CameraListener {
  readonly onText: (text: string) => void;
  readonly onProblem: (problem: CameraProblem | PictureProblem) => void;
}

type Camera = { readonly video: HTMLVideoElement; readonly ended: AbortSignal };
type Seen = { readonly text: string } | { readonly problem: CameraProblem | PictureProblem };

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, pauseMs);
  });
}

async function switchOn(): Promise<MediaStream | CameraProblem> {
  try {
    const video = { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } };
    return await navigator.mediaDevices.getUserMedia({ video });
  } catch (error) {
    const isForbidden = error instanceof DOMException && error.name === 'NotAllowedError';
    return isForbidden ? 'camera_forbidden' : 'camera_missing';
  }
}

async function lookUntilSeen({ video, ended }: Camera): Promise<Seen> {
  const giveUpAt = performance.now() + lookedForMs;
  let search = openQrSearch();
  try {
    while (!ended.aborted && performance.now() < giveUpAt) {
      const reading = await search.read(await createImageBitmap(video));
      if (reading.type === 'text') return reading;
      if (reading.problem !== 'no_qr' && reading.problem !== 'took_too_long') return reading;
      if (reading.problem === 'took_too_long') search = openQrSearch();
      await pause();
    }
    return { problem: 'camera_saw_nothing' };
  } finally {
    search.end();
  }
}

async function look({ video, ended }: Camera): Promise<Seen> {
  const stream = await switchOn();
  if (typeof stream === 'string') return { problem: stream };
  try {
    video.srcObject = stream;
    await video.play();
    return await lookUntilSeen({ video, ended });
  } catch {
    // The camera was unplugged, or the page took its video away.
    return { problem: 'camera_missing' };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** Looks for a QR through the camera of this computer; the answer switches the camera off. */
export function lookThroughCamera(video: HTMLVideoElement, listener: CameraListener): () => void {
  const ending = new AbortController();
  void look({ video, ended: ending.signal }).then((seen) => {
    if (ending.signal.aborted) return;
    if ('text' in seen) listener.onText(seen.text);
    else listener.onProblem(seen.problem);
  });
  return () => {
    ending.abort();
  };
}
