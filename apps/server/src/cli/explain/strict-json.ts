/** One level of what is being read: an object with the names that it has so far, or a list. */
type Level = { readonly names: Set<string>; name: string } | { place: number };

/** Strings, and what holds a document together; numbers and words tell nothing of its names. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\],:]/g;

function placeOf(levels: readonly Level[]): string {
  return levels.reduce((text, level) => {
    if ('place' in level) return `${text}[${level.place}]`;
    return text === '' ? level.name : `${text}.${level.name}`;
  }, '');
}

/**
 * The places, such as `keys[2].type`, at which an object of a JSON document has a name a second time: a
 * parser keeps the last of them without a word. The text has to be JSON.
 */
export function namesGivenTwice(text: string): string[] {
  const levels: Level[] = [];
  const twice: string[] = [];
  const read = (part: string, isNameNext: boolean): void => {
    const level = levels.at(-1);
    if (part === '{') levels.push({ names: new Set(), name: '' });
    else if (part === '[') levels.push({ place: 0 });
    else if (part === '}' || part === ']') levels.pop();
    else if (level === undefined) return;
    else if ('place' in level) level.place += part === ',' ? 1 : 0;
    else if (isNameNext) {
      level.name = JSON.parse(part) as string;
      if (level.names.has(level.name)) twice.push(placeOf(levels));
      level.names.add(level.name);
    }
  };
  let before = '';
  for (const [part] of text.matchAll(token)) {
    read(part, part.startsWith('"') && (before === '{' || before === ','));
    before = part;
  }
  return twice;
}

/** The text without the byte order mark with which some editors begin a file. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
