import { describe, expect, it } from 'vitest';
import type { AccessList, CredentialRule, KeyRule } from './access-list.ts';
import type { CredentialAttempt, Presentation } from './attempt.ts';
import { decide, explainDecision } from './decide.ts';
import { emptyMemory, remember, withStep } from './door-memory.ts';
import { indexAccessList } from './indexed-list.ts';
import { everyWeekday, wholeDay } from '../time/window.ts';

const now = Date.UTC(2026, 10, 25, 12);

function keyRule(more: Partial<KeyRule> = {}): KeyRule {
  return {
    id: 'key',
    type: 'staff',
    state: 'active',
    issue: 1,
    isHolderDeactivated: false,
    binding: { state: 'active' },
    hasMobile: false,
    hasIntercom: false,
    floors: [],
    isEmergency: false,
    isFirstPerson: false,
    isHolidayExempt: false,
    needsSecondFactor: false,
    ...more,
  };
}

function credentialRule(more: Partial<CredentialRule> = {}): CredentialRule {
  return {
    lookup: 'pin',
    key: 'key',
    kind: 'pin',
    assurance: 'low',
    state: 'active',
    isDuress: false,
    ...more,
  };
}

function listWith(more: Partial<AccessList> = {}): AccessList {
  return {
    format: 2,
    device: 'device',
    ownershipEpoch: 1,
    incarnation: 1,
    version: 1,
    signedAt: now,
    zone: { from: 0, until: now * 2, offsets: [{ from: 0, offsetS: 3600 }] },
    lock: {
      id: 'front',
      isInactive: false,
      capabilities: ['keypad', 'qr_reader', 'remote_receiver'],
      isInLockdown: false,
      isEvacuating: false,
      minimumAssurance: 'low',
      needsSecondFactor: false,
      takesStaticQr: false,
      doorModes: [],
      floors: [],
      hasFirstPersonIn: false,
      whenUnrecorded: 'deny',
    },
    holidays: [],
    profiles: [],
    accessGroups: [],
    keys: [keyRule()],
    credentials: [credentialRule(), credentialRule({ lookup: 'button', kind: 'button' })],
    issuers: [],
    ...more,
  };
}

function attemptWith(first: Partial<Presentation> = {}, more: Partial<CredentialAttempt> = {}) {
  const attempt: CredentialAttempt = {
    kind: 'credential',
    at: now,
    uncertaintyMs: 0,
    canRecord: true,
    side: 'entry',
    listConfirmedAt: now,
    first: {
      method: 'pin',
      path: 'keypad',
      isMalformed: false,
      verified: 'not_tested',
      lookup: 'pin',
      ...first,
    },
    ...more,
  };
  return attempt;
}

const decideIn = (list: AccessList, attempt = attemptWith(), memory = emptyMemory) =>
  decide(indexAccessList(list), memory, attempt);

describe('a grant at a side that nobody knows any more', () => {
  it('passes both sides back, for the set minutes', () => {
    const { lock } = listWith();
    const list = listWith({ lock: { ...lock, antiPassbackMinutes: 10 } });
    const memory = {
      ...emptyMemory,
      keys: new Map([['key', { spent: 0, lastGrant: { at: now }, shownSteps: [] }]]),
    };
    const reasonAt = (side: 'entry' | 'exit', at: number) =>
      decideIn(list, attemptWith({}, { side, at }), memory).reason;

    const last = now + 10 * 60_000 - 1;
    expect([reasonAt('entry', last), reasonAt('exit', last)]).toEqual(['passed_back', 'passed_back']);
    expect([reasonAt('entry', last + 1), reasonAt('exit', last + 1)]).toEqual(['granted', 'granted']);
  });
});

