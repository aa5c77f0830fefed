import {
  activityTypes,
  commandStages,
  credentialMethods,
  detailNumbers,
  detailOf,
  doorStates,
  keyTypes,
  lockStatuses,
  models,
  type NumberedDetail,
  plainDetails,
  reasons,
} from '@claviger/domain';
import { auditOperations, errorStatuses, keyStatuses, Refusal, Unreachable } from '@claviger/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { locales, overwriteGetLocale } from '../../generated/messages/runtime.js';
import { createFormat } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import { type Hearing, ladderOf } from '../opening/ladder.ts';
import { sentenceOf } from '../opening/ladder-text.ts';
import { activityNames, activityPhrases, activitySentence, gatheredRefusals } from './activity-text.ts';
import { operationName } from './audit-text.ts';
import { checkWords } from './check-text.ts';
import { detailText } from './detail-text.ts';
import { errorWords, textOf } from './error-text.ts';
import { enforcementText, keyStatusNames, keyTypeNames, usesText, usesTextAt } from './key-text.ts';
import { methodWords } from './method-text.ts';
import { modelWords } from './model-text.ts';
import { attemptReasonText, reasonText } from './reason-text.ts';
import { doorBehindText } from './why-text.ts';
import {
  connectionText,
  doorStateNames,
  doorText,
  lockLine,
  obstacleText,
  statusNames,
} from './state-text.ts';

const at = Date.parse('2026-11-22T07:14:00Z');
const format = createFormat('en-GB', 'Europe/Berlin');
const heard = { isHeard: true, unlockForMs: 5_000, now: at + 1_000 };
const unheard = { ...heard, isHeard: false };
const event = { type: 'lock_unlocked', lockName: 'Main entrance' } as const;

afterEach(() => {
  overwriteGetLocale(() => 'en');
});

describe.each(locales)('in %s', (locale) => {
  const speak = <Told>(say: () => Told): Told => {
    overwriteGetLocale(() => locale);
    return say();
  };

  it.each(activityTypes)('the event %s is a sentence that names the door', (type) => {
    const told = speak(() =>
      activitySentence({ ...event, type, person: 'Amina', reason: 'holiday' }, format),
    );
    expect(told).toContain('Main entrance');
  });

  it.each(activityTypes)('the event %s is the same sentence in pieces, its names among them', (type) => {
    const told = { ...event, type, person: 'Amina', method: 'pin', reason: 'holiday' } as const;
    const pieces = speak(() => activityPhrases(told, format));
    expect(pieces.map(({ text }) => text).join('')).toBe(speak(() => activitySentence(told, format)));
    expect(pieces).toContainEqual({ kind: 'lock', text: 'Main entrance' });
  });

  it('every operation of the Audit has a name of its own', () => {
    const names = speak(() => auditOperations.map(operationName));
    expect(new Set(names).size).toBe(auditOperations.length);
    for (const operation of auditOperations) expect(names).not.toContain(operation);
    expect(speak(() => operationName('older.operation'))).toBe('older.operation');
  });

  it.each(plainDetails)('that a door added %s is told in words', (code) => {
    const told = speak(() => detailText(code, format));
    expect(told).not.toContain(code);
    expect(speak(() => detailText(`${code} ×3`, format))).toBe(`${told} ×3`);
    expect(locale === 'zh' && /[a-z]/.test(told)).toBe(false);
  });

  it.each(Object.keys(detailNumbers) as NumberedDetail[])('the numbers of %s are told in words', (code) => {
    const numbers = Array.from({ length: detailNumbers[code] }, (_, place) => 7 + place);
    const told = speak(() => detailText(detailOf(code, ...numbers), format));
    expect(told).not.toContain(`${code} 7`);
    expect(told).toContain('7');
  });

  it.each([
    ['events', activityTypes.length, () => Object.values(activityNames).map((name) => name())],
    ['reasons', reasons.length, () => reasons.map((reason) => reasonText(reason))],
    ['checks', reasons.length - 2, () => Object.values(checkWords).map((name) => name())],
    ['methods', credentialMethods.length, () => Object.values(methodWords).map((name) => name())],
    ['types of Keys', keyTypes.length, () => Object.values(keyTypeNames).map((name) => name())],
    ['statuses of Keys', keyStatuses.length, () => Object.values(keyStatusNames).map((name) => name())],
    ['statuses', lockStatuses.length, () => Object.values(statusNames).map((name) => name())],
    ['door states', doorStates.length, () => Object.values(doorStateNames).map((name) => name())],
    ['models', models.length, () => models.map(({ code }) => modelWords[code]?.() ?? '')],
    ['refusals', Object.keys(errorStatuses).length, () => Object.values(errorWords).map(([says]) => says())],
  ] as const)('%s can be told from each other', (_what, count, namesOf) => {
    overwriteGetLocale(() => locale);
    const names = namesOf();
    expect(names.every((name) => name.length > 0)).toBe(true);
    expect(names).toHaveLength(count);
    expect(new Set(names).size).toBe(count);
  });

  it('the start of a Matter QR text is not read together with a full stop', () => {
    expect(speak(m.problem_code)).toMatch(/MT:(?![.,;。，；])/);
  });

  it.each(commandStages)('an opening at %s is told in a sentence', (stage) => {
    const view = ladderOf({ stage, stages: [{ stage, at: 1 }] });
    const told = [heard, unheard].map((hearing) => speak(() => sentenceOf(view, hearing, format)));
    for (const sentence of told) expect(sentence).toMatch(/[.。]$/);
  });

  it.each(['sent', 'accepted', 'unlocked', 'opened'] as const)(
    'an opening that was last %s is told with its time when the door is not heard',
    (stage) => {
      const view = ladderOf({ stage, stages: [{ stage, at }] });
      const told = (hearing: Hearing) => speak(() => sentenceOf(view, hearing, format));
      expect(told(unheard)).toContain(format.clock(at));
      expect(told(heard)).not.toContain(format.clock(at));
    },
  );
});

