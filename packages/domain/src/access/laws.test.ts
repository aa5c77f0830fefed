import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assurances,
  bindingStates,
  credentialKinds,
  credentialMethods,
  credentialStates,
  doorModes,
  keyStates,
  keyTypes,
  kindOfMethod,
  profileKinds,
  profilePermissions,
  sides,
} from '../key.ts';
import { capabilities } from '../model.ts';
import type { AccessList, CredentialRule, KeyRule } from './access-list.ts';
import type { Attempt, Presentation } from './attempt.ts';
import { decide, explainDecision, type Decision } from './decide.ts';
import { remember, type HeldMemory } from './door-memory.ts';
import { indexAccessList } from './indexed-list.ts';
import { afterWrongTry, isAtRest, isPaused } from './throttle.ts';

/** Runs of each law; a failing seed is printed and is a test. */
const runs = { numRuns: 1_000 };
const now = Date.UTC(2026, 10, 25, 12);
const hourMs = 3_600_000;

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const mostly = <Value>(usual: Value, other: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const seldom = mostly(false, fc.boolean());
/** Around now, with the numbers that compare with nothing among them. */
const instant = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -50, max: 50 }).map((hours) => now + hours * hourMs) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0) },
);
const minute = fc.constantFrom(0, 1, 360, 720, 780, 1320, 1439, 1440);
const day = fc.integer({ min: 20_779, max: 20_784 });
const hours = fc.record({ from: minute, until: minute });
const dates = fc.record({ first: maybe(day), last: maybe(day) });
const repeat = fc.record({ dates, weekdays: fc.constantFrom(0, 4, 127), hours });
const span = { from: maybe(instant), until: maybe(instant) };
const floors = fc.subarray([0, 1, 2]);
const name = (kind: string, count = 4) =>
  fc.integer({ min: 1, max: count }).map((number) => `${kind}${number}`);

const key: fc.Arbitrary<KeyRule> = fc.record({
  id: name('k'),
  type: fc.constantFrom(...keyTypes),
  state: mostly('active', fc.constantFrom(...keyStates.filter((state) => state !== 'available'))),
  issue: fc.integer({ min: 1, max: 3 }),
  user: maybe(name('u', 2)),
  isHolderDeactivated: seldom,
  binding: fc.record({ state: mostly('active', fc.constantFrom(...bindingStates)), ...span }),
  hasMobile: fc.boolean(),
  hasIntercom: fc.boolean(),
  repeat: mostly(undefined, maybe(repeat)),
  maxUses: maybe(fc.integer({ min: 1, max: 3 })),
  floors,
  profile: mostly(undefined, maybe(name('p', 3))),
  accessGroup: mostly(undefined, maybe(name('g', 3))),
  isEmergency: seldom,
  isFirstPerson: seldom,
  isHolidayExempt: seldom,
  needsSecondFactor: seldom,
  ...span,
});

const credential: fc.Arbitrary<CredentialRule> = fc.record({
  lookup: name('c', 6),
  key: name('k', 5),
  kind: fc.constantFrom(...credentialKinds),
  assurance: fc.constantFrom('low', 'medium'),
  state: mostly('active', fc.constantFrom(...credentialStates)),
  isDuress: seldom,
});

const lock = fc.record({
  id: fc.constant('l1'),
  isInactive: seldom,
  capabilities: mostly([...capabilities], fc.subarray([...capabilities])),
  schedule: mostly(
    undefined,
    maybe(
      fc.record({
        isHolidayExempt: fc.boolean(),
        intervals: fc.array(fc.array(hours, { maxLength: 2 }), { minLength: 7, maxLength: 7 }),
      }),
    ),
  ),
  isInLockdown: seldom,
  isEvacuating: seldom,
  minimumAssurance: mostly('low', fc.constantFrom(...assurances)),
  needsSecondFactor: seldom,
  takesStaticQr: fc.boolean(),
  doorModes: fc.subarray([...doorModes]),
  floors: fc.constant([0, 1, 2]),
  antiPassbackMinutes: mostly(undefined, maybe(fc.integer({ min: 1, max: 99 }))),
  hasFirstPersonIn: seldom,
  maximumListAgeMinutes: mostly(undefined, maybe(fc.integer({ min: 1, max: 99 }))),
  whenUnrecorded: fc.constantFrom('deny', 'admit'),
});

