import { createTextHash } from '../../crypto.ts';

/** What happened in a world, line by line: always hashed, kept only for readers. */
export interface Trace {
  readonly note: (who: string, what: string) => void;
  readonly lines: readonly string[];
  /** Ends the trace: SHA-256 of all lines, in hexadecimal. */
  readonly digest: () => string;
}

/** `lastKept`: of so many lines the last are kept to be read. */
export function createTrace(now: () => number, lastKept: number): Trace {
  const text = createTextHash();
  const lines: string[] = [];
  return {
    lines,
    note: (who, what) => {
      const line = `${now()} ${who} ${what}`;
      text.add(`${line}\n`);
      if (lastKept === 0) return;
      lines.push(`${new Date(now()).toISOString()} ${who.padEnd(9)} ${what}`);
      if (lines.length > 2 * lastKept) lines.splice(0, lastKept);
    },
    digest: text.digest,
  };
}
