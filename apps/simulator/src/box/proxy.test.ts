import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProxy, type Proxy } from './proxy.ts';

let server: Server;
let arrived: Socket[];
let proxy: Proxy;
let opened: Socket[];

/** A server that answers every text with itself in capitals. */
beforeEach(async () => {
  arrived = [];
  opened = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    arrived.push(socket);
    socket.on('error', () => undefined).on('end', () => socket.end('BYE'));
    socket.setEncoding('utf8').on('data', (text) => socket.write(text.toString().toUpperCase()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await openProxy({ host: '127.0.0.1', port: target() });
});

afterEach(async () => {
  for (const socket of [...opened, ...arrived]) socket.destroy();
  await proxy.close();
  server.close();
  await once(server, 'close');
});

function target(): number {
  return (server.address() as AddressInfo).port;
}

interface Call {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly fault: () => string | undefined;
  readonly isClosed: () => boolean;
}

function call(): Call {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  opened.push(socket);
  let heard = '';
  let fault: string | undefined;
  let isClosed = false;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    fault = error.code;
  });
  socket.on('close', () => {
    isClosed = true;
  });
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text.toString();
  });
  return { socket, heard: () => heard, fault: () => fault, isClosed: () => isClosed };
}

/** Long enough for everything that was under way to arrive: a whole call past the cable under test. */
async function meanwhile(): Promise<void> {
  const other = connect(target(), '127.0.0.1');
  opened.push(other);
  other.write('meanwhile');
  await once(other, 'data');
}

async function talk(): Promise<Call> {
  const talking = call();
  talking.socket.write('hello');
  await expect.poll(talking.heard).toBe('HELLO');
  return talking;
}

describe('a network cable', () => {
  test('carries both directions, and the end of each by itself', async () => {
    const talking = await talk();
    talking.socket.end(' again');
    await expect.poll(talking.heard).toBe('HELLO AGAINBYE');
    await expect.poll(talking.isClosed).toBe(true);
    expect(talking.fault()).toBeUndefined();
  });

  test('switched off breaks what is connected, on both sides', async () => {
    const talking = await talk();
    proxy.setMode('off');
    await expect.poll(talking.fault).toBe('ECONNRESET');
    await expect.poll(() => arrived[0]?.destroyed).toBe(true);
  });

  test('switched off refuses who connects anew, and the server hears nothing of it', async () => {
    proxy.setMode('off');
    const refused = call();
    await expect.poll(refused.fault).toBe('ECONNRESET');
    await meanwhile();
    expect(arrived).toHaveLength(1);
  });

  test('switched on again is found at the same port', async () => {
    proxy.setMode('off');
    const { port } = proxy;
    proxy.setMode('on');
    expect(proxy.port).toBe(port);
    await talk();
  });

  test('gone silent lets nothing through and breaks nothing; what was said arrives later', async () => {
    const talking = await talk();
    proxy.setMode('silent');
    talking.socket.write(' are you there');
    const later = call();
    later.socket.write('new');
    await once(later.socket, 'connect');
    await meanwhile();
    expect(talking.heard()).toBe('HELLO');
    expect(arrived).toHaveLength(2);
    proxy.setMode('on');
    await expect.poll(talking.heard).toBe('HELLO ARE YOU THERE');
    await expect.poll(later.heard).toBe('NEW');
  });

  test('gone silent hides from the server that the other side has gone, until it is back', async () => {
    const talking = await talk();
    const received = arrived[0];
    proxy.setMode('silent');
    talking.socket.resetAndDestroy();
    await meanwhile();
    expect(received?.destroyed).toBe(false);
    proxy.setMode('on');
    await expect.poll(() => received?.destroyed).toBe(true);
  });

  test('cut while silent breaks what hung in it', async () => {
    proxy.setMode('silent');
    const hanging = call();
    await once(hanging.socket, 'connect');
    proxy.setMode('off');
    await expect.poll(hanging.fault).toBe('ECONNRESET');
  });

  test('ends a call when nobody listens behind it', async () => {
    const nowhere = await openProxy({ host: '127.0.0.1', port: 1 });
    const socket = connect(nowhere.port, '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    await nowhere.close();
  });
});
