/**
 * `npm run budget`: builds the web faces if need be, prints what each page of the Portal and the page of
 * a Key weigh, and fails where one is heavier than it may be.
 */
import { join } from 'node:path';
import { buildWebFaces } from '../demo/web-faces.ts';
import { weigh, weighShell } from './weigh.ts';

/**
 * Thousands of bytes of gzip. Entry, styles and modules by the figures that the Portal began with; a first
 * visit as light as it is today: a phone on a slow network loads 200 KB in about a second.
 */
const limits = { entry: 120, styles: 20, module: 70, firstVisit: 205 } as const;

/**
 * The page of a Key stands on the phone of a stranger at a door: it has to be there at once. Its shell is
 * counted as it lies on disk (HTML and what that waits for), since it is to be small for who asks without
 * compression too; script and styles as gzip.
 */
const keyPageLimits = { shell: 5, script: 20, styles: 3 } as const;
const keyPageBase = '/k/';

const inEntity = ['Root', 'Shell'];
const pages = {
  SignInPage: ['Root'],
  RegisterPage: ['Root'],
  BootstrapPage: ['Root'],
  DashboardPage: inEntity,
  EntitiesPage: inEntity,
  UsersPage: inEntity,
  KeysPage: inEntity,
  LocksPage: inEntity,
  ActivityPage: inEntity,
  AuditPage: inEntity,
  OutboxPage: inEntity,
};
/** A dialog lies over a page of an Entity: the frame is there before it. */
const dialogs = [
  'CreateUserDialog',
  'EditUserDialog',
  'DeactivateUserDialog',
  'ReactivateUserDialog',
  'AddLockDialog',
  'EditLockDialog',
  'ClaimLockDialog',
  'OpenLockDialog',
  'GuestKeyDialog',
  'UpdateKeyDialog',
  'DeleteKeyDialog',
  'KeySecretsDialog',
  'SendKeyDialog',
  'WhyKeyDialog',
  'WhyEventDialog',
];

const dist = join(import.meta.dirname, '../../apps/portal/dist');
const keyPageDist = join(import.meta.dirname, '../../apps/app/key-page/dist');
const titleWidth = 30;

await buildWebFaces();
const modules = {
  ...Object.fromEntries(['Shell', ...Object.keys(pages)].map((name) => [name, []])),
  ...Object.fromEntries(dialogs.map((name) => [name, inEntity])),
};
const weights = weigh({ dist, modules, pages });
const keyPage = weigh({ dist: keyPageDist, modules: {}, pages: {} });
const rows: readonly (readonly [title: string, kb: number, limit: number, form?: string])[] = [
  ['entry', weights.entry, limits.entry],
  ['styles', weights.styles, limits.styles],
  ...Object.entries(weights.modules).map(([name, kb]) => [name, kb, limits.module] as const),
  ...Object.entries(weights.firstVisits).map(
    ([name, kb]) => [`${name}, first visit`, kb, limits.firstVisit] as const,
  ),
  ['page of a Key, script', keyPage.entry, keyPageLimits.script],
  ['page of a Key, styles', keyPage.styles, keyPageLimits.styles],
  ['page of a Key, shell', weighShell(keyPageDist, keyPageBase), keyPageLimits.shell, 'uncompressed'],
];
for (const [title, kb, limit, form = 'gzip'] of rows) {
  const verdict = kb > limit ? '  too heavy' : '';
  const figures = `${kb.toFixed(1).padStart(6)} of ${limit.toString().padStart(3)} KB ${form}`;
  process.stdout.write(`${title.padEnd(titleWidth)}${figures}${verdict}\n`);
}
if (rows.some(([, kb, limit]) => kb > limit)) process.exitCode = 1;
