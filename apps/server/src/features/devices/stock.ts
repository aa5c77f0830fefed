import { findModel, parsePairingCode, parseSerial, type DeviceId } from '@claviger/domain';
import Papa from 'papaparse';
import { newIdentifier, type Database } from '../../platform/database/index.ts';
import type { Secret } from '../../platform/secrets/index.ts';
import { pairingCodeMac } from './service.ts';
import { addDevices, findCodes, replaceCode } from './store.ts';

/** Most lines of one file: what a person can look over. */
const lineLimit = 10_000;
const fileSizeLimit = 1024 * 1024;
const header = ['serial', 'code', 'model'] as const;

/** One line of the file of a maker: keep the file as secret as the labels. */
export interface StockEntry {
  readonly serial: string;
  readonly pairingCode: string;
  readonly model: string;
}

/** The file cannot be imported; nothing of it was. The message names the line and never a code. */
export class StockFault extends Error {
  override readonly name = 'StockFault';
}

/** What is wrong with a line that is no entry: the first column that cannot be read. */
function faultOf([serial, code]: readonly string[], isDemo: boolean): string {
  if (parseSerial(serial ?? '') === undefined) return 'the serial is not one';
  if (parsePairingCode(code ?? '') === undefined) return 'the code is not one';
  return isDemo ? 'the model is not known' : 'the model is not known, or virtual: those are for the demo';
}

function entryOf(line: readonly string[], isDemo: boolean): StockEntry | undefined {
  const [typedSerial = '', typedCode = '', typedModel = ''] = line;
  const [serial, pairingCode] = [parseSerial(typedSerial), parsePairingCode(typedCode)];
  const model = findModel(typedModel.trim());
  const isAllowed = model !== undefined && (isDemo || !model.isVirtual) && line.length === header.length;
  if (serial === undefined || pairingCode === undefined || !isAllowed) return undefined;
  return { serial, pairingCode, model: model.code };
}

/**
 * Reads a CSV with the header `serial,code,model`. Throws StockFault. Virtual models are for the demo
 * alone.
 */
export function readStock(text: string, isDemo: boolean): StockEntry[] {
  if (text.length > fileSizeLimit)
    throw new StockFault(`the file is larger than ${fileSizeLimit} characters`);
  const { data } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: true });
  const [first, ...lines] = data;
  if (first?.map((name) => name.trim().toLowerCase()).join() !== header.join()) {
    throw new StockFault(`the first line must be ${header.join()}`);
  }
  if (lines.length > lineLimit) throw new StockFault(`more than ${lineLimit} lines`);
  const entries = lines.map((line, index) => {
    const entry = entryOf(line, isDemo);
    if (!entry) throw new StockFault(`line ${index + 2}: ${faultOf(line, isDemo)}`);
    return entry;
  });
  assertNoneTwice(entries);
  return entries;
}

function assertNoneTwice(entries: readonly StockEntry[]): void {
  const lines = new Map<string, number>();
  entries.forEach(({ serial }, index) => {
    const [before, here] = [lines.get(serial), index + 2];
    if (before !== undefined) {
      throw new StockFault(`line ${here}: the serial number ${serial} stands in line ${before} already`);
    }
    lines.set(serial, here);
  });
}

export interface ImportOptions {
  /** HMAC key: of the pairing codes nothing else is kept. */
  readonly pepper: Secret;
  /** Known devices take the code of the file. */
  readonly isReplacingCodes: boolean;
}

export interface Imported {
  readonly added: number;
  readonly known: number;
  /** Of those that were known. */
  readonly replaced: number;
}

function otherCodeFault(lines: readonly number[]): StockFault {
  const [first, ...more] = lines;
  const others = more.length > 0 ? `, and so are those of ${more.length} more lines` : '';
  return new StockFault(
    `line ${String(first)}: the device is known with another code${others}. Nothing was imported. If this ` +
      'file is right, import it with --replace-codes; else correct it or leave these lines out',
  );
}

/**
 * Adds the devices that are not known yet, all or none. Throws StockFault where one is known with another
 * code, unless codes are to be replaced: who owns the device keeps it.
 */
export async function importDevices(
  database: Database,
  entries: readonly StockEntry[],
  { pepper, isReplacingCodes }: ImportOptions,
): Promise<Imported> {
  const rows = entries.map(({ serial, pairingCode, model }) => ({
    id: newIdentifier() as DeviceId,
    serial,
    model,
    codeMac: pairingCodeMac(pepper, pairingCode),
  }));
  return database.transact({ kind: 'installation' }, async (tx) => {
    const added = await addDevices(tx, rows);
    const codes = await findCodes(
      tx,
      rows.map(({ serial }) => serial),
    );
    const differing = rows.flatMap((row, index) =>
      Buffer.compare(codes.get(row.serial) ?? row.codeMac, row.codeMac) === 0
        ? []
        : [{ ...row, line: index + 2 }],
    );
    if (differing.length > 0 && !isReplacingCodes) throw otherCodeFault(differing.map(({ line }) => line));
    for (const row of differing) await replaceCode(tx, row);
    return { added: added.length, known: rows.length - added.length, replaced: differing.length };
  });
}