describe('people read', () => {
  it('who opened what from where', () => {
    expect(
      activitySentence({ ...event, type: 'door_opened', person: 'Amina', method: 'command' }, format),
    ).toBe('Main entrance was opened; Amina had unlocked it from the Portal');
    expect(activitySentence({ ...event, type: 'door_opened', method: 'exit' }, format)).toBe(
      'Main entrance was opened from inside',
    );
    expect(activitySentence({ ...event, person: 'Amina' }, format)).toBe(
      'Amina unlocked Main entrance from the Portal',
    );
    expect(activityPhrases({ ...event, person: 'Amina' }, format)[0]).toEqual({
      kind: 'person',
      text: 'Amina',
    });
  });

  it('why something was refused, where the door said so', () => {
    const refused = { ...event, type: 'key_refused' } as const;
    expect(activitySentence({ ...refused, reason: 'holiday' }, format)).toBe(
      'Main entrance refused a key: it is a holiday',
    );
    expect(activitySentence(refused, format)).toBe('Main entrance refused a key');
    const suspended = { ...refused, reason: 'holder_suspended' } as const;
    expect(activitySentence(suspended, format)).toBe('Main entrance refused a key: it is suspended');
    expect(activitySentence({ ...suspended, detail: 'suspended_holder' }, format)).toBe(
      'Main entrance refused a key: its holder is suspended',
    );
    expect(activitySentence({ ...suspended, detail: 'suspended_credential' }, format)).toContain(
      'card numbers',
    );
  });

  it('whose key it was and how it was shown', () => {
    const told = { ...event, person: 'Amina', method: 'pin' } as const;
    expect(activitySentence({ ...told, type: 'key_accepted' }, format)).toBe(
      'Main entrance accepted Amina’s key (PIN)',
    );
    expect(activitySentence({ ...told, type: 'key_refused', method: 'qr', reason: 'replayed' }, format)).toBe(
      'Main entrance refused Amina’s key (QR code): it was shown before or is out of date',
    );
    expect(activitySentence({ ...event, type: 'key_refused', method: 'card' }, format)).toBe(
      'Main entrance refused a key (card)',
    );
    expect(activitySentence(told, format)).toBe('Amina unlocked Main entrance (PIN)');
    expect(activitySentence({ ...told, method: 'link' }, format)).toBe('Amina unlocked Main entrance (link)');
    expect(activitySentence({ ...told, type: 'door_opened', method: 'link' }, format)).toBe(
      'Main entrance was opened; Amina had unlocked it (link)',
    );
    expect(activitySentence({ ...told, type: 'key_accepted', second: 'card' }, format)).toBe(
      'Main entrance accepted Amina’s key (PIN and card)',
    );
    expect(activitySentence({ ...told, type: 'key_accepted', method: 'qr', isStatic: true }, format)).toBe(
      'Main entrance accepted Amina’s key (static picture)',
    );
    expect(activitySentence({ ...told, type: 'key_accepted', method: 'command' }, format)).toBe(
      'Main entrance accepted Amina’s command from the Portal',
    );
  });

  it('how many were refused at a reader, and never as a pause of it', () => {
    const refusals = { ...event, type: 'refusals_gathered' } as const;
    const [from, until] = [at, at + 59_000];
    const counted = { ...refusals, detail: detailOf('refused_from', 470, from, until) };
    expect(activitySentence(counted, format)).toBe('Main entrance refused further tries at one reader: 470');
    expect(gatheredRefusals(counted)).toEqual({ count: 470, isAtLeast: false, from, until });
    const many = { ...refusals, detail: detailOf('refused_from', 12_470, from, until) };
    expect(activitySentence(many, format)).toMatch(/: 12,470$/);
    const inGerman = createFormat('de', 'Europe/Berlin');
    expect(activityPhrases(many, inGerman).at(-1)?.text).toMatch(/: 12\.470$/);
    const cutOff = { ...refusals, detail: detailOf('refused_at_least', 1, from, from) };
    expect(activitySentence(cutOff, format)).toBe('Main entrance refused further tries at one reader: ≥ 1');
    expect(activitySentence({ ...refusals, detail: 'keys 3' }, format)).toBe(
      'Main entrance refused further tries at one reader: ?',
    );
    expect(detailText(counted.detail, format)).toBe('further refusals, of any reason: 470');
    expect(detailText(cutOff.detail, format)).toMatch(/: ≥ 1; the door started again meanwhile$/);
    const before = {
      ...event,
      type: 'key_refused',
      reason: 'throttled',
      detail: 'refused_more 470',
    } as const;
    expect(activitySentence(before, format)).toContain('Main entrance refused a key: ');
    expect(gatheredRefusals(before)).toBeUndefined();
  });

  it('what a door added to an event in its own words', () => {
    expect(detailText('0.1.0', format)).toBe('0.1.0');
    expect(detailText('keys 1200', format)).toBe('keys on the list: 1,200');
    expect(detailText(`given_up 3 ${at}`, format)).toBe('events given up: 3, until 22 Nov 2026, 08:14:00');
  });

  it('that no answer is something else than a refusal, and that an unknown fault is the server’s', () => {
    expect(textOf(new Unreachable('x')).says).toBe('The server does not answer');
    expect(textOf(new Refusal('lock_offline')).says).toBe('The lock is offline');
    expect(textOf(new TypeError('x')).says).toBe('Something went wrong on the server');
  });
});

