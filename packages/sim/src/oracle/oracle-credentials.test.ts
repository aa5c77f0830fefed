import { attempts as attemptsSchema, world as worldSchema } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { oracle, type Verdict } from './oracle.ts';

type Parts = Readonly<Record<string, unknown>>;

const noon = Date.UTC(2026, 10, 25, 12);
/** Milliseconds after noon, in writing. */
const after = (ms: number): string => new Date(noon + ms).toISOString();
const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const capabilities = [
  'keypad',
  'qr_reader',
  'card_reader',
  'remote_receiver',
  'phone_proximity',
  'lift_floors',
];
const kinds = ['pin', 'qr', 'link', 'pass', 'app_key', 'card', 'button'];

interface Changes extends Readonly<Record<string, unknown>> {
  readonly key?: Parts;
  readonly lock?: Parts;
}

/** One lock with every reader, one Key with a credential of each kind (named as the kind), and changes. */
function worldOf({ key = {}, lock = {}, ...more }: Changes) {
  return worldSchema.parse({
    zone: 'Europe/Berlin',
    locks: [{ id: 'door', capabilities: capabilities.slice(0, 5), ...lock }, { id: 'other' }],
    keys: [{ id: 'key', type: 'staff', bindings: [{ lock: 'door' }], ...key }],
    credentials: kinds.map((kind) => ({ id: kind, key: 'key', kind })),
    ...more,
  });
}

/** What is said of each attempt in their order; at noon, by app, with the credential of the method. */
function verdicts(parts: Changes, told: readonly Parts[]): Verdict[] {
  const attempts = told.map((attempt) => {
    const method = (attempt['method'] ?? 'app') as string;
    const credential = ['app', 'auto_unlock'].includes(method) ? 'app_key' : method;
    const own = method === 'command' ? {} : { credential };
    return { lock: 'door', at: after(0), method, ...own, ...attempt };
  });
  return oracle(worldOf(parts), attemptsSchema.parse(attempts));
}

const reasons = (...told: Parameters<typeof verdicts>): string[] =>
  verdicts(...told).map(({ reason }) => reason);

const wrongPin = { method: 'pin', credential: undefined };
const list = { signedAt: after(-day) };
const rule = {};
const unlisted = { credential: undefined, method: 'qr' };

