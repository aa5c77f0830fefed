import type { KeyFact } from '@claviger/authority';
import type { Attempt as OracleAttempt, World } from '@claviger/protocol';
import type { Path } from '../../oracle/memory.ts';
import type { Attempt } from '../people/attempt.ts';
import type { Holding, Token } from '../street/facts.ts';
import { possiblePath, tagOf, type Remembered } from './memory-book.ts';
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

/** What was tried: at a reader, on the page of a Key, or by a manager. */
export type Tried =
  | { readonly kind: 'reader'; readonly attempt: Attempt }
  | { readonly kind: 'page'; readonly keyId: string; readonly path: string }
  | { readonly kind: 'command' };

type Key = World['keys'][number];

const written = (at: number): string => new Date(at).toISOString();
const maybeWritten = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : written(at);

function keyInWords(fact: KeyFact, { lockId, isInDoubt }: Question): Key {
  const { emergency, firstPerson, holidayExempt, secondFactor, isHolderDeactivated, ...key } = fact;
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
      state:
        isInDoubt && lock === lockId && key.maxUses !== undefined && state === 'active' ? 'suspended' : state,
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

function lockInWords(question: Question, key: string | undefined): World['locks'][number] {
  const { lockId, listing, memory, path, canRecord, confirmedAt, tried, at } = question;
  const rule = listing?.facts.locks.get(lockId)?.rule;
  const tag = key === undefined ? '' : tagOf(key);
  const spent = memory.uses.get(tag);
  const last = memory.lastGrants.get(tag);
  const steps = [...memory.shownSteps].filter((name) => name.startsWith(`${tag} `));
  const pathName = tried.kind === 'page' ? tried.path : tried.kind === 'reader' ? tried.attempt.reader : '';
  return {
    ...{ lockdown: false, evacuation: false, minimumAssurance: 'low', secondFactor: false, staticQr: false },
    ...{ firstPersonIn: false, whenUnrecorded: 'deny', ...rule, id: lockId },
    status: rule?.status ?? (tried.kind === 'command' ? 'active' : 'unclaimed'),
    capabilities: [...(rule?.capabilities ?? [])],
    schedule: rule?.schedule && {
      holidayExempt: rule.schedule.holidayExempt,
      intervals: [...rule.schedule.intervals],
    },
    doorModes: [],
    floors: [],
    list: {
      signedAt: maybeWritten(listing?.record.signedAt),
      confirmedAt: maybeWritten(confirmedAt),
      offsetsUntil: undefined,
      issuers: ['entity'],
    },
    state: {
      uses: key === undefined || spent === undefined ? [] : [{ key, spent }],
      paths: path ? [pathInWords(path, pathName, at)] : [],
      lastGrants: key === undefined || !last ? [] : [{ key, side: last.side, at: written(last.at) }],
      firstPersonAt: maybeWritten(memory.firstPersonAt),
      closedAt: undefined,
      commandOpenedAt: maybeWritten(
        isPossible(memory.commandOpenedAt, at + 3_000) ? memory.commandOpenedAt : undefined,
      ),
      shownSteps:
        key === undefined
          ? []
          : steps.map((name) => ({ key, at: written(Number(name.split(' ')[1]) * 30_000) })),
      buttonCounters: [],
      canRecord,
    },
  };
}

/** The Key as the list knows it, else as the person has it. */
function holdingOf({ listing, tried }: Question): Holding | undefined {
  const id =
    tried.kind === 'page' ? tried.keyId : tried.kind === 'reader' ? tried.attempt.holding?.key.id : undefined;
  return id === undefined ? undefined : listing?.facts.holdings.get(id);
}

const credentialId = ({ kind }: Pick<Token, 'kind'>): string => `credential ${kind}`;

/** The world as this lock's list tells it, as far as it concerns the one who tries. */
export function worldOf(question: Question): World {
  const { zone, lockId, listing, tried } = question;
  const holding = holdingOf(question);
  const isHere = holding?.key.bindings.some(({ lock }) => lock === lockId) === true;
  const known = isHere ? holding : undefined;
  const tokens = known?.tokens ?? [];
  const named =
    tried.kind === 'page' ? tried.keyId : tried.kind === 'reader' ? tried.attempt.holding?.key.id : undefined;
  return {
    zone,
    holidays: (listing?.facts.holidays ?? []).map((holiday) => ({ ...holiday })),
    profiles: [],
    accessGroups: [],
    locks: [lockInWords(question, named)],
    users: [{ id: 'deactivated', deactivated: true }],
    chips: [],
    keys: known ? [keyInWords(known.key, question)] : [],
    credentials: tokens.map(({ kind, state }) => ({
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

/** The attempt in people's terms. */
export function attemptOf(question: Question): OracleAttempt {
  const { lockId, at, uncertaintyMs, tried, listing } = question;
  const known = holdingOf(question);
  const rest = {
    lock: lockId,
    at: written(at),
    uncertaintyS: uncertaintyMs / 1000,
    side: 'entry',
    stepUp: false,
  } as const;
  const qr = pictureInWords(question);
  if (tried.kind === 'command')
    return { ...rest, method: 'command', malformed: false, signature: 'good', qr };
  const isHere = known?.key.bindings.some(({ lock }) => lock === lockId) === true;
  if (tried.kind === 'page') {
    const hasLink = isHere && known.tokens.some(({ kind }) => kind === 'link');
    const credential = hasLink ? credentialId({ kind: 'link' }) : undefined;
    return { ...rest, method: 'link', path: tried.path, credential, malformed: false, signature: 'good', qr };
  }
  const { attempt } = tried;
  const isTold = listing !== undefined && isHere && attempt.token !== undefined;
  const isOfThisOwner =
    attempt.token !== undefined &&
    known?.tokens.some(({ kind, secret }) => kind === attempt.token?.kind && secret === attempt.token.secret);
  return {
    ...rest,
    method: methodOf[attempt.reader],
    path: attempt.reader,
    credential: isTold && isOfThisOwner ? credentialId({ kind: attempt.token.kind }) : undefined,
    malformed: attempt.isMalformed ?? false,
    signature: attempt.isForged === 'bad' ? 'bad' : 'good',
    qr,
  };
}
