import { join } from 'node:path';
import { ArgumentFault, readOrder, type Order } from './arguments.ts';
import { buildEntrance } from './http/entrance.ts';
import { lockStreet } from './street/folder-lock.ts';
import { createStreet } from './street/street.ts';
import { readOrMakeStreet, StreetFault } from './street/street-file.ts';

/** The street listens here and nowhere else: it shows pairing codes. */
const host = '127.0.0.1';
const pageFolder = join(import.meta.dirname, '../dist');

function note(level: 'info' | 'warn' | 'error', text: string): void {
  process.stderr.write(`${JSON.stringify({ at: Date.now(), level, text })}\n`);
}

async function serve(order: Extract<Order, { type: 'serve' }>): Promise<void> {
  const unlock = lockStreet(order.street.folder);
  const street = createStreet(order.street);
  const entrance = buildEntrance({ street, pageFolder, note });
  const url = await entrance.listen({ host, port: order.port });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([entrance.close(), street.close()]);
    unlock();
  };
  const stopOnce = (): void => void (stopping ??= stop());
  // A terminal and npm tell more than once; the doors are given the time to end in peace all the same.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stopOnce);
  // Whoever started this program over a channel has closed it, or is gone, as after kill -9.
  process.once('disconnect', stopOnce);
  // The channel alone is no reason to stay.
  process.channel?.unref();
  await street.open();
  process.stdout.write(`${JSON.stringify({ ready: true, url: `${url}/` })}\n`);
}

async function run(order: Order): Promise<void> {
  if (order.type === 'serve') await serve(order);
  else readOrMakeStreet(order.folder);
}

try {
  await run(readOrder(process.argv.slice(2)));
} catch (error) {
  const isPlain = error instanceof ArgumentFault || error instanceof StreetFault;
  note('error', isPlain ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(isPlain ? 2 : 1);
}
