import { explain } from '@claviger/authority';
import { capabilities, credentialKinds, kindOfMethod } from '@claviger/domain';
import { attempts, world, type Answer, type WrittenAttempt, type WrittenWorld } from '@claviger/protocol';

type Entry<List extends keyof WrittenWorld> =
  NonNullable<WrittenWorld[List]> extends (infer Item)[] ? Partial<Item> : never;

/**
 * A world for one question. Left out: the lock `front`, with every capability but lift floors, and the
 * staff Key `key`, which has it and one credential of each kind, named after the kind; zone Europe/Berlin.
 */
export interface Scene extends Partial<Omit<WrittenWorld, 'locks' | 'keys' | 'credentials'>> {
  readonly lock?: Entry<'locks'> | undefined;
  /** A second lock, `back`, like the first but for this. */
  readonly back?: Entry<'locks'> | undefined;
  readonly key?: Entry<'keys'> | undefined;
  /** More Keys; each has the lock `front` unless it says otherwise. */
  readonly keys?: readonly Entry<'keys'>[];
  /** What is different about the credentials of `key`; `duress` about its PIN alone. */
  readonly credential?: Entry<'credentials'> | undefined;
  readonly credentials?: NonNullable<WrittenWorld['credentials']>;
}

/** One attempt; left out: at `front`, by PIN, with the credential named after the kind of its method. */
export type Try = Partial<WrittenAttempt>;

const ordinary = capabilities.filter((capability) => capability !== 'lift_floors');
/** The noon of an ordinary Wednesday. */
const usually = '2026-11-25T12:00';

function worldOf({ lock, back, key, keys, credential, credentials, ...others }: Scene): WrittenWorld {
  const written = (entry: Entry<'keys'> = {}, id = 'key'): NonNullable<WrittenWorld['keys']>[number] => ({
    id,
    type: 'staff',
    bindings: [{ lock: 'front' }],
    ...entry,
  });
  return {
    zone: 'Europe/Berlin',
    ...others,
    locks: [
      { id: 'front', capabilities: ordinary, ...lock },
      { id: 'back', capabilities: ordinary, ...back },
    ],
    keys: [written(key), ...(keys ?? []).map((entry, place) => written(entry, `key ${place + 2}`))],
    credentials: [
      ...credentialKinds.map((kind) => ({
        ...{ id: kind, key: 'key', kind, ...credential },
        duress: kind === 'pin' && credential?.duress === true,
      })),
      ...(credentials ?? []),
    ],
  };
}

function attemptOf(given: Try): WrittenAttempt {
  const method = given.method ?? 'pin';
  const credential = method === 'command' ? {} : { credential: kindOfMethod[method] };
  return { lock: 'front', at: usually, method, ...credential, ...given };
}

/** Decides attempts one after another in a scene, as `claviger explain` does. */
export function rehearse(scene: Scene, tries: readonly Try[]): Answer[] {
  return explain(world.parse(worldOf(scene)), attempts.parse(tries.map(attemptOf)));
}

/**
 * The reasons of attempts in a scene, each written `2026-11-25T18:00 expired` or with its attempt in words;
 * given back as they were expected, with the reason that was found.
 */
export function reasonsIn(scene: Scene, expected: readonly Expected[]): Expected[] {
  const tries = expected.map((entry) => (typeof entry === 'string' ? { at: splitAt(entry)[0] } : entry[0]));
  const reasons = rehearse(scene, tries).map(({ reason }) => reason);
  return expected.map((entry, place) => {
    const found = reasons[place] ?? 'internal_fault';
    return typeof entry === 'string' ? `${splitAt(entry)[0]} ${found}` : [entry[0], found];
  });
}

/** An attempt with its reason. */
export type Expected = string | readonly [attempt: Try, reason: Answer['reason']];

function splitAt(entry: string): readonly [at: string, reason: string] {
  const [at = '', reason = ''] = entry.split(' ');
  return [at, reason];
}
