import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY_DISK = '/dev/shm';
/** Room for the databases of two test files at a time, several times over. */
const NEEDED_BYTES = 2 * 1024 ** 3;

function hasMemoryDisk(): boolean {
  if (process.platform !== 'linux') return false;
  const { bavail, bsize } = statfsSync(MEMORY_DISK);
  return bavail * bsize >= NEEDED_BYTES;
}

/** Where the databases of tests lie: in memory where there is enough, so that none waits for a disk. */
export const temporaryRoot = hasMemoryDisk() ? MEMORY_DISK : tmpdir();
