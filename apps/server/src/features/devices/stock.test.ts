import { describe, expect, it } from 'vitest';
import { testSecret } from '../../../test/database-server.ts';
import { ada, newLabel, registerWith, serverOfThisFile, type Label } from '../../../test/test-app.ts';
import { deriveSecret } from '../../platform/secrets/index.ts';
import { importDevices, readStock, StockFault } from './index.ts';

const site = serverOfThisFile();
const pepper = deriveSecret(testSecret, 'pairing codes');

function importing(labels: readonly Label[], isReplacingCodes = false) {
  return importDevices(site.test.database, labels, { pepper, isReplacingCodes });
}

const fileOf = (labels: readonly Label[]): string =>
  ['serial,code,model', ...labels.map((label) => Object.values(label).join())].join('\n');

describe('an import of devices', () => {
  it('refuses the whole file where a known device has another code, and names the line', async () => {
    const [known, added] = [newLabel(), newLabel()];
    await importing([known]);
    const corrected = { ...known, pairingCode: newLabel().pairingCode };

    const refused = importing([added, corrected]);

    await expect(refused).rejects.toThrow(StockFault);
    await expect(refused).rejects.toThrow(/^line 3: .* another code.* --replace-codes/);
    expect(await importing([added, known])).toEqual({ added: 1, known: 1, replaced: 0 });
  });

  it('replaces codes where that was asked for: the old label claims nothing any more', async () => {
    const old = newLabel();
    await importing([old]);
    const corrected = { ...old, pairingCode: newLabel().pairingCode };

    expect(await importing([corrected], true)).toEqual({ added: 0, known: 1, replaced: 1 });

    const statuses = [];
    for (const label of [old, corrected]) {
      const { answer } = await registerWith(site.server, label, { ...ada, email: 'new@example.com' });
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([409, 201]);
  });

  it('names both lines of a serial number that stands in the file twice', () => {
    const [one, two] = [newLabel(), newLabel()];

    expect(() => readStock(fileOf([one, two, one]), true)).toThrow(
      `line 4: the serial number ${one.serial} stands in line 2 already`,
    );
  });
});