describe('what a decision leaves to remember', () => {
  it('is the Key’s record after a grant', () => {
    const { changes } = decideIn(listWith());

    const value = { spent: 1, lastGrant: { side: 'entry', at: now }, shownSteps: [] };
    expect(changes).toEqual([{ record: 'keys', name: 'key', value }]);
  });

  it('is the first person of the day, and what else the lock remembers stays', () => {
    const list = listWith({ keys: [keyRule({ isFirstPerson: true })] });

    const { changes } = decideIn(list, attemptWith(), { ...emptyMemory, lock: { closedAt: 7 } });

    expect(changes).toContainEqual({ record: 'lock', value: { closedAt: 7, firstPersonAt: now } });
  });

  it('is a button’s counter and a rotating QR’s step', () => {
    const pressed = decideIn(listWith(), attemptWith({ method: 'button', lookup: 'button', counter: 4 }));
    const qr = { key: 'key', type: 'staff', issue: 1, signedAt: now, step: now / 30_000 } as const;
    const shown = decideIn(
      listWith(),
      attemptWith({ method: 'qr', lookup: undefined, verified: 'good', qr }),
    );

    expect(pressed.changes).toContainEqual({ record: 'buttons', name: 'button', value: { counter: 4 } });
    expect(shown.changes).toMatchObject([{ record: 'keys', value: { shownSteps: [now / 30_000] } }]);
  });

  it('is a wrong try on its path, and nothing after any other denial', () => {
    const wrong = decideIn(listWith(), attemptWith({ lookup: 'other' }));
    const denied = decideIn(listWith({ keys: [keyRule({ state: 'pending' })] }));

    const value = { wrongTries: 1, forgivenAt: now };
    expect(wrong.changes).toEqual([{ record: 'paths', name: 'keypad', value }]);
    expect(denied.changes).toEqual([]);
  });

  it('is when a command opened', () => {
    const { changes } = decide(indexAccessList(listWith()), emptyMemory, {
      kind: 'command',
      at: now,
      uncertaintyMs: 0,
      canRecord: true,
      isMalformed: false,
      verified: 'good',
      hasStepUp: false,
    });

    expect(changes).toEqual([{ record: 'lock', value: { commandOpenedAt: now } }]);
  });

  it('makes a new memory and leaves the one before', () => {
    const { changes } = decideIn(listWith());

    const after = remember(emptyMemory, [
      ...changes,
      { record: 'paths', name: 'keypad', value: { wrongTries: 1, forgivenAt: now } },
      { record: 'buttons', name: 'button', value: { counter: 4 } },
      { record: 'lock', value: { closedAt: now } },
    ]);

    expect(after.keys.get('key')?.spent).toBe(1);
    expect([after.paths.size, after.buttons.size, after.lock]).toEqual([1, 1, { closedAt: now }]);
    expect([emptyMemory.keys.size, emptyMemory.paths.size, emptyMemory.lock]).toEqual([0, 0, {}]);
  });

  it('keeps a Key’s newest steps and forgets the oldest', () => {
    const steps = Array.from({ length: 64 }, (_, step) => step);

    expect(withStep(steps, 64)).toEqual([...steps.slice(1), 64]);
  });
});

describe('a broken invariant is an internal fault and opens nothing', () => {
  const fault = (list: AccessList, attempt = attemptWith()) => {
    const { decision, checks } = explainDecision(indexAccessList(list), emptyMemory, attempt);
    expect(decision).toMatchObject({ outcome: 'denied', reason: 'internal_fault', changes: [] });
    expect(checks).toEqual([]);
    return decision.fault;
  };

  it('where a Key names a profile or an access group that is not there', () => {
    expect(fault(listWith({ keys: [keyRule({ profile: 'gone' })] }))).toContain('not sound');
    expect(fault(listWith({ keys: [keyRule({ accessGroup: 'gone' })] }))).toContain('not sound');
  });

  it('where a Key, or a credential, is there twice', () => {
    expect(fault(listWith({ keys: [keyRule(), keyRule()] }))).toContain('not sound');
    expect(fault(listWith({ credentials: [credentialRule(), credentialRule()] }))).toContain('not sound');
  });

  it('where the list says a word that this door does not know', () => {
    const word = 'frozen' as never;

    expect(fault(listWith({ keys: [keyRule({ state: word })] }))).toContain('not sound');
    expect(fault(listWith({ keys: [keyRule({ binding: { state: word } })] }))).toContain('not sound');
    expect(fault(listWith({ credentials: [credentialRule({ state: word })] }))).toContain('not sound');
    const profiles = [{ id: 'p', kind: word, permissions: [] }];
    expect(fault(listWith({ profiles, keys: [keyRule({ profile: 'p' })] }))).toContain('not sound');
  });

  it('where there is no zone, or no time', () => {
    expect(fault(listWith({ zone: { from: 0, until: 9, offsets: [] } }))).toContain('zone offsets');
    expect(fault(listWith(), attemptWith({}, { at: NaN }))).toContain('without a time');
    expect(fault(listWith(), attemptWith({}, { uncertaintyMs: -1 }))).toContain('without a time');
  });

  it('where the memory cannot be read', () => {
    const keys = {
      get: () => {
        throw new Error('the disk is gone');
      },
    };

    const decision = decide(indexAccessList(listWith()), { ...emptyMemory, keys }, attemptWith());

    expect(decision).toMatchObject({ reason: 'internal_fault', fault: 'the disk is gone' });
  });
});

