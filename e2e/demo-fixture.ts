import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Cookie, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { importStock, startDemo, type Demo, type DemoOptions } from '../tools/demo/demo.ts';

/** Ports of one demo; two workers run side by side, and a developer's own demo beside them. */
const firstPort = 4_100;
const portsPerDemo = 5;
const demosPerWorker = 2;

const streetFile = z.object({
  doors: z.array(z.object({ name: z.string(), serial: z.string(), pairingCode: z.string() })).min(3),
});

export interface DoorLabel {
  readonly name: string;
  readonly serial: string;
  readonly pairingCode: string;
}

/** A demo of the worker's own, started in an empty folder. */
export interface RunningDemo extends Demo {
  readonly dataFolder: string;
  /** With these its server can be started again. */
  readonly options: DemoOptions;
  readonly doors: readonly DoorLabel[];
  /** When it began to start, epoch milliseconds. */
  readonly startedAt: number;
}

/** Where the demo of a story of its own is seen, before it has started. */
export function originOfNewDemo(parallelIndex: number): string {
  return `http://localhost:${firstPort + (parallelIndex * demosPerWorker + 1) * portsPerDemo}`;
}

function settingsOf(place: number): Omit<DemoOptions, 'dataFolder'> {
  const port = firstPort + place * portsPerDemo;
  const at = (offset: number): string => `127.0.0.1:${port + offset}`;
  return {
    streetPort: port + 3,
    environment: {
      CLAVIGER_PORTAL: at(0),
      CLAVIGER_DEVICES: at(1),
      CLAVIGER_BROKER: at(2),
      CLAVIGER_PUBLIC_ORIGIN: `http://localhost:${port}`,
    },
  };
}

function readDoors(dataFolder: string): DoorLabel[] {
  return streetFile.parse(JSON.parse(readFileSync(join(dataFolder, 'street/street.json'), 'utf8'))).doors;
}

async function startAt(place: number, surroundings: Surroundings = {}): Promise<RunningDemo> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'claviger-e2e-'));
  // As root, PostgreSQL's own user has to pass.
  chmodSync(dataFolder, 0o711);
  const startedAt = Date.now();
  const settings = settingsOf(place);
  const environment = { ...settings.environment, ...surroundings };
  const options = { dataFolder, ...settings, environment };
  const demo = await startDemo(options);
  return Object.assign(demo, { dataFolder, options, doors: readDoors(dataFolder), startedAt });
}

/** Settings of what stands around an installation: a mail server, a provider. */
export type Surroundings = Readonly<Record<string, string>>;

interface StoryFixtures {
  /** For `newDemo`; a story that needs some starts them here. */
  readonly surroundings: Surroundings;
  /** Started in an empty folder for this story alone. */
  readonly newDemo: RunningDemo;
}

interface WorkerFixtures {
  /** What earlier stories did in it may still be there: people, and names of locks. */
  readonly demo: RunningDemo;
}

async function stop(demo: RunningDemo): Promise<void> {
  await demo.stop();
  rmSync(demo.dataFolder, { recursive: true });
}

