import { Readable, Writable } from 'node:stream';
import { extract } from 'tar-stream';

/** A file or folder in a tar archive. */
export interface Entry {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Readable;
}

/**
 * Takes a tar archive and does this with each entry, one after another; an entry that is refused ends it. The
 * content of each has to be read. It is closed when no entry is being taken any more.
 */
export function readArchive(take: (entry: Entry) => Promise<void>): Writable {
  const reading = extract();
  let taking = Promise.resolve();
  reading.on('entry', ({ name, type }, content, next) => {
    const entry = { name, isFile: type === 'file', content: Readable.from(content) };
    taking = take(entry);
    taking.then(() => {
      next();
    }, next);
  });
  const archive = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (reading.write(chunk)) done();
      else reading.once('drain', done);
    },
    final: (done) => {
      reading.once('finish', () => {
        done();
      });
      reading.end(undefined);
    },
    destroy: (error, done) => {
      reading.destroy(error ?? undefined);
      const over = (): void => {
        done(error);
      };
      taking.then(over, over);
    },
  });
  reading.on('error', (error) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return archive;
}

/** Gives a stream up, and waits until it writes no more: a pipeline that failed does not. */
export async function endOf(stream: Writable): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    stream.once('close', resolve);
  });
  stream.destroy();
  if (!stream.closed) await closed;
}
