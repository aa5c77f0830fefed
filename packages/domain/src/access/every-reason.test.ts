import { reasonsIn, type Scene, type Try } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../model.ts';
import { keyTypes, type KeyType } from '../key.ts';
import { denialReasons } from '../reason.ts';
import { keyChecks, recognitionChecks, type CheckName } from './checks.ts';

/** How each reason comes about; whatever else the Key is, this comes first. */
type Story = (type: KeyType) => { readonly scene?: Scene; readonly attempt?: Try };

const chips = {
  users: [{ id: 'ann' }],
  chips: [{ user: 'ann', lock: 'front', mobile: true, intercom: true }],
};
const profile = (more: object): Scene => ({ key: { profile: 'p' }, profiles: [{ id: 'p', ...more }] });
const always = { mode: 'daily' as const, beginTime: '00:00', endTime: '00:00' };
const noon = '2026-11-25T12:00';
const wednesday = { from: '2026-11-25', until: '2026-11-25' };

const stories: Readonly<Record<CheckName, Story>> = {
  malformed: () => ({ attempt: { malformed: true } }),
  throttled: () => ({
    scene: {
      lock: {
        state: {
          paths: [{ path: 'keypad', wrongTries: 6, forgivenAt: noon, pausedUntil: '2026-11-25T12:01' }],
        },
      },
    },
  }),
  unknown_credential: () => ({ attempt: { credential: undefined } }),
  bad_signature: () => ({ attempt: { method: 'app', signature: 'bad' } }),
  wrong_lock: () => ({ attempt: { method: 'qr', qr: { locks: ['back'] } } }),
  revoked: () => ({ scene: { key: { state: 'revoked' } } }),
  pending: () => ({ scene: { key: { state: 'pending' } } }),
  holder_suspended: () => ({ scene: { key: { state: 'suspended' } } }),
  profile_blocked: () => ({ scene: profile({ kind: 'blocked' }) }),
  lock_inactive: () => ({ scene: { lock: { status: 'inactive' } } }),
  lockdown: () => ({ scene: { lock: { lockdown: true } } }),
  not_yet_valid: () => ({ scene: { key: { from: '2026-11-26T00:00' } } }),
  expired: () => ({ scene: { key: { until: '2026-11-25T00:00' } } }),
  clock_uncertain: () => ({ scene: { key: { repeat: always } }, attempt: { uncertaintyS: 301 } }),
  outside_repeat_window: () => ({ scene: { key: { repeat: { ...always, mode: 'weekly', weekdays: [] } } } }),
  outside_profile_schedule: () => ({ scene: profile({ scheduler: { weekdays: [] } }) }),
  outside_lock_schedule: () => ({ scene: { lock: { schedule: { intervals: [] } } } }),
  holiday: () => ({ scene: { key: { repeat: always }, holidays: [wednesday] } }),
  method_not_allowed: () => ({ attempt: { method: 'auto_unlock' } }),
  cooldown: () => ({
    scene: { ...profile({ kind: 'admin' }), lock: { state: { closedAt: noon } } },
    attempt: { method: 'auto_unlock' },
  }),
  assurance_too_low: () => ({ scene: { lock: { minimumAssurance: 'high' } } }),
  floor_not_allowed: () => ({
    scene: { lock: { capabilities: [...capabilities], floors: [0] } },
    attempt: { floor: 1 },
  }),
  second_factor_needed: () => ({ scene: { lock: { secondFactor: true } } }),
  replayed: () => ({ attempt: { method: 'qr', qr: { shownAt: '2026-11-25T11:00' } } }),
  passed_back: () => ({
    scene: {
      lock: { antiPassbackMinutes: 5, state: { lastGrants: [{ key: 'key', side: 'entry', at: noon }] } },
    },
  }),
  first_person_missing: () => ({ scene: { lock: { firstPersonIn: true } } }),
  uses_exhausted: () => ({
    scene: { key: { maxUses: 2 }, lock: { state: { uses: [{ key: 'key', spent: 2 }] } } },
  }),
  access_list_too_old: () => ({
    scene: { lock: { maximumListAgeMinutes: 1, list: { confirmedAt: '2026-11-25T11:58' } } },
  }),
  cannot_be_recorded: () => ({ scene: { lock: { state: { canRecord: false } } } }),
};

const credentialChecks = [...recognitionChecks, ...keyChecks];

function sceneFor(type: KeyType, scene: Scene = {}): Scene {
  return { ...chips, ...scene, key: { user: 'ann', ...scene.key, type } };
}

describe.each(keyTypes)('a Key of type %s', (type) => {
  it.each(credentialChecks.map(({ name }) => name))('is denied with %s', (name) => {
    const { scene, attempt = {} } = stories[name](type);

    expect(reasonsIn(sceneFor(type, scene), [[attempt, name]])).toEqual([[attempt, name]]);
  });

  it('opens where nothing speaks against it', () => {
    expect(reasonsIn(sceneFor(type), [[{}, 'granted']])).toEqual([[{}, 'granted']]);
  });
});

describe('the reasons', () => {
  it('are all told above, but for the broken invariant', () => {
    const told = credentialChecks.map(({ name }) => name);

    expect(denialReasons.filter((reason) => !told.includes(reason as CheckName))).toEqual(['internal_fault']);
  });
});
