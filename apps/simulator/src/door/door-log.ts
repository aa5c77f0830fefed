import { keptLogLines, type LogLine } from '../contract.ts';

export interface DoorLog {
  add(line: Omit<LogLine, 'number'>): void;
  lines(): readonly LogLine[];
}

/** Keeps the newest lines of what one agent says, numbered from 1 on, and tells each one as it comes. */
export function createDoorLog(onLine: (line: LogLine) => void): DoorLog {
  const kept: LogLine[] = [];
  let count = 0;
  return {
    add: (line) => {
      count += 1;
      const numbered = { ...line, number: count };
      kept.push(numbered);
      if (kept.length > keptLogLines) kept.shift();
      onLine(numbered);
    },
    lines: () => kept,
  };
}
