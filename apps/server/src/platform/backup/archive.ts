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
 * content of each has to be read.
 */
export function readArchive(take: (entry: Entry) => Promise<void>): Writable {
  const reading = extract();
  reading.on('entry', ({ name, type }, content, next) => {
    const entry = { name, isFile: type === 'file', content: Readable.from(content) };
    take(entry).then(() => {
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
  });
  reading.on('error', (error) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return archive;
}
