import { posix } from 'node:path';

const HEADINGS = ['Date', 'Status', 'Context', 'Decision', 'Consequences'];
const RECORD_LIMIT_LINES = 60;

/** The documents whose links the house follows. */
export const isDocument = (path: string): boolean =>
  /^(README|ARCHITECTURE|GLOSSARY|CONTRIBUTING)\.md$/.test(path) || /^docs\/.*\.md$/.test(path);

/** Relative links of a document that lead to no file or folder of the repository, or to no heading of one. */
export function brokenLinks(
  path: string,
  textOf: (path: string) => string,
  files: ReadonlySet<string>,
): string[] {
  const prose = textOf(path).replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const targets = Array.from(prose.matchAll(/\]\(\s*<?([^)\s>]+)/g), ([, target]) => target ?? '');
  return targets.filter((target) => {
    if (/^[a-z][a-z+.-]*:/.test(target)) return false;
    const [file = '', heading] = decodeURI(target).split('#');
    const place = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
    if (!files.has(place) && ![...files].some((known) => known.startsWith(`${place}/`))) return true;
    return heading !== undefined && place.endsWith('.md') && !anchors(textOf(place)).has(heading);
  });
}

function anchors(text: string): Set<string> {
  const titles = Array.from(text.matchAll(/^#+ +(.+?) *$/gm), ([, title]) => title ?? '');
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What a decision record lacks: a numbered name, one of the five headings in their order, brevity. */
export function recordFaults(path: string, text: string): string[] {
  const faults: string[] = [];
  if (!/\/\d{4}-[a-z0-9-]+\.md$/.test(path)) faults.push('its name is not NNNN-what-it-says.md');
  const found = Array.from(text.matchAll(/^##+ +(.+?) *$/gm), ([, heading]) => heading ?? '');
  const kept = found.filter((heading) => HEADINGS.includes(heading));
  if (kept.join() !== HEADINGS.join()) faults.push(`its headings are ${found.join(', ')}`);
  const lines = text.trimEnd().split('\n').length;
  if (lines > RECORD_LIMIT_LINES) faults.push(`it has ${String(lines)} lines`);
  return faults.map((fault) => `${path}: ${fault}`);
}