/** The stories' test: with a running demo, in English, in the time zone of the home. */
export const test = base.extend<StoryFixtures, WorkerFixtures>({
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  surroundings: {},
  newDemo: [
    async ({ surroundings }, use, info) => {
      const demo = await startAt(info.parallelIndex * demosPerWorker + 1, surroundings);
      await use(demo);
      await stop(demo);
    },
    { timeout: 120_000 },
  ],
  demo: [
    async ({}, use, worker) => {
      const demo = await startAt(worker.parallelIndex * demosPerWorker);
      await use(demo);
      await stop(demo);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export const password = 'correct horse battery';

/** Registers a person with a door, through the public page, and waits until the lock is Active. */
export async function register(
  page: Page,
  demo: RunningDemo,
  wanted: { email: string; door: DoorLabel },
): Promise<void> {
  await page.goto(`${demo.portalUrl}/register`);
  await page.getByLabel('Email address').fill(wanted.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Lock serial number').fill(wanted.door.serial);
  await page.getByLabel('Matter code or pairing code').fill(wanted.door.pairingCode);
  await page.getByLabel('Address', { exact: true }).fill('Hauptstrasse 1, Berlin');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
  await expect(page.getByText('Online', { exact: true })).toBeVisible();
}

/** The door at this place of the street. */
export function doorOf(demo: RunningDemo, index: number): DoorLabel {
  const door = demo.doors[index];
  if (!door) throw new Error(`the street has no door ${index}`);
  return door;
}

/** The process that serves the demo's database. */
export function postmasterOf(demo: RunningDemo): number {
  const [pid] = readFileSync(join(demo.dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

/** Adds a door in the street's page, and imports its label beside the running server as the page says. */
export async function addDoor(street: Page, demo: RunningDemo, name: string): Promise<DoorLabel> {
  await street.getByRole('button', { name: 'Add door' }).click();
  await street.getByRole('dialog').getByLabel('Name').fill(name);
  await street.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await street.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(street.getByRole('article').filter({ hasText: name })).toBeVisible();
  const stockFile = join(demo.dataFolder, 'street/stock.csv');
  await importStock(demo.dataFolder, stockFile);
  const label = readDoors(demo.dataFolder).find((door) => door.name === name);
  if (!label) throw new Error(`the street has no door ${name}`);
  return label;
}

/** The button that asks to open the one lock of the page, whatever its name is by now. */
export function openButton(page: Page): Locator {
  return page.getByRole('main').getByRole('button', { name: /^Open / });
}

/** Opens the one lock of the page, and waits until the door has answered. */
export async function openFirstLock(page: Page): Promise<void> {
  await openButton(page).click();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page.getByText(/^Unlocked\. |^The door (is open|was opened)/)).toBeVisible();
}

const sessionAnswer = z
  .object({ memberships: z.array(z.object({ entityId: z.string() })).min(1) })
  .nullable();

/** The cookies that a person of a demo was given, and when. */
interface SignedIn {
  readonly cookies: Cookie[];
  readonly at: number;
}

/** Signing in is limited for who guesses, and stories are many. */
const signedInOf = new WeakMap<RunningDemo, Map<string, SignedIn>>();

/** Less than the time after which the dangerous asks again for the password. */
const freshForMs = 10 * 60_000;

/** The Entity of a person who is signed in with what an earlier story was given, or signs in now. */
async function findEntity(page: Page, demo: RunningDemo, email: string): Promise<string | undefined> {
  const kept = signedInOf.get(demo)?.get(email);
  if (kept && Date.now() - kept.at < freshForMs) await page.context().addCookies(kept.cookies);
  const asked = await page.request.get(`${demo.portalUrl}/api/session`);
  const known = sessionAnswer.parse(await asked.json());
  if (known) return known.memberships[0]?.entityId;
  const answer = await page.request.post(`${demo.portalUrl}/api/sign-in`, {
    headers: { origin: demo.portalUrl },
    data: { email, password },
  });
  if (answer.status() === 401) return undefined;
  expect(answer.status()).toBe(200);
  return sessionAnswer.parse(await answer.json())?.memberships[0]?.entityId;
}

/** The person is there already, if a story before this one has registered her. */
export async function signInOrRegister(
  page: Page,
  demo: RunningDemo,
  wanted: { email: string; door: DoorLabel },
): Promise<void> {
  const { email } = wanted;
  const entityId = await findEntity(page, demo, email);
  if (entityId === undefined) await register(page, demo, wanted);
  else {
    await page.goto(`${demo.portalUrl}/e/${entityId}/devices/locks`);
    await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  }
  const kept = signedInOf.get(demo) ?? new Map<string, SignedIn>();
  signedInOf.set(demo, kept);
  const before = kept.get(email)?.at ?? 0;
  const at = Date.now() - before < freshForMs ? before : Date.now();
  kept.set(email, { at, cookies: await page.context().cookies(demo.portalUrl) });
}

/** Signs in on the public page. */
export async function signIn(page: Page, demo: RunningDemo, email: string): Promise<void> {
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await expect(page.getByRole('button', { name: /^Your menu/ })).toBeVisible();
}

/** Unfolds the filters of a list, which a phone shows as one button. */
export async function showFilters(page: Page): Promise<void> {
  await expect(page.getByRole('search')).toBeVisible();
  const button = page.getByRole('button', { name: /^Filters/, expanded: false });
  if (await button.isVisible()) await button.click();
}

const rulesOfColour = ['color-contrast', 'link-in-text-block'];

const phone = { width: 390, height: 844 };

async function seeWithinWindow(page: Page): Promise<void> {
  // What floats is put into its place a moment after the window has changed.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBeLessThanOrEqual(0);
}

/** The same page in a window as narrow as a phone: nothing wider than that, and a picture. */
async function lookOnPhone(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  if (!before || before.width <= phone.width) return;
  await page.setViewportSize(phone);
  await seeWithinWindow(page);
  await page.screenshot({ path: `test-results/screens/${name}-${phone.width}-light.png` });
  await page.setViewportSize(before);
}

/**
 * Looks at the page as it is now, in both colour schemes and as narrow as a phone: no fault that axe finds,
 * nothing wider than the window, and a picture kept under `test-results/screens`.
 */
export async function look(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Our pages have no frames of other origins, for which axe would open a page of its own each time.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // What does not go by colour is the same in both.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(rulesOfColour)).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    await page.screenshot({ path: `test-results/screens/${name}-${width}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await seeWithinWindow(page);
  await lookOnPhone(page, name);
}
