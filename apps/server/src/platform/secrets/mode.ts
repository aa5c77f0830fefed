import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFileName } from '../data-folder.ts';

/** What an installation was made as; it never becomes the other one (decision records 0009 and 0023). */
export type InstallationMode = 'demo' | 'real';

/** Beside the keys: whoever has them has it. */
export const modeFile = 'mode';

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keys that are older than the file: what `claviger setup` wrote down is real, all else a demo. */
function modeOfSettings(dataFolder: string): InstallationMode {
  const text = readIfThere(join(dataFolder, settingsFileName));
  return /"mode"\s*:\s*"real"/.test(text ?? '') ? 'real' : 'demo';
}

/** What the installation with these keys was made as; undefined for a file that says neither. */
export function readMode(dataFolder: string, keysFolder: string): InstallationMode | undefined {
  const text = readIfThere(join(keysFolder, modeFile))?.trim() ?? modeOfSettings(dataFolder);
  return text === 'demo' || text === 'real' ? text : undefined;
}