describe('a lock in one line', () => {
  const clock = { format, now: at + 60_000 };
  const answered = { clock, silentSince: undefined };
  const door = { state: 'secured', isTampered: false, since: at } as const;

  it.each([
    ['what its door reported', { status: 'active', isOnline: true, door }, 'Secured, 08:14'],
    [
      'since when it is away',
      { status: 'active', isOnline: false, offlineSince: at, door },
      'Offline since 08:14',
    ],
    ['that it is away', { status: 'active', isOnline: false, door }, 'Offline'],
    ['its status while it is not active', { status: 'claiming', isOnline: true, door }, 'Claiming'],
  ] as const)('tells %s', (_what, lock, line) => {
    expect(lockLine(lock, answered)).toBe(line);
  });

  it('tells what was last known, in the same words as the dialog, while the server is silent', () => {
    const lock = { status: 'active', isOnline: true, door } as const;
    const silent = { clock, silentSince: at };
    expect(lockLine(lock, silent)).toBe('Last known: Secured, 08:14');
    expect(doorText(lock, silent)).toBe('Last known: Secured, 08:14');
    expect(doorText({ ...lock, isOnline: false }, answered)).toBe('Last known: Secured, 08:14');
    expect(connectionText(lock, silent)).toBe('Unknown just now');
  });

  it('tells of a door that never reported no more than that', () => {
    const unknown = { state: 'unknown', isTampered: false } as const;
    expect(doorText({ isOnline: false, door: unknown }, answered)).toBe('Not heard from yet');
  });

  it('tells why it cannot be opened', () => {
    expect(obstacleText({ kind: 'offline', since: at - 86_400_000 }, clock)).toBe(
      'The lock is offline since 21 Nov, 08:14. Check its network and power.',
    );
    expect(obstacleText({ kind: 'server_silent', since: at }, clock)).toContain(
      'the server has not answered since 08:14',
    );
    expect(obstacleText({ kind: 'cooldown', leftMs: 1_200 }, clock)).toBe('Can be opened again in 2 s.');
    expect(obstacleText({ kind: 'not_active', status: 'inactive' }, clock)).toContain('Inactive');
  });
});

