/** What the palette shows: something to go to, or to do. */
export interface Finding {
  readonly id: string;
  readonly group: 'actions' | 'doors' | 'people' | 'places' | 'pages';
  readonly title: string;
  /** Where it is, or by what it was found. */
  readonly note?: string | undefined;
  readonly go: () => void;
}

const order = ['actions', 'doors', 'people', 'places', 'pages'] as const;
/** More of a kind would hide the next; who wants more types more. */
const groupLimit = 6;

export interface Group {
  readonly name: Finding['group'];
  readonly findings: readonly Finding[];
}

/** As words are compared: without capitals, and a serial number or plate without what stands between. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[ ()./-]/g, '');
}

/** Whether every word that was typed stands in one of these texts. */
export function fits(typed: string, texts: readonly (string | undefined)[]): boolean {
  const there = texts.map((text) => (text ?? '').toLowerCase());
  const compact = plain(typed);
  if (compact !== '' && there.some((text) => plain(text).includes(compact))) return true;
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.every((word) => there.some((text) => text.includes(word)));
}

/** By group, in the order of the groups, each at most so long; empty ones are left out. */
export function grouped(findings: readonly Finding[]): Group[] {
  return order.flatMap((name) => {
    const own = findings.filter(({ group }) => group === name).slice(0, groupLimit);
    return own.length === 0 ? [] : [{ name, findings: own }];
  });
}

/** The place of the next one, round and round; -1 where there is none. */
export function stepped(place: number, step: 1 | -1, count: number): number {
  return count === 0 ? -1 : (place + step + count) % count;
}