const list: fc.Arbitrary<AccessList> = fc.record({
  format: fc.constant(1),
  device: fc.constant('d1'),
  ownershipEpoch: fc.constant(1),
  incarnation: fc.constant(1),
  version: fc.nat(),
  signedAt: instant,
  zone: fc.record({
    from: instant,
    until: mostly(now + 999 * hourMs, instant),
    offsets: mostly(
      [{ from: 0, offsetS: 3600 }],
      fc.array(fc.record({ from: instant, offsetS: fc.integer() })),
    ),
  }),
  lock,
  holidays: fc.array(fc.record({ first: day, last: day, isYearly: fc.boolean(), hours: maybe(hours) }), {
    maxLength: 2,
  }),
  profiles: fc.array(
    fc.record({
      id: name('p', 2),
      kind: fc.constantFrom(...profileKinds),
      permissions: fc.subarray([...profilePermissions]),
      scheduler: maybe(fc.record({ dates: maybe(dates), weekdays: maybe(fc.nat(127)), hours: maybe(hours) })),
    }),
    { maxLength: 3 },
  ),
  accessGroups: fc.array(fc.record({ id: name('g', 2), repeat: maybe(repeat), ...span }), { maxLength: 3 }),
  keys: fc.uniqueArray(key, { maxLength: 5, selector: ({ id }) => id }),
  credentials: fc.uniqueArray(credential, { maxLength: 8, selector: ({ lookup }) => lookup }),
  issuers: fc.constant([]),
});

const presentation: fc.Arbitrary<Presentation> = fc.record({
  method: fc.constantFrom(...credentialMethods),
  path: name('r', 2),
  isMalformed: seldom,
  verified: mostly('good', fc.constantFrom('bad', 'unknown_issuer', 'not_tested')),
  lookup: maybe(name('c', 7)),
  qr: maybe(
    fc.record({
      key: maybe(name('k', 6)),
      type: fc.constantFrom(...keyTypes),
      issue: fc.integer({ min: 1, max: 3 }),
      signedAt: instant,
      locks: mostly(undefined, maybe(fc.subarray(['l1', 'l2']))),
      step: maybe(fc.integer({ min: -2, max: 2 }).map((step) => Math.floor(now / 30_000) + step)),
      rule: maybe(fc.record({ ...span, window: maybe(repeat) })),
    }),
  ),
  counter: maybe(fc.nat(9)),
});

const circumstances = {
  at: mostly(now, instant),
  uncertaintyMs: mostly(0, fc.constantFrom(0, 300_000, 300_001, NaN)),
  canRecord: mostly(true, fc.boolean()),
};
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('credential' as const),
      first: presentation,
      second: mostly(undefined, maybe(presentation)),
      side: fc.constantFrom(...sides),
      floor: mostly(undefined, maybe(fc.nat(3))),
      doorMode: mostly(undefined, maybe(fc.constantFrom(...doorModes))),
      listConfirmedAt: mostly(now, instant),
      ...circumstances,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      isMalformed: seldom,
      verified: mostly('good', fc.constantFrom('bad', 'not_tested')),
      hasStepUp: fc.boolean(),
      ...circumstances,
    }),
  },
);

const paths = fc.dictionary(
  name('r', 2),
  fc.record({ wrongTries: fc.nat(9), forgivenAt: instant, pausedUntil: mostly(undefined, maybe(instant)) }),
);
const keyMemories = fc.dictionary(
  name('k'),
  fc.record({
    spent: mostly(0, fc.constantFrom(0, 1, 2, 3, NaN)),
    lastGrant: maybe(fc.record({ side: fc.constantFrom(...sides), at: instant })),
    shownSteps: fc.constant([]),
  }),
);
const memory: fc.Arbitrary<HeldMemory> = fc
  .record({
    keys: keyMemories,
    paths,
    buttons: fc.dictionary(name('c'), fc.record({ counter: fc.nat(9) })),
    lock: fc.record({
      firstPersonAt: maybe(instant),
      closedAt: maybe(instant),
      commandOpenedAt: maybe(instant),
    }),
  })
  .map(({ keys, paths: remembered, buttons, lock: ofLock }) => ({
    keys: new Map(Object.entries(keys)),
    paths: new Map(Object.entries(remembered)),
    buttons: new Map(Object.entries(buttons)),
    lock: ofLock,
  }));

type Drawn = { list: AccessList; memory: HeldMemory; attempt: Attempt };

/** Mostly somebody shows what the list knows, by its own method: otherwise hardly anything would open. */
function withKnownCredential(drawn: Drawn, choice: number): Drawn {
  const { list: ofDrawn, attempt: tried } = drawn;
  const keys = new Set(ofDrawn.keys.map(({ id }) => id));
  const known = ofDrawn.credentials.filter(({ key: owner }) => keys.has(owner));
  const rule = known[choice % (known.length + 1)];
  const method = credentialMethods.find((word) => kindOfMethod[word] === rule?.kind);
  if (rule === undefined || method === undefined || tried.kind === 'command') return drawn;
  return { ...drawn, attempt: { ...tried, first: { ...tried.first, method, lookup: rule.lookup } } };
}

const scene = fc
  .tuple(fc.record({ list, memory, attempt }), fc.nat(99))
  .map(([drawn, choice]) => withKnownCredential(drawn, choice));

function decided({ list: drawn, memory: remembered, attempt: tried }: Drawn, changed = drawn): Decision {
  return decide(indexAccessList(changed), remembered, tried);
}

