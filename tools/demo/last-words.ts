/** What a program of ours said last before it ended, as far as it tells a person why. */
export interface LastWords {
  readonly hear: (line: string) => void;
  readonly text: () => string;
}

/** A sentence of ours has a few lines; a stack is not counted. */
const keptLinesLimit = 20;

const stackLine = /^\s+at |^Node\.js v|^[{}\s^]*$/;

function isComplaint(parsed: object): boolean {
  const level = 'level' in parsed ? parsed.level : undefined;
  return level === 'error' || level === 'fatal';
}

/** The words of a line of a log, or of a line for people; undefined where it is neither or no complaint. */
function wordsOf(line: string): string | undefined {
  if (stackLine.test(line)) return undefined;
  if (!line.startsWith('{')) return line;
  try {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    if (!isComplaint(parsed)) return undefined;
    return [parsed['event'], parsed['text'], parsed['note']]
      .filter((part) => typeof part === 'string')
      .join(': ');
  } catch {
    // It began as a line of a log and was cut off by the end of the program.
    return line;
  }
}

/**
 * Listens to a program's standard error: keeps the sentence that it addressed to people (`claviger: …`, to
 * the end), or else the last line that complains.
 */
export function createLastWords(): LastWords {
  let kept: string[] = [];
  let isSentence = false;
  return {
    hear: (line) => {
      const words = wordsOf(line);
      if (words === undefined) return;
      const begins = line.startsWith('claviger: ');
      if (begins || !isSentence) kept = [];
      isSentence ||= begins;
      if (kept.length < keptLinesLimit) kept.push(words);
    },
    text: () => kept.join('\n').replace(/^claviger: /, ''),
  };
}
