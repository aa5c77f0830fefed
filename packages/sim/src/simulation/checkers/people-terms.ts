import type { KeyFact, LockFact } from '@claviger/authority';
import type { Attempt as OracleAttempt, World } from '@claviger/protocol';
import type { Path } from '../../oracle/memory.ts';
import type { Holding, Token } from '../street/facts.ts';
import { possiblePath, tagOf, type Remembered } from './history/memory-book.ts';
import { keyOf, pathOf, type Tried } from './tried.ts';
import type { Listing } from './versions.ts';

/** One attempt as it is put to the oracle. */
export interface Question {
  readonly zone: string;
  readonly lockId: string;
  readonly listing: Listing | undefined;
  readonly memory: Remembered;
  readonly path: Path | undefined;
  readonly canRecord: boolean;
  readonly isInDoubt: boolean;
  readonly confirmedAt: number | undefined;
  readonly at: number;
  readonly uncertaintyMs: number;
  readonly tried: Tried;
}

type Key = World['keys'][number];

const written = (at: number): string => new Date(at).toISOString();
const maybeWritten = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : written(at);

function keyInWords(fact: KeyFact, { lockId, isInDoubt, memory }: Question): Key {
  const { emergency, firstPerson, holidayExempt, secondFactor, isHolderDeactivated, ...key } = fact;
  const isSuspended = (isInDoubt || memory.doubtful.has(tagOf(fact.id))) && fact.maxUses !== undefined;
  return {
    ...key,
    ...{ emergency, firstPerson, holidayExempt, secondFactor },
    user: isHolderDeactivated ? 'deactivated' : key.user,
    from: maybeWritten(key.from),
    until: maybeWritten(key.until),
    repeat: key.repeat && { ...key.repeat, weekdays: key.repeat.weekdays && [...key.repeat.weekdays] },
    floors: [...key.floors],
    bindings: key.bindings.map(({ lock, state }) => ({
      lock,
      state: isSuspended && lock === lockId && state === 'active' ? 'suspended' : state,
    })),
  };
}

/** What a clock that was set back has left in the future counts as over (decision record 0015). */
function isPossible(then: number | undefined, latest: number): boolean {
  return then !== undefined && then <= latest;
}

function pathInWords(remembered: Path, path: string, at: number) {
  const { wrongTries, forgivenAt, pausedUntil } = possiblePath(remembered, at);
  return {
    ...{ path, wrongTries, forgivenAt: written(forgivenAt) },
    pausedUntil: pausedUntil < 0 ? undefined : written(pausedUntil),
  };
}

/** What the door remembers of the Key that is tried, of the path, and of the lock. */
function stateInWords({ memory, path, canRecord, at, tried }: Question): World['locks'][number]['state'] {
  const key = keyOf(tried);
  const { firstPersonAt, commandOpenedAt } = memory;
  const ofLock = {
    paths: path ? [pathInWords(path, pathOf(tried), at)] : [],
    firstPersonAt: maybeWritten(firstPersonAt),
    closedAt: undefined,
    commandOpenedAt: isPossible(commandOpenedAt, at + 3_000) ? maybeWritten(commandOpenedAt) : undefined,
    buttonCounters: [],
    canRecord,
  };
  if (key === undefined) return { ...ofLock, uses: [], lastGrants: [], shownSteps: [] };
  const tag = tagOf(key);
  const last = memory.lastGrants.get(tag);
  const steps = [...memory.shownSteps].filter((name) => name.startsWith(`${tag} `));
  return {
    ...ofLock,
    uses: [{ key, spent: memory.uses.get(tag) ?? 0 }],
    lastGrants: last ? [{ key, side: last.side, at: written(last.at) }] : [],
    shownSteps: steps.map((name) => ({ key, at: written(Number(name.split(' ')[1]) * 30_000) })),
  };
}

/** A lock without a list, as a door takes it: nobody is known, and a manager can open. */
const bareLock: Omit<LockFact, 'id' | 'status'> = {
  ...{ lockdown: false, evacuation: false, secondFactor: false, staticQr: false, firstPersonIn: false },
  ...{ capabilities: [], doorModes: [], floors: [], schedule: undefined },
  minimumAssurance: 'low',
  whenUnrecorded: 'deny',
};

