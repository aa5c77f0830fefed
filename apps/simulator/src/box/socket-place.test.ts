import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseSocketPlace, socketPathLimit } from './socket-place.ts';

const serial = 'K7Q29XMD4T8A';

test.skipIf(process.platform === 'win32')(
  'Sockets are in the folder of their door where paths are short.',
  () => {
    expect(chooseSocketPlace('/street/doors').pathOf(serial)).toBe(`/street/doors/${serial}/driver.sock`);
  },
);

test.skipIf(process.platform === 'win32')(
  'Elsewhere they are in a private folder that goes away with the street.',
  () => {
    const deep = join(tmpdir(), 'a'.repeat(socketPathLimit));
    const place = chooseSocketPlace(deep);
    const path = place.pathOf(serial);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(socketPathLimit);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    place.remove();
    expect(() => statSync(dirname(path))).toThrow('ENOENT');
  },
);
