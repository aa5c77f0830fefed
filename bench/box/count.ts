/**
 * P7: a counted Key shows its picture, and its use is on the disk before the relay may move. Real agent, real
 * cryptography, real SQLite; the wall's clock, for a disk takes no time of the processor.
 */
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Hardware, Store } from '@claviger/agent';
import { nodeCrypto } from '../../apps/edge/src/crypto-node.ts';
import { openStore } from '../../apps/edge/src/store/store-sqlite.ts';
import { createReaderDesk, type ReaderDesk } from '../../packages/agent/src/attempts/reader-desk.ts';
import { createRefusalMeter } from '../../packages/agent/src/attempts/refusal-meter.ts';
import { createCore } from '../../packages/agent/src/core.ts';
import { createListKeeper } from '../../packages/agent/src/lists/list-keeper.ts';
import { loadDoubt } from '../../packages/agent/src/recovery/doubt.ts';
import {
  createVirtualClock,
  doorKeys,
  doorList,
  doorSettings,
  keyRule,
  pictureText,
  seededKey,
  theDevice,
  worldStartsAt,
} from '@claviger/sim';
import { figureOf, interleave, wallSeconds, type Contender, type Effort, type Figure } from '../harness.ts';
import { givenKeys, qrCredential, type Given } from '../lists.ts';
import { inTurn, verifyOf, verifyName } from '../stand.ts';
import { inFolder, storeOf, writeLists } from './owned-folder.ts';

interface Asked {
  readonly keys: number;
  readonly doors: number;
  readonly effort?: Effort;
}

const asked: Asked = { keys: 100_000, doors: 16 };
/** Pictures that are shown in turn, each of a Key of its own. */
const shownKeys = 512;
/** As many as a Key can have. */
const maxUses = 255;
/** What an append-only file would keep of a use. */
const useBytes = 32;

const verifyAndKeep = 'raw verify, 32 bytes appended, fdatasync';
const oneDoor = 'a counted QR at one door';
const burst = 'counted QRs at all doors';

function uuidOfLock(lock: number): string {
  return `0193a6c0-2222-7000-8000-${lock.toString().padStart(12, '0')}`;
}

const neverOpens = (): void => {
  throw new Error('a picture was refused');
};

const hardware: Hardware = {
  setRelay: () => undefined,
  readInputs: () => ({ isOpen: false, isTampered: false }),
  signal: (_lock, _reader, isGranted) => {
    if (!isGranted) neverOpens();
  },
};

/** The desk of an agent with so many locks over this store: everything up to the relay. */
function openDesk(store: Store, locks: readonly number[]): ReaderDesk {
  const identity = seededKey('door');
  const core = createCore(
    {
      ...{ deviceId: theDevice, ownershipEpoch: 1, identityKey: identity.publicKey, serverKeys: [] },
      ...{ agentVersion: 'bench', secrets: doorKeys },
      locks: locks.map((number) => ({ number, settings: doorSettings })),
    },
    {
      ...{ hardware, store, clock: createVirtualClock(worldStartsAt), crypto: nodeCrypto(identity) },
      link: { publish: () => undefined },
      diary: { note: () => undefined },
    },
  );
  const lists = createListKeeper(core, loadDoubt(core));
  const meter = createRefusalMeter(core);
  return createReaderDesk({ core, lists, meter, unlock: () => undefined });
}

/** Lists of so many counted Keys, each lock its own; the burst needs no long ones. */
function writeCountedLists(folder: string, keys: readonly Given[], locks: readonly number[]): void {
  mkdirSync(folder, { recursive: true });
  const list = {
    keys: keys.map(({ id }) => keyRule({ id, maxUses })),
    credentials: keys.map(qrCredential),
  };
  const listOf = (lock: number) => doorList({ ...list, lock: { id: uuidOfLock(lock), takesStaticQr: true } });
  writeLists(folder, new Map(locks.map((lock) => [lock, listOf(lock)])));
}

interface Box {
  readonly name: string;
  readonly folder: string;
  readonly keys: readonly Given[];
  readonly doors: number;
}

/** Static pictures, which may be shown again; each Key has used up its uses after many rounds. */
function openBox({ name, folder, keys, doors }: Box): Contender & { readonly close: () => void } {
  const locks = Array.from({ length: doors }, (_, place) => place + 1);
  writeCountedLists(folder, keys, locks);
  const store = openStore(storeOf(folder));
  const desk = openDesk(store, locks);
  const shown = keys.slice(0, shownKeys).flatMap(({ id }) => {
    const text = pictureText({ key: id, at: worldStartsAt, content: { isStatic: true } });
    return locks.map((lock) => ({ lock, text }));
  });
  const run = inTurn(shown, ({ lock, text }) => {
    desk.present(lock, { reader: 'qr_reader', text });
  });
  return {
    name,
    run,
    close: () => {
      store.close();
    },
  };
}

function appendContender(folder: string, keys: readonly Given[]): Contender & { readonly close: () => void } {
  const file = openSync(join(folder, 'uses'), 'a');
  const use = new Uint8Array(useBytes);
  const verify = verifyOf(keys.slice(0, shownKeys));
  const run = inTurn(verify, (one) => {
    one();
    writeSync(file, use);
    fdatasyncSync(file);
  });
  return {
    name: verifyAndKeep,
    run,
    close: () => {
      closeSync(file);
    },
  };
}

export async function countFigures({ keys: count, doors, effort }: Asked = asked): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const keys = givenKeys(count);
    const few = keys.slice(0, shownKeys);
    const one = openBox({ name: oneDoor, folder: join(folder, 'one'), keys, doors: 1 });
    const many = openBox({ name: burst, folder: join(folder, 'many'), keys: few, doors });
    const append = appendContender(folder, keys);
    const raw: Contender = {
      name: verifyName,
      run: inTurn(verifyOf(few), (verify) => {
        verify();
      }),
    };
    const all = await interleave([one, append, many, raw], { clock: wallSeconds, ...(effort && { effort }) });
    for (const { close } of [one, many, append]) close();
    return [
      figureOf(all, {
        figure: 'P7 count a use, one door',
        ours: oneDoor,
        anchor: verifyAndKeep,
        atLeast: 0.9,
      }),
      figureOf(all, {
        figure: `P7 count uses, ${doors} doors`,
        ours: burst,
        anchor: verifyName,
        atLeast: 0.8,
      }),
    ];
  });
}