describe('a Key at a door', () => {
  const since = Date.parse('2026-11-22T07:14:00Z');
  const clock = { format: createFormat('en-GB', 'Europe/Berlin'), now: since + 60_000 };

  it('is confirmed, on its way, or waits for a door that is away', () => {
    const told = (enforcement: Parameters<typeof enforcementText>[0]['enforcement']) =>
      enforcementText({ state: 'active', enforcement }, clock);
    expect(told({ state: 'enforced', since })).toEqual({
      name: 'Enforced',
      sentence: 'The door has confirmed it, 08:14',
    });
    expect(told({ state: 'pending', since, cause: 'sending' }).sentence).toBe(
      'On its way to the door since 08:14.',
    );
    expect(told({ state: 'offline', since }).name).toBe('Offline since 08:14');
  });

  it('may still open where it was taken away and the door does not know it', () => {
    const revoked = { state: 'revoked', enforcement: { state: 'offline', since } } as const;
    expect(enforcementText(revoked, clock).sentence).toContain('Until then it may still open');
    const known = { state: 'revoked', enforcement: { state: 'enforced', since } } as const;
    expect(enforcementText(known, clock).sentence).not.toContain('may still open');
  });

  it('is told of beside a verdict where its door does not know what is asked for, or is away', () => {
    const told = (door: Parameters<typeof doorBehindText>[0]) => doorBehindText(door, clock);
    const offline = { state: 'offline', since } as const;
    const behind = 'The door does not know the newest change yet';

    expect(told({ state: 'active', enforcement: { state: 'enforced', since } })).toBeUndefined();
    expect(told({ state: 'active', enforcement: offline, offlineSince: since })).toMatchObject({
      title: `${behind}, offline since 08:14`,
      isAway: true,
    });
    expect(told({ state: 'revoked', enforcement: offline })?.sentences[0]).toContain('may still open');
    expect(
      told({ state: 'active', enforcement: { state: 'pending', since, cause: 'sending' } }),
    ).toMatchObject({ title: `${behind}, waiting since 08:14`, isAway: false });
    expect(
      told({ state: 'active', enforcement: { state: 'enforced', since: 0 }, offlineSince: since })?.title,
    ).toBe('Offline since 08:14');
    expect(told({ state: 'suspended', enforcement: { state: 'enforced', since } })?.title).toBe(
      'At this lock the key is suspended.',
    );
    expect(told({ state: 'suspended', enforcement: offline })?.sentences.at(-1)).toBe(
      'At this lock the key is suspended.',
    );
    const doubt = { state: 'pending', since, cause: 'counters_in_doubt' } as const;
    expect(told({ state: 'active', enforcement: doubt, offlineSince: since })).toMatchObject({
      title: 'The door holds this key back just now',
      sentences: [expect.stringContaining('not sure of its counters'), 'Offline since 08:14.'],
    });
    for (const [cause, words] of [
      ['record_damaged', 'record of this key was damaged, and the server gives the counter back by itself'],
      ['counter_unknown', 'Give another key in its place'],
    ] as const) {
      const damaged = { state: 'pending', since, cause } as const;
      expect(told({ state: 'active', enforcement: damaged })).toMatchObject({
        title: 'The door holds this key back just now',
        sentences: [expect.stringContaining(words)],
      });
    }
  });

  it('says of an end that may be past by an uncertain clock no more than that', () => {
    const refused = { type: 'key_refused', lockName: 'Hall', reason: 'expired' } as const;

    expect(activitySentence({ ...refused, uncertaintyMs: 300_000 }, format)).toContain('it has expired');
    expect(activitySentence({ ...refused, uncertaintyMs: 300_001 }, format)).toContain('it may have expired');
    expect(attemptReasonText('expired', { uncertaintyMs: 300_001 })).toContain('it may have expired');
    expect(attemptReasonText('expired', { uncertaintyMs: 300_000 })).toBe('it has expired');
  });

  it('has uses spent and left', () => {
    expect(usesText(2, 5, clock)).toBe('2 of 5 spent, 3 left');
    expect(usesText(5, 3, clock)).toBe('5 of 3 spent, 0 left');
    expect(usesText(2, undefined, clock)).toBe('2 spent, no maximum');
    const at = (cause: 'counter_unknown' | 'record_damaged', isOver = false): string =>
      usesTextAt(
        { usesSpent: 2, enforcement: { state: 'pending', since: 0, cause } },
        { maxUses: 5, isOver },
        clock,
      );
    expect(at('record_damaged')).toBe('2 of 5 spent, 3 left');
    expect(at('counter_unknown')).toBe('At least 2 of 5 spent');
    expect(at('counter_unknown', true)).toBe('At least 2 of 5 spent');
  });

  it('has none left once it opens no more', () => {
    const enforced = { usesSpent: 2, enforcement: { state: 'enforced', since: 0 } } as const;

    expect(usesTextAt(enforced, { maxUses: 5, isOver: false }, clock)).toBe('2 of 5 spent, 3 left');
    expect(usesTextAt(enforced, { maxUses: 5, isOver: true }, clock)).toBe('2 of 5 spent');
    expect(usesTextAt(enforced, { maxUses: undefined, isOver: true }, clock)).toBe('2 spent');
  });
});
