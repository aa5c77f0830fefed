import { readFileSync } from 'node:fs';

const checkEveryMs = 1_000;

/** The parent of a process of this machine, or undefined where it is gone or the system does not tell. */
function parentOf(pid: number): { readonly name: string; readonly parent: number } | undefined {
  try {
    const found = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return found ? { name: found[1] ?? '', parent: Number(found[2]) } : undefined;
  } catch {
    // The process is gone, or this is no Linux.
    return undefined;
  }
}

/** Who started this program for npm: npm itself, or npm behind the shell that it runs scripts in. */
function npmOf(parent: number): string {
  const found = parentOf(parent);
  return found !== undefined && /sh$/.test(found.name) ? `${parent} ${found.parent}` : String(parent);
}

/**
 * Calls back once when the npm that runs this program is gone, as after kill -9: then nobody would stop the
 * program. Started without npm it may outlive whoever started it.
 */
export function onceNpmIsGone(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const npm = npmOf(process.ppid);
  const timer = setInterval(() => {
    if (npmOf(process.ppid) === npm) return;
    clearInterval(timer);
    onGone();
  }, checkEveryMs).unref();
}
