/** So many bytes of a list are looked at in one go; on a small board that takes some milliseconds. */
export const listSliceBytes = 256 * 1024;

/** Work that tells wherever it may stop how many bytes it has looked at since. */
type Work = Generator<number, unknown>;

/** Long work that is done a little at a time, one after the other, so that nobody at a door waits for it. */
export interface Slices {
  /** Begins it unless others wait: what is short is done at once. Until its end it holds so many bytes. */
  readonly add: (work: Work, bytes: number) => void;
  /** Goes on for one slice; true where something has ended with it. */
  readonly run: () => boolean;
  readonly isBusy: () => boolean;
  readonly waitingBytes: () => number;
  /** When to run the next slice, as a reading of `mono`: at once; undefined where there is none. */
  readonly nextAt: () => number | undefined;
}

export function createSlices(mono: () => number, sliceBytes: number): Slices {
  const waiting: { readonly work: Work; readonly bytes: number }[] = [];
  let dueAt = 0;

  const run = (): boolean => {
    let hasEnded = false;
    for (let looked = 0; looked < sliceBytes && waiting[0];) {
      const slice = waiting[0].work.next();
      if (slice.done) {
        waiting.shift();
        hasEnded = true;
      } else looked += slice.value;
    }
    dueAt = mono();
    return hasEnded;
  };

  return {
    run,
    add: (work, bytes) => {
      waiting.push({ work, bytes });
      if (waiting.length === 1) run();
    },
    isBusy: () => waiting.length > 0,
    waitingBytes: () => waiting.reduce((sum, { bytes }) => sum + bytes, 0),
    nextAt: () => (waiting.length > 0 ? dueAt : undefined),
  };
}
