/**
 * `npm run bench -- NAME... [--json]`: measures figures, ours and its anchor in the same run, and prints a
 * table or, with --json, one object a line. Ends with 1 where a figure misses its goal.
 */
import { parseArgs } from 'node:util';
import { auditFigures } from './audit.ts';
import { bootFigures } from './box/boot.ts';
import { countFigures } from './box/count.ts';
import { memoryFigures } from './box/memory.ts';
import { decideFigures } from './decide.ts';
import { buildFigures } from './delta/build.ts';
import { deltaFigures } from './delta/figures.ts';
import { growthFigures } from './growth.ts';
import type { Figure } from './harness.ts';
import { pageFigures } from './list/page.ts';
import { searchFigures } from './list/search.ts';
import { openFigures } from './open.ts';
import { scheduleFigures } from './schedule.ts';
import { snapshotFigures } from './snapshot.ts';
import { swapFigures } from './swap.ts';

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  audit: () => auditFigures(),
  boot: async () => [...(await bootFigures()), ...(await memoryFigures())],
  build: () => buildFigures(),
  count: () => countFigures(),
  decide: () => decideFigures(),
  delta: () => deltaFigures(),
  growth: () => growthFigures(),
  memory: () => memoryFigures(),
  open: () => openFigures(),
  page: () => pageFigures(),
  schedule: () => scheduleFigures(),
  search: () => searchFigures(),
  snapshot: () => snapshotFigures(),
  swap: () => swapFigures(),
};

function shown(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function lineOf({ figure, ours, anchor, anchorName, unit, ratio, goal, ok }: Figure): string {
  const sides = `${shown(ours)} ${unit} to ${shown(anchor)} ${unit}`.padEnd(34);
  const verdict = `${goal.padEnd(8)} ${ok ? 'met   ' : 'missed'}`;
  return `${figure.padEnd(34)} ${sides} ${shown(ratio).padStart(8)}  ${verdict}  ${anchorName}`;
}

const { positionals, values } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0 || positionals.length === 0) {
  if (unknown.length > 0) process.stderr.write(`no such figure: ${unknown.join(', ')}\n`);
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join(' | ')} [--json]\n`);
  process.exit(2);
}
for (const name of positionals) {
  for (const figure of (await benches[name]?.()) ?? []) {
    process.stdout.write(`${values.json ? JSON.stringify(figure) : lineOf(figure)}\n`);
    if (!figure.ok) process.exitCode = 1;
  }
}
