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

/** What a world says that cannot be: no installation could have saved it, and no door could know it. */
export function contradictionsInWorld(world: World): InputProblem[] {
  return [
    ...world.holidays.flatMap((holiday, place) => inHoliday(holiday, `holidays[${place}]`)),
    ...world.profiles.flatMap((profile, place) => inProfile(profile, `profiles[${place}]`)),
    ...world.locks.flatMap((lock, place) => inCounters(lock, `locks[${place}]`, world)),
    ...world.credentials.flatMap((credential, place) => inCredential(credential, `credentials[${place}]`)),
  ];
}

type Factor = Pick<Attempt, 'method' | 'counter' | 'qr'>;

/** A QR of which nothing is said: an issuer is filled in, and that it moves. */
function isToldOf({ issuer, isStatic, ...others }: Attempt['qr']): boolean {
  return issuer !== 'entity' || isStatic || Object.values(others).some((value) => value !== undefined);
}

function inFactor({ method, counter, qr }: Factor, path: string): InputProblem[] {
  const isQr = method === 'qr' || method === 'pass';
  return [
    ...(counter !== undefined && method !== 'button'
      ? [{ path: `${path}.counter`, message: `only a button has a counter, this is shown by ${method}` }]
      : []),
    ...(isToldOf(qr) && !isQr
      ? [{ path: `${path}.qr`, message: `only a QR or a pass has this, this is shown by ${method}` }]
      : []),
  ];
}

/** What an attempt says that cannot be; `path` is its place. */
export function contradictionsInAttempt(attempt: Attempt, path: string): InputProblem[] {
  const { method, stepUp, secondFactor } = attempt;
  const isCommand = method === 'command';
  return [
    ...inFactor(attempt, path),
    ...(stepUp && !isCommand
      ? [{ path: `${path}.stepUp`, message: `only a command is stepped up, this is shown by ${method}` }]
      : []),
    ...(secondFactor && isCommand
      ? [{ path: `${path}.secondFactor`, message: 'a command has no second factor' }]
      : []),
    ...(secondFactor ? inFactor(secondFactor, `${path}.secondFactor`) : []),
  ];
}
