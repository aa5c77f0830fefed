export interface LineListener {
  onLine(line: string): void;
  /** A line was longer than the limit; it is left out up to its end. */
  onTooLong(): void;
}

/** Cuts arriving text into lines of at most `limit` characters. */
export function createLineReader(limit: number, listener: LineListener): (chunk: string) => void {
  let rest = '';
  let isSkipping = false;

  const finish = (end: string): void => {
    if (isSkipping) isSkipping = false;
    else if (rest.length + end.length > limit) listener.onTooLong();
    else listener.onLine(rest + end);
    rest = '';
  };

  return (chunk) => {
    const pieces = chunk.split('\n');
    const last = pieces.pop() ?? '';
    pieces.forEach(finish);
    if (isSkipping) return;
    rest += last;
    if (rest.length <= limit) return;
    listener.onTooLong();
    isSkipping = true;
    rest = '';
  };
}