describe('the oracle on credentials, computed by hand', () => {
  it('C1: wrong lock is said only of a QR, and a credential of one lock is unknown at others', () => {
    const elsewhere = { lock: 'other', method: 'card' };
    const credentials = [
      { id: 'card', key: 'key', kind: 'card', lock: 'other' },
      { id: 'qr', key: 'key', kind: 'qr' },
    ];

    expect(reasons({}, [elsewhere, { method: 'qr', qr: { locks: ['other'] } }])).toEqual([
      'unknown_credential',
      'wrong_lock',
    ]);
    expect(reasons({ credentials }, [{ method: 'card' }])).toEqual(['unknown_credential']);
  });

  it('C2: an unknown issuer is unknown, a bad signature is bad whatever Key it names', () => {
    const qr = (parts: Parts) => ({ ...unlisted, ...parts });

    expect(
      reasons({}, [
        qr({ qr: { issuer: 'stranger', key: 'key' }, signature: 'bad' }),
        qr({ qr: { key: 'nobody' }, signature: 'bad' }),
        qr({ qr: { key: 'nobody' } }),
        qr({ qr: { key: 'key' } }),
        { signature: 'bad' },
      ]),
    ).toEqual(['unknown_credential', 'bad_signature', 'unknown_credential', 'granted', 'bad_signature']);
  });

  it('C3: a QR is accepted by its own rule when newer than the list and less than 24 hours old', () => {
    const shown = (ms: number, signedMs: number, more: Parts = { rule }) => ({
      ...unlisted,
      at: after(ms),
      qr: { key: 'new', signedAt: after(signedMs), ...more },
    });

    expect(
      reasons({ lock: { capabilities, list } }, [
        shown(0, -day),
        shown(30 * second, -day + 31 * second),
        shown(day - 1, 0),
        shown(day, 0),
        shown(0, -minute, {}),
        shown(2 * minute, 0, { rule: { until: after(minute) } }),
      ]),
    ).toEqual([
      'unknown_credential',
      'granted',
      'granted',
      'unknown_credential',
      'unknown_credential',
      'expired',
    ]);
  });

  it('C1, C3: no rule of a QR opens where the list knows the Key by other credentials', () => {
    const credentials = [{ id: 'qr', key: 'key', kind: 'qr', lock: 'other' }];
    const shown = { method: 'qr', qr: { signedAt: after(-minute), rule } };
    const elsewhere = { bindings: [{ lock: 'other' }] };

    expect(reasons({ lock: { capabilities, list }, credentials }, [shown])).toEqual(['unknown_credential']);
    expect(reasons({ lock: { capabilities, list }, credentials, key: elsewhere }, [shown])).toEqual([
      'granted',
    ]);
  });

  it('C4: an older issue is revoked, with a newer one the list decides', () => {
    const qr = (issue: number, ms: number) => ({ method: 'qr', at: after(ms), qr: { issue } });

    expect(reasons({ key: { issue: 2 } }, [{ qr: { issue: 1 } }])).toEqual(['granted']);
    expect(reasons({ key: { issue: 2 } }, [qr(1, 0), qr(2, 0), qr(3, minute)])).toEqual([
      'revoked',
      'granted',
      'granted',
    ]);
  });

  it('C5, C6, C7: revoked is final, suspended comes back, pending is not yet accepted', () => {
    const binding = (state: string) => ({ key: { bindings: [{ lock: 'door', state }] } });
    const only = (state: string) => ({
      credentials: [{ id: 'app_key', key: 'key', kind: 'app_key', state }],
    });
    const told = [
      binding('revoked'),
      binding('suspended'),
      only('pending'),
      only('suspended'),
      only('revoked'),
    ];

    expect(told.map((parts) => reasons(parts, [{}])[0])).toEqual([
      'revoked',
      'holder_suspended',
      'pending',
      'holder_suspended',
      'revoked',
    ]);
    expect(reasons({ key: { state: 'available' } }, [{}])).toEqual(['unknown_credential']);
  });

  it('C9, C10: the sixth wrong try pauses its own path for 30 s, the seventh for 60 s', () => {
    const wrong = Array.from({ length: 6 }, () => wrongPin);
    const right = (ms: number, more: Parts = {}) => ({ method: 'pin', at: after(ms), ...more });

    expect(
      reasons({}, [
        ...wrong,
        right(30 * second - 1),
        right(0, { path: 'the other keypad' }),
        { method: 'card' },
        right(30 * second),
        { ...wrongPin, at: after(31 * second) },
        right(91 * second - 1),
        right(91 * second),
      ]).slice(6),
    ).toEqual(['throttled', 'granted', 'granted', 'granted', 'unknown_credential', 'throttled', 'granted']);
  });

  it('C10: one try is forgiven every 15 minutes, and a pause is never longer than that', () => {
    const state = { paths: [{ path: 'keypad', wrongTries: 5, forgivenAt: after(0) }] };
    const many = { paths: [{ path: 'keypad', wrongTries: 60, forgivenAt: after(0) }] };
    const wrong = (ms: number) => ({ ...wrongPin, at: after(ms) });

    expect(reasons({ lock: { capabilities, state } }, [wrong(15 * minute - 1), wrong(15 * minute)])[1]).toBe(
      'throttled',
    );
    expect(reasons({ lock: { capabilities, state } }, [wrong(15 * minute), wrong(15 * minute + 1)])[1]).toBe(
      'unknown_credential',
    );
    expect(
      reasons({ lock: { capabilities, state: many } }, [
        wrong(1),
        wrong(15 * minute),
        wrong(15 * minute + 1),
      ]),
    ).toEqual(['unknown_credential', 'throttled', 'unknown_credential']);
  });
});

