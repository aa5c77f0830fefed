/**
 * A door agent without a mind, for the tests of the street: takes the options of the real one, shows a
 * virtual driver, and does what whoever listens at the broker's address says, one word a line: `unlock`,
 * `lock`, `grant` or `refuse` (at the keypad), `babble` (a wrong line to the virtual door), `crash`. Says in
 * its log what it hears from the door.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const names = ['data', 'factory', 'enrol-url', 'broker-url', 'ca', 'driver', 'driver-socket', 'boot-id'];
const { values } = parseArgs({
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const option = (name: string): string => {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`--${name} is missing`);
  return value;
};

const reconnectAfterMs = 20;
const doors = new Set<Socket>();

function readLines(socket: Socket, onLine: (line: string) => void): void {
  createInterface({ input: socket })
    .on('error', () => undefined)
    .on('line', onLine);
}

function tellDoors(message: object | string): void {
  const line = typeof message === 'string' ? message : JSON.stringify(message);
  for (const door of doors) door.write(`${line}\n`);
}

function log(text: string): void {
  tellDoors({ type: 'log', at: Date.now(), level: 'info', text });
}

function obey(word: string): void {
  if (word === 'unlock' || word === 'lock') tellDoors({ type: 'relay', isUnlocked: word === 'unlock' });
  else if (word === 'grant' || word === 'refuse')
    tellDoors({ type: 'signal', reader: 'keypad', isGranted: word === 'grant' });
  else if (word === 'babble') tellDoors('{"type":"relay","isUnlocked":"perhaps"}');
  else if (word === 'crash') throw new Error('crashed as told');
}

function listenToBroker(): void {
  const { port, hostname } = new URL(option('broker-url'));
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.on('connect', () => {
    log('connected');
    readLines(socket, obey);
  });
  socket.on('close', () => setTimeout(listenToBroker, reconnectAfterMs));
}

rmSync(option('driver-socket'), { force: true });
createServer((door) => {
  doors.add(door);
  door.on('error', () => undefined).on('close', () => doors.delete(door));
  door.write('{"type":"relay","isUnlocked":false}\n');
  readLines(door, (line) => {
    log(`heard ${line}`);
  });
}).listen(option('driver-socket'), listenToBroker);

process.stdin.resume().on('end', () => process.exit(0));
writeFileSync(join(option('data'), 'stand-in.pid'), String(process.pid));
