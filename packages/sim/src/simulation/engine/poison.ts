/** What would let the machine's time or chance into a world: each of them throws while one is played. */
const forbidden = [
  ...['setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto', 'fetch'],
  ...['XMLHttpRequest', 'WebSocket'],
];

/** A simulated world has reached for the machine's time or chance. */
export class Ambient extends Error {
  override readonly name = 'Ambient';
}

function refuse(name: string): never {
  throw new Ambient(`${name} is not of the simulated world`);
}

/** A Date that knows what it is told, and not what time it is. */
function toldDate(): typeof Date {
  return new Proxy(Date, {
    construct: (target, told: unknown[], made) =>
      told.length === 0 ? refuse('new Date()') : (Reflect.construct(target, told, made) as object),
    apply: () => refuse('Date()'),
    get: (target, name, receiver): unknown =>
      name === 'now' ? () => refuse('Date.now') : Reflect.get(target, name, receiver),
  });
}

/** One thing of the machine, and what stands in its place. */
interface Replacement {
  readonly owner: object;
  readonly name: string;
  readonly by: PropertyDescriptor;
}

function put(owner: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(owner, name, { ...descriptor, configurable: true });
}

/** Poisons the machine's clock, timers, chance and network; returns what puts all of it back. */
export function poisonGlobals(): () => void {
  const replacements: Replacement[] = [
    ...forbidden.map((name) => ({ owner: globalThis, name, by: { get: () => refuse(name) } })),
    { owner: globalThis, name: 'Date', by: { value: toldDate(), writable: true } },
    { owner: Math, name: 'random', by: { value: () => refuse('Math.random'), writable: true } },
  ];
  // All are looked up before any is replaced: some are made when they are first asked for, out of others.
  const before = replacements.map(({ owner, name }) => Reflect.getOwnPropertyDescriptor(owner, name));
  const there = replacements.filter((_, place) => before[place] !== undefined);
  for (const { owner, name, by } of there) put(owner, name, by);
  return () => {
    for (const [place, { owner, name }] of replacements.entries()) {
      const descriptor = before[place];
      if (descriptor) put(owner, name, descriptor);
    }
  };
}