describe('the oracle on locks, methods and floors, computed by hand', () => {
  it('L1, L2: inactive denies, error does not, an unclaimed lock knows nobody', () => {
    const told = ['inactive', 'error', 'unclaimed', 'claiming'].map((status) => ({ lock: { status } }));

    expect(told.map((parts) => reasons(parts, [{}])[0])).toEqual([
      'lock_inactive',
      'granted',
      'unknown_credential',
      'unknown_credential',
    ]);
  });

  it('L3, L4: lockdown spares emergency Keys and yields to evacuation', () => {
    const lockdown = { lockdown: true };

    expect(reasons({ lock: lockdown }, [{}])).toEqual(['lockdown']);
    expect(reasons({ lock: lockdown, key: { emergency: true } }, [{}])).toEqual(['granted']);
    expect(reasons({ lock: { ...lockdown, evacuation: true } }, [{}])).toEqual(['granted']);
  });

  it('L5: AutoUnlock waits 15 seconds from the closing', () => {
    const lock = { capabilities, state: { closedAt: after(0) } };
    const profiles = [{ id: 'own', permissions: ['auto_unlock'] }];
    const auto = (ms: number) => ({ method: 'auto_unlock', at: after(ms) });

    expect(
      reasons({ lock, profiles, key: { profile: 'own' } }, [
        auto(-1),
        auto(0),
        auto(15 * second - 1),
        auto(15 * second),
        { at: after(1) },
      ]),
    ).toEqual(['granted', 'cooldown', 'cooldown', 'granted', 'granted']);
  });

  it('P8: a command waits 3 seconds, and step-up opens in lockdown', () => {
    const open = (ms: number, more: Parts = {}) => ({ method: 'command', at: after(ms), ...more });

    expect(reasons({}, [open(0), open(3 * second - 1), open(3 * second)])).toEqual([
      'granted',
      'cooldown',
      'granted',
    ]);
    expect(reasons({ lock: { lockdown: true } }, [open(0), open(0, { stepUp: true })])).toEqual([
      'lockdown',
      'granted',
    ]);
  });

  it('M1, M2, M3: a method needs its reader, its chip, its permission', () => {
    const key = { type: 'wallet', user: 'ann' };
    const users = [{ id: 'ann' }];
    const chips = [{ user: 'ann', lock: 'door', intercom: true }];

    expect(reasons({ lock: { capabilities: [] } }, [{ method: 'pin' }, {}])).toEqual([
      'method_not_allowed',
      'granted',
    ]);
    expect(reasons({ key, users, chips }, [{}, { method: 'qr' }, { method: 'pin' }])).toEqual([
      'method_not_allowed',
      'granted',
      'granted',
    ]);
    expect(reasons({}, [{ method: 'auto_unlock' }])).toEqual(['method_not_allowed']);
  });

  it('M4: a floor has to be the lock’s and, if the Key has floors, the Key’s', () => {
    const lock = { capabilities, floors: [1, 2, 3] };
    const told = verdicts({ lock, key: { floors: [2, 3, 4] } }, [
      {},
      { floor: 2 },
      { floor: 1 },
      { floor: 4 },
    ]);

    expect(told.map(({ floors }) => floors)).toEqual([[2, 3], [2], undefined, undefined]);
    expect(told[2]?.reason).toBe('floor_not_allowed');
    expect(verdicts({ lock }, [{}])[0]?.floors).toEqual([1, 2, 3]);
    expect(reasons({ key: { floors: [2] } }, [{ floor: 9 }])).toEqual(['granted']);
  });
});