describe('whatever a list, a memory and an attempt are', () => {
  it('decide answers, and by the same table as explainDecision', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(scene, (drawn) => {
        const decision = decided(drawn);
        const { decision: again, checks } = explainDecision(
          indexAccessList(drawn.list),
          drawn.memory,
          drawn.attempt,
        );
        seen.set(decision.reason, (seen.get(decision.reason) ?? 0) + 1);

        expect(again).toEqual(decision);
        const failed = checks.find(({ result }) => result === 'failed')?.check ?? 'granted';
        if (decision.reason !== 'internal_fault') expect(failed).toBe(decision.reason);
        expect(decision.outcome === 'granted').toBe(decision.reason === 'granted');
      }),
      { numRuns: 5_000 },
    );
    // Far below what is drawn on average, so that a law is never held over nothing.
    expect(seen.size).toBeGreaterThan(15);
    expect(seen.get('granted')).toBeGreaterThan(50);
  });

  it('another Key never turns a grant into a denial', () => {
    fc.assert(
      fc.property(scene, key, fc.array(credential), (drawn, more, credentials) => {
        const added = {
          ...drawn.list,
          keys: [...drawn.list.keys, { ...more, id: 'another' }],
          credentials: [
            ...drawn.list.credentials,
            ...credentials.map((rule, place) => ({ ...rule, lookup: `x${String(place)}`, key: 'another' })),
          ],
        };
        if (decided(drawn).outcome === 'granted') expect(decided(drawn, added)).toEqual(decided(drawn));
      }),
      runs,
    );
  });

  it('a wider span never denies what was granted', () => {
    const earlier = maybe(fc.nat(99));
    fc.assert(
      fc.property(scene, fc.record({ from: earlier, until: earlier }), (drawn, by) => {
        const before = decided(drawn);
        const widened = drawn.list.keys.map((rule) => ({
          ...rule,
          from: by.from === undefined || rule.from === undefined ? undefined : rule.from - by.from * hourMs,
          until:
            by.until === undefined || rule.until === undefined ? undefined : rule.until + by.until * hourMs,
        }));
        if (before.outcome === 'granted') {
          expect(decided(drawn, { ...drawn.list, keys: widened })).toEqual(before);
        }
      }),
      runs,
    );
  });

  it('a revoked Key never opens', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const keys = drawn.list.keys.map((rule) => ({ ...rule, state: 'revoked' as const }));
        const { outcome, key: opened } = decided(drawn, { ...drawn.list, keys });
        if (outcome === 'granted') expect(keys.map(({ id }) => id)).not.toContain(opened);
      }),
      runs,
    );
  });

  it('the order of Keys and credentials does not matter', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const { keys, credentials } = drawn.list;
        const turned = { keys: [...keys].reverse(), credentials: [...credentials].reverse() };
        expect(decided(drawn, { ...drawn.list, ...turned })).toEqual(decided(drawn));
      }),
      runs,
    );
  });

  it('a lockdown lets in emergency Keys alone', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const locked = { ...drawn.list.lock, isInLockdown: true, isEvacuating: false };
        const { outcome, key: opened } = decided(drawn, { ...drawn.list, lock: locked });
        if (outcome === 'denied' || drawn.attempt.kind === 'command') return;
        expect(drawn.list.keys.find(({ id }) => id === opened)?.isEmergency).toBe(true);
      }),
      runs,
    );
  });

  it('a Key is never granted more often than its maximum', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 3 }), (drawn, maxUses) => {
        const keys = drawn.list.keys.map((rule) => ({ ...rule, maxUses }));
        let remembered: HeldMemory = { ...drawn.memory, keys: new Map() };
        let grants = 0;
        for (let time = 0; time < 5; time += 1) {
          const decision = decided({ ...drawn, memory: remembered }, { ...drawn.list, keys });
          remembered = remember(remembered, decision.changes);
          if (decision.uses !== undefined && decision.outcome === 'granted') grants += 1;
        }
        expect(grants).toBeLessThanOrEqual(maxUses);
      }),
      runs,
    );
  });

  it('a path at rest goes on as one that was never tried', () => {
    const finite = fc.integer({ min: -50, max: 50 }).map((hours) => now + hours * hourMs);
    const path = fc.record({
      wrongTries: fc.integer({ min: 0, max: 8 }),
      forgivenAt: finite,
      pausedUntil: maybe(finite),
    });
    fc.assert(
      fc.property(path, fc.nat(hourMs), fc.nat(24 * hourMs), (tried, early, late) => {
        fc.pre(isAtRest(tried, now + early));
        const at = now + early + late;
        const { wrongTries, forgivenAt } = afterWrongTry(tried, at);
        expect({ wrongTries, forgivenAt }).toEqual(afterWrongTry(undefined, at));
        expect(isPaused(tried, at)).toBe(false);
      }),
      runs,
    );
  });
});
