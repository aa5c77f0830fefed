import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { endOf } from './archive.ts';
import { BackupProblem } from './problem.ts';

/** A file as it lies in the backup: how long it is, and the SHA-256 of its bytes there, in hexadecimal. */
export interface SealedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** Counts and hashes what flows through. */
function createMeter(): { through: Transform; read: () => Omit<SealedFile, 'name'> } {
  const hash = createHash('sha256');
  let size = 0;
  const through = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, read: () => ({ size, sha256: hash.digest('hex') }) };
}

type Bytes = ReadableStream<Uint8Array>;

/** A stream of Node as one of the web; whoever reads it slowly is waited for. */
function toWeb(stream: Readable): Bytes {
  return Readable.toWeb(stream) as Bytes;
}

function fromWeb(stream: Bytes): Readable {
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
}

/**
 * Compresses, encrypts to the recipient and writes; what lies there is read with `age -d | gunzip` too. The
 * file is on the disk when this returns.
 */
export async function sealFile(
  content: Readable,
  recipient: string,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<SealedFile> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const compressed = createGzip();
  const feeding = pipeline(content, compressed);
  const encrypted = fromWeb(await encrypter.encrypt(toWeb(compressed)));
  const meter = createMeter();
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await Promise.all([feeding, pipeline(encrypted, meter.through, file)]);
  return { name, ...meter.read() };
}

const wrongKey = /no identity matched/;

/**
 * Reads such a file into a stream, and says afterwards whether it was the one that was written. Refuses
 * (BackupProblem) another key and a file that was changed.
 */
export async function openFile(path: string, identity: string, into: Writable): Promise<SealedFile> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const meter = createMeter();
  const source = createReadStream(path);
  const reading = pipeline(source, meter.through);
  reading.catch(() => {
    // Where the rest fails, this only repeats it.
  });
  try {
    const plain = fromWeb(await decrypter.decrypt(toWeb(meter.through)));
    await pipeline(plain, createGunzip(), into);
    await reading;
  } catch (error) {
    source.destroy();
    // Whoever cleans up then is not to meet a file that is still being written.
    await endOf(into);
    if (error instanceof BackupProblem) throw error;
    if (isOfSystem(error)) throw error;
    const isOtherKey = wrongKey.test(String(error));
    throw new BackupProblem(
      isOtherKey
        ? `${path} was encrypted for another backup key than this one.`
        : `${path} is damaged: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  return { name: path, ...meter.read() };
}

/** The disk is full, a file cannot be read: no fault of what it says. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
