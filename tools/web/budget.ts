/**
 * `npm run budget`: builds the web faces if need be, prints what each page of the Portal weighs, and fails
 * where one is heavier than it may be.
 */
import { join } from 'node:path';
import { buildWebFaces } from '../demo/web-faces.ts';
import { weigh } from './weigh.ts';

/**
 * Thousands of bytes of gzip. Entry, styles and modules by the figures that the Portal began with; a first
 * visit as light as it is today: a phone on a slow network loads 200 KB in about a second.
 */
const limits = { entry: 120, styles: 20, module: 70, firstVisit: 205 } as const;

const inEntity = ['Root', 'Shell'];
const pages = {
  SignInPage: ['Root'],
  RegisterPage: ['Root'],
  BootstrapPage: ['Root'],
  DashboardPage: inEntity,
  LocksPage: inEntity,
  ActivityPage: inEntity,
};
const dialogs = ['AddLockDialog', 'EditLockDialog', 'ClaimLockDialog', 'OpenLockDialog'];

const dist = join(import.meta.dirname, '../../apps/portal/dist');
const titleWidth = 28;

await buildWebFaces();
const weights = weigh({ dist, modules: ['Shell', ...Object.keys(pages), ...dialogs], pages });
const rows: readonly (readonly [string, number, number])[] = [
  ['entry', weights.entry, limits.entry],
  ['styles', weights.styles, limits.styles],
  ...Object.entries(weights.modules).map(([name, kb]) => [name, kb, limits.module] as const),
  ...Object.entries(weights.firstVisits).map(
    ([name, kb]) => [`${name}, first visit`, kb, limits.firstVisit] as const,
  ),
];
for (const [title, kb, limit] of rows) {
  const verdict = kb > limit ? '  too heavy' : '';
  const figures = `${kb.toFixed(1).padStart(6)} of ${limit.toString().padStart(3)} KB gzip`;
  process.stdout.write(`${title.padEnd(titleWidth)}${figures}${verdict}\n`);
}
if (rows.some(([, kb, limit]) => kb > limit)) process.exitCode = 1;