describe('what cannot be compared denies', () => {
  it('a count that is no number is exhausted', () => {
    const memory = { ...emptyMemory, keys: new Map([['key', { spent: NaN, shownSteps: [] }]]) };

    expect(decideIn(listWith({ keys: [keyRule({ maxUses: 5 })] }), attemptWith(), memory).reason).toBe(
      'uses_exhausted',
    );
  });

  it('an assurance that is no known word is too low', () => {
    const { lock } = listWith();

    const asked = decideIn(listWith({ lock: { ...lock, minimumAssurance: 'utmost' as never } }));
    const shown = decideIn(listWith({ credentials: [credentialRule({ assurance: 'utmost' as never })] }));

    expect([asked.reason, shown.reason]).toEqual(['assurance_too_low', 'assurance_too_low']);
  });

  it('P4 an Access Scheduler of profile Admin restricts nothing', () => {
    const profiles = [{ id: 'admin', kind: 'admin', permissions: [], scheduler: { weekdays: 0 } }] as const;
    const keys = [keyRule({ profile: 'admin' })];
    const own = profiles.map((profile) => ({ ...profile, kind: 'own' as const }));

    expect(decideIn(listWith({ profiles, keys })).reason).toBe('granted');
    expect(decideIn(listWith({ profiles: own, keys })).reason).toBe('outside_profile_schedule');
  });

  it('H8 a holiday whose last date is before its first covers nothing', () => {
    const keys = [keyRule({ repeat: { dates: {}, weekdays: everyWeekday, hours: wholeDay } })];
    const today = Math.floor(now / 86_400_000);
    const reasonIn = (first: number, last: number) =>
      decideIn(listWith({ keys, holidays: [{ first, last, isYearly: true }] })).reason;

    expect(reasonIn(today + 1, today - 1)).toBe('granted');
    expect(reasonIn(today - 1, today + 1)).toBe('holiday');
  });

  it('a pause whose end is no number does not end', () => {
    const paths = new Map([['keypad', { wrongTries: 6, forgivenAt: now, pausedUntil: NaN }]]);

    expect(decideIn(listWith(), attemptWith(), { ...emptyMemory, paths }).reason).toBe('throttled');
  });
});

describe('a credential is taken for what the list says it is', () => {
  it.each<[string, Partial<Presentation>, string]>([
    [
      'a PIN that carries the content of a QR',
      { lookup: undefined, qr: { key: 'key', type: 'staff', issue: 1, signedAt: now } },
      'unknown_credential',
    ],
    ['a card whose lookup is a PIN’s', { method: 'card' }, 'unknown_credential'],
    ['a phone whose proof nobody tested', { method: 'app', lookup: 'phone' }, 'bad_signature'],
    ['a QR without content', { method: 'qr', verified: 'good' }, 'bad_signature'],
    ['a button without a counter', { method: 'button', lookup: 'button' }, 'replayed'],
  ])('%s is refused', (_title, first, reason) => {
    const phone = credentialRule({ lookup: 'phone', kind: 'app_key' });
    const list = listWith({ credentials: [...listWith().credentials, phone] });

    expect(decideIn(list, attemptWith(first)).reason).toBe(reason);
  });
});