function lockInWords(question: Question): World['locks'][number] {
  const { lockId, listing, confirmedAt, tried } = question;
  const rule = listing?.facts.locks.get(lockId)?.rule ?? {
    ...bareLock,
    status: tried.kind === 'command' ? ('active' as const) : ('unclaimed' as const),
  };
  const { schedule } = rule;
  return {
    ...rule,
    id: lockId,
    capabilities: [...rule.capabilities],
    schedule: schedule && { ...schedule, intervals: [...schedule.intervals] },
    doorModes: [],
    floors: [],
    list: {
      signedAt: maybeWritten(listing?.record.signedAt),
      confirmedAt: maybeWritten(confirmedAt),
      offsetsUntil: undefined,
      issuers: ['entity'],
    },
    state: stateInWords(question),
  };
}

/** The Key as the list knows it, if it has to do with this lock. */
function holdingOf({ listing, tried, lockId }: Question): Holding | undefined {
  const id = keyOf(tried);
  const holding = id === undefined ? undefined : listing?.facts.holdings.get(id);
  return holding?.key.bindings.some(({ lock }) => lock === lockId) === true ? holding : undefined;
}

const credentialId = ({ kind }: Pick<Token, 'kind'>): string => `credential ${kind}`;

/** The world as this lock's list tells it, as far as it concerns the one who tries. */
export function worldOf(question: Question): World {
  const { zone, listing } = question;
  const known = holdingOf(question);
  return {
    zone,
    holidays: (listing?.facts.holidays ?? []).map((holiday) => ({ ...holiday })),
    profiles: [],
    accessGroups: [],
    locks: [lockInWords(question)],
    users: [{ id: 'deactivated', deactivated: true }],
    chips: [],
    keys: known ? [keyInWords(known.key, question)] : [],
    credentials: (known?.tokens ?? []).map(({ kind, state }) => ({
      ...{ id: credentialId({ kind }), key: known?.key.id ?? '', kind, state, duress: false },
      card: kind === 'card' ? ('number' as const) : undefined,
      lock: undefined,
    })),
  };
}

type OracleQr = OracleAttempt['qr'];

function pictureInWords({ tried, listing, lockId }: Question): OracleQr {
  const plain: OracleQr = { issuer: 'entity', isStatic: false };
  if (tried.kind !== 'reader' || !tried.attempt.picture) return plain;
  const { picture, isForged } = tried.attempt;
  const { content = {}, locks = [], at, key, entity } = picture;
  const isKnownIssuer = listing?.facts.locks.get(lockId)?.entity === entity && isForged !== 'unknown_issuer';
  return {
    issuer: isKnownIssuer ? 'entity' : 'a stranger',
    issue: content.issue,
    signedAt: maybeWritten(content.signedAt),
    locks: locks.length === 0 ? undefined : [...locks],
    shownAt: written(at),
    isStatic: content.isStatic ?? false,
    key,
    type: content.keyType,
    rule: content.rule && {
      from: maybeWritten(content.rule.from),
      until: maybeWritten(content.rule.until),
      window: undefined,
    },
  };
}

const methodOf = { keypad: 'pin', card_reader: 'card', qr_reader: 'qr' } as const;

/** The credential that is shown, if the list knows it. */
function shownCredential(question: Question): string | undefined {
  const { tried } = question;
  const tokens = holdingOf(question)?.tokens ?? [];
  if (tried.kind === 'command') return undefined;
  const { kind, secret } = tried.kind === 'page' ? { kind: 'link', secret: '' } : (tried.attempt.token ?? {});
  const token = tokens.find((known) => known.kind === kind && known.secret === secret);
  return token && credentialId(token);
}

/** The attempt in people's terms. */
export function attemptOf(question: Question): OracleAttempt {
  const { lockId, at, uncertaintyMs, tried } = question;
  const attempt = tried.kind === 'reader' ? tried.attempt : undefined;
  return {
    ...{ lock: lockId, at: written(at), uncertaintyS: uncertaintyMs / 1000, side: 'entry', stepUp: false },
    method: attempt ? methodOf[attempt.reader] : tried.kind === 'page' ? 'link' : 'command',
    path: tried.kind === 'command' ? undefined : pathOf(tried),
    credential: shownCredential(question),
    malformed: attempt?.isMalformed ?? false,
    signature: attempt?.isForged === 'bad' ? 'bad' : 'good',
    qr: pictureInWords(question),
  };
}
