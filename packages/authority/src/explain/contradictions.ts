import type { Attempt, World } from '@claviger/protocol';

/** What is wrong in a world or in attempts, with its place: `keys[2].profile`. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

type Credential = World['credentials'][number];

function inCredential({ kind, card, duress }: Credential, path: string): InputProblem[] {
  return [
    ...(card !== undefined && kind !== 'card'
      ? [{ path: `${path}.card`, message: `only a card is a card of some make, this is of kind ${kind}` }]
      : []),
    ...(duress && kind !== 'pin'
      ? [{ path: `${path}.duress`, message: `only a PIN can be a duress PIN, this is of kind ${kind}` }]
      : []),
  ];
}

/** SEMANTICS H8: from the first to the last date; ISO dates compare as text. */
function inHoliday({ from, until }: World['holidays'][number], path: string): InputProblem[] {
  if (until >= from) return [];
  return [{ path: `${path}.until`, message: `the holiday ends on ${until}, before it begins on ${from}` }];
}

/** SEMANTICS P4. */
function inProfile({ kind, scheduler }: World['profiles'][number], path: string): InputProblem[] {
  if (kind !== 'admin' || scheduler === undefined) return [];
  return [{ path: `${path}.scheduler`, message: 'the profile Admin has no Access Scheduler' }];
}

/** A counter is remembered of buttons alone (SEMANTICS M7). */
function inCounters({ state }: World['locks'][number], path: string, world: World): InputProblem[] {
  const kinds = new Map(world.credentials.map(({ id, kind }) => [id, kind]));
  return state.buttonCounters.flatMap(({ credential }, place) => {
    const kind = kinds.get(credential);
    if (kind === undefined || kind === 'button') return [];
    const at = `${path}.state.buttonCounters[${place}].credential`;
    return [{ path: at, message: `${credential} is of kind ${kind}, and only a button has a counter` }];
  });
}

type Repeat = World['keys'][number]['repeat'];

function inRepeat(
  repeat: Pick<NonNullable<Repeat>, 'mode' | 'weekdays'> | undefined,
  path: string,
): InputProblem[] {
  if (repeat?.mode !== 'daily' || repeat.weekdays === undefined) return [];
  return [{ path: `${path}.weekdays`, message: 'only the mode weekly has weekdays, this is daily' }];
}

/** What a world says that cannot be: no installation could have saved it, and no door could know it. */
export function contradictionsInWorld(world: World): InputProblem[] {
  return [
    ...world.holidays.flatMap((holiday, place) => inHoliday(holiday, `holidays[${place}]`)),
    ...world.profiles.flatMap((profile, place) => inProfile(profile, `profiles[${place}]`)),
    ...world.accessGroups.flatMap(({ repeat }, place) => inRepeat(repeat, `accessGroups[${place}].repeat`)),
    ...world.keys.flatMap(({ repeat }, place) => inRepeat(repeat, `keys[${place}].repeat`)),
    ...world.locks.flatMap((lock, place) => inCounters(lock, `locks[${place}]`, world)),
    ...world.credentials.flatMap((credential, place) => inCredential(credential, `credentials[${place}]`)),
  ];
}

/** Where something is said, and of which lock in which world. */
interface Place {
  readonly path: string;
  readonly lock: string;
  readonly world: World;
}

type Factor = Pick<Attempt, 'method' | 'counter' | 'qr' | 'credential'>;

/** A QR of which nothing is said: an issuer is filled in, and that it moves. */
function isToldOf({ issuer, isStatic, ...others }: Attempt['qr']): boolean {
  return issuer !== 'entity' || isStatic || Object.values(others).some((value) => value !== undefined);
}

/** Whether the list of this lock has the Key: then nothing that a QR says of itself counts (SEMANTICS C3). */
function isOnListOf(key: World['keys'][number], lock: string, { accessGroups }: World): boolean {
  const group = accessGroups.find(({ id }) => id === key.accessGroup);
  const isBound = key.bindings.some((binding) => binding.lock === lock) || group?.locks.includes(lock);
  return key.state !== 'available' && isBound === true;
}

/** A QR cannot be of another Key than its credential is, nor of another type than the list says it is. */
function againstOwner({ credential, qr }: Factor, { path, lock, world }: Place): InputProblem[] {
  const owned = world.credentials.find(({ id }) => id === credential);
  const owner = world.keys.find(({ id }) => id === owned?.key);
  if (owned === undefined || owner === undefined) return [];
  const isOtherKey = qr.key !== undefined && qr.key !== owner.id;
  const isOtherType = qr.type !== undefined && qr.type !== owner.type && isOnListOf(owner, lock, world);
  return [
    ...(isOtherKey
      ? [{ path: `${path}.key`, message: `${owned.id} is a credential of ${owner.id}, not of ${qr.key}` }]
      : []),
    ...(isOtherType
      ? [
          {
            path: `${path}.type`,
            message: `${lock} knows ${owner.id} as of type ${owner.type}, not ${qr.type}`,
          },
        ]
      : []),
  ];
}

function inQr(factor: Factor, place: Place): InputProblem[] {
  const { path } = place;
  const { method, qr } = factor;
  if (method !== 'qr' && method !== 'pass') {
    return isToldOf(qr)
      ? [{ path, message: `only a QR or a pass has this, this is shown by ${method}` }]
      : [];
  }
  return [
    ...againstOwner(factor, place),
    ...(qr.isStatic && qr.shownAt !== undefined
      ? [{ path: `${path}.shownAt`, message: 'a static QR is the same whenever it is shown' }]
      : []),
    ...inRepeat(qr.rule?.window, `${path}.rule.window`),
  ];
}

function inFactor(factor: Factor, place: Place): InputProblem[] {
  const { path } = place;
  const { method, counter } = factor;
  return [
    ...(counter !== undefined && method !== 'button'
      ? [{ path: `${path}.counter`, message: `only a button has a counter, this is shown by ${method}` }]
      : []),
    ...inQr(factor, { ...place, path: `${path}.qr` }),
  ];
}

/** A command is tested for a few things alone, and none of these is among them (SEMANTICS P8). */
function inCommand(
  { path: reader, side, floor, doorMode, secondFactor }: Attempt,
  path: string,
): InputProblem[] {
  const said = [
    ['path', 'reader path', reader !== undefined],
    ['side', 'side', side !== 'entry'],
    ['floor', 'floor', floor !== undefined],
    ['doorMode', 'door mode', doorMode !== undefined],
    ['secondFactor', 'second factor', secondFactor !== undefined],
  ] as const;
  return said.flatMap(([name, what, isSaid]) =>
    isSaid ? [{ path: `${path}.${name}`, message: `a command has no ${what}` }] : [],
  );
}

/** What an attempt says in this world that cannot be; `path` is its place. */
export function contradictionsInAttempt(attempt: Attempt, path: string, world: World): InputProblem[] {
  const { lock, method, stepUp, secondFactor } = attempt;
  const isCommand = method === 'command';
  return [
    ...inFactor(attempt, { path, lock, world }),
    ...(stepUp && !isCommand
      ? [{ path: `${path}.stepUp`, message: `only a command is stepped up, this is shown by ${method}` }]
      : []),
    ...(isCommand ? inCommand(attempt, path) : []),
    ...(secondFactor ? inFactor(secondFactor, { path: `${path}.secondFactor`, lock, world }) : []),
  ];
}