describe('the oracle on factors, counts and lists, computed by hand', () => {
  it('M5: a second factor lifts to one above the better of the two', () => {
    const pin = { method: 'pin' };
    const withCard = { ...pin, secondFactor: { method: 'card', credential: 'card' } };
    const withApp = { ...pin, secondFactor: { method: 'app', credential: 'app_key' } };
    const told = [pin, withCard, withApp];
    const low = 'assurance_too_low';

    expect(reasons({ lock: { capabilities, minimumAssurance: 'medium' } }, told)).toEqual([
      low,
      'granted',
      'granted',
    ]);
    expect(reasons({ lock: { capabilities, minimumAssurance: 'high' } }, told)).toEqual([
      low,
      low,
      'granted',
    ]);
    expect(reasons({ key: { secondFactor: true } }, told)).toEqual([
      'second_factor_needed',
      'granted',
      'granted',
    ]);
    expect(
      reasons({ key: { secondFactor: true } }, [
        { ...pin, secondFactor: { method: 'pin', credential: 'pin' } },
      ]),
    ).toEqual(['second_factor_needed']);
  });

  it('M6: the same side is passed back until the minutes are over or the other side was used', () => {
    const lock = { antiPassbackMinutes: 10 };
    const entry = (ms: number) => ({ at: after(ms) });
    const exit = (ms: number) => ({ at: after(ms), side: 'exit' });

    expect(
      reasons({ lock }, [
        entry(0),
        entry(10 * minute - 1),
        entry(10 * minute),
        exit(10 * minute),
        entry(11 * minute),
      ]),
    ).toEqual(['granted', 'passed_back', 'granted', 'granted', 'granted']);
  });

  it('M7, M8: a rotating QR holds one step either side and once; a static one needs the lock’s leave', () => {
    const shown = (ms: number) => ({ method: 'qr', qr: { shownAt: after(ms) } });
    const still = { method: 'qr', qr: { isStatic: true } };

    expect(
      reasons({}, [shown(-30_000), shown(-30_000), shown(59_999), shown(60_000), shown(-30_001)]),
    ).toEqual(['granted', 'replayed', 'granted', 'replayed', 'replayed']);
    expect(reasons({}, [still])).toEqual(['assurance_too_low']);
    expect(reasons({ key: { type: 'visitor' } }, [still, still])).toEqual(['granted', 'granted']);
  });

  it('M7: a button’s counter has to rise above the last accepted', () => {
    const button = (counter: number) => ({ method: 'button', counter });

    expect(
      reasons({ lock: { capabilities, state: { buttonCounters: [{ credential: 'button', counter: 7 }] } } }, [
        button(7),
        button(9),
        button(8),
        { method: 'button' },
      ]),
    ).toEqual(['replayed', 'granted', 'replayed', 'granted']);
  });

  it('M5, M7: a button as second factor counts with a counter that rises', () => {
    const button = (counter: number) => ({
      secondFactor: { method: 'button', credential: 'button', counter },
    });

    expect(reasons({ key: { secondFactor: true } }, [button(3), button(3), button(4)])).toEqual([
      'granted',
      'second_factor_needed',
      'granted',
    ]);
  });

  it('M9: until a Key so marked was granted on the same date of the zone', () => {
    const lock = { firstPersonIn: true, state: { firstPersonAt: '2026-11-24T22:59:59.999Z' } };

    expect(
      reasons({ lock }, [{ at: '2026-11-24T22:59:59.999Z' }, { at: '2026-11-24T23:00:00.000Z' }]),
    ).toEqual(['granted', 'first_person_missing']);
  });

  it('U1, U2: all credentials of a Key share the count, and a denial counts nothing', () => {
    const told = verdicts({ key: { maxUses: 2 } }, [
      {},
      { method: 'finger', credential: undefined },
      { method: 'pin' },
      {},
    ]);

    expect(told.map(({ reason }) => reason)).toEqual([
      'granted',
      'unknown_credential',
      'granted',
      'uses_exhausted',
    ]);
    expect(told.map(({ uses }) => uses?.spent)).toEqual([1, undefined, 2, 2]);
  });

  it('U3: a list older than the lock’s limit denies, at the limit it does not', () => {
    const lock = { maximumListAgeMinutes: 1, list: { confirmedAt: after(0) } };

    expect(reasons({ lock }, [{ at: after(minute) }, { at: after(minute + 1) }])).toEqual([
      'granted',
      'access_list_too_old',
    ]);
  });

  it('U5: a duress PIN alarms from revoked on, granted or denied', () => {
    const credentials = [{ id: 'pin', key: 'key', kind: 'pin', duress: true }];
    const pin = { method: 'pin' };

    expect(verdicts({ credentials }, [pin])[0]?.silentAlarm).toBe(true);
    expect(verdicts({ credentials, key: { state: 'revoked' } }, [pin])[0]?.silentAlarm).toBe(true);
    expect(verdicts({ credentials }, [{ ...pin, malformed: true }])[0]?.silentAlarm).toBe(false);
  });

  it('U6: a counted Key is denied where nothing can be recorded, others as the lock says', () => {
    const unrecorded = (whenUnrecorded: string) => ({ whenUnrecorded, state: { canRecord: false } });

    expect(reasons({ lock: unrecorded('admit'), key: { maxUses: 5 } }, [{}])).toEqual(['cannot_be_recorded']);
    expect(reasons({ lock: unrecorded('admit') }, [{}])).toEqual(['granted']);
    expect(reasons({ lock: unrecorded('deny'), key: { emergency: true } }, [{}])).toEqual([
      'cannot_be_recorded',
    ]);
  });
});
