import type {
  AccessList,
  CredentialRule,
  KeyRule,
  LockRules,
  ProfileRule,
  ZoneOffsets,
} from '@claviger/domain';
import type {
  BindingFact,
  ChipFact,
  CredentialFact,
  KeyFact,
  LockFact,
  ProfileFact,
  RuleFacts,
} from './facts.ts';
import { compileHoliday, compileRepeat, compileSchedule, compileScheduler } from './written-times.ts';

/** What a list says of itself, and the table of its zone. */
export interface ListHead extends Pick<
  AccessList,
  'device' | 'ownershipEpoch' | 'incarnation' | 'version' | 'signedAt'
> {
  readonly zone: ZoneOffsets;
}

function lockRulesOf(lock: LockFact): LockRules {
  return {
    id: lock.id,
    isInactive: lock.status === 'inactive',
    capabilities: lock.capabilities,
    schedule: lock.schedule && compileSchedule(lock.schedule),
    isInLockdown: lock.lockdown,
    isEvacuating: lock.evacuation,
    minimumAssurance: lock.minimumAssurance,
    needsSecondFactor: lock.secondFactor,
    takesStaticQr: lock.staticQr,
    doorModes: lock.doorModes,
    floors: lock.floors,
    antiPassbackMinutes: lock.antiPassbackMinutes,
    hasFirstPersonIn: lock.firstPersonIn,
    maximumListAgeMinutes: lock.maximumListAgeMinutes,
    whenUnrecorded: lock.whenUnrecorded,
  };
}

function profileRuleOf({ id, kind, permissions, scheduler }: ProfileFact): ProfileRule {
  return { id, kind, permissions, scheduler: scheduler && compileScheduler(scheduler) };
}

/** The Key's own Binding holds; where it has none, a lock of its access group is one (SEMANTICS T15). */
function bindingOf(key: KeyFact, lock: string, groupLocks: ReadonlySet<string>): BindingFact | undefined {
  const own = key.bindings.find((binding) => binding.lock === lock);
  if (own !== undefined) return own;
  const isOfGroup = key.accessGroup !== undefined && groupLocks.has(key.accessGroup);
  return isOfGroup ? { lock, state: 'active' } : undefined;
}

interface Place {
  readonly lock: string;
  /** The access groups that have this lock. */
  readonly groups: ReadonlySet<string>;
  readonly chips: ReadonlyMap<string, ChipFact>;
}

/** The Key at this lock, or undefined if it has nothing to do with it or nobody holds it (SEMANTICS C7). */
function keyRuleOf(key: KeyFact, { lock, groups, chips }: Place): KeyRule | undefined {
  const binding = bindingOf(key, lock, groups);
  if (binding === undefined || key.state === 'available') return undefined;
  const chip = key.user === undefined ? undefined : chips.get(key.user);
  return {
    id: key.id,
    type: key.type,
    state: key.state,
    issue: key.issue,
    user: key.user,
    isHolderDeactivated: key.isHolderDeactivated,
    binding: { from: binding.from, until: binding.until, state: binding.state },
    hasMobile: chip?.mobile ?? false,
    hasIntercom: chip?.intercom ?? false,
    from: key.from,
    until: key.until,
    repeat: key.repeat && compileRepeat(key.repeat),
    maxUses: key.maxUses,
    floors: key.floors,
    profile: key.profile,
    accessGroup: key.accessGroup,
    isEmergency: key.emergency,
    isFirstPerson: key.firstPerson,
    isHolidayExempt: key.holidayExempt,
    needsSecondFactor: key.secondFactor,
  };
}

const lowKinds: ReadonlySet<CredentialFact['kind']> = new Set(['pin', 'link']);

/** SEMANTICS M5; a card that does not say what it is proves no more than a bare number. */
function credentialRuleOf({ lookup, key, kind, card, state, duress }: CredentialFact): CredentialRule {
  const isLow = lowKinds.has(kind) || (kind === 'card' && card !== 'desfire');
  return {
    lookup,
    key,
    kind,
    state,
    assurance: isLow ? 'low' : 'medium',
    isDuress: kind === 'pin' && duress,
  };
}

/**
 * Compiles what one lock needs to know out of the rule facts, whichever of them concern it. Bounds are
 * instants already; dates and clock times become numbers. Keys that ended are kept for as long as the facts
 * name them (SEMANTICS C13); an unclaimed or claiming lock gets a list without any (L2).
 */
export function compileAccessList(facts: RuleFacts, lock: LockFact, head: ListHead): AccessList {
  const isHeld = lock.status !== 'unclaimed' && lock.status !== 'claiming';
  const groups = facts.accessGroups.filter(({ locks }) => locks.includes(lock.id));
  const place: Place = {
    lock: lock.id,
    groups: new Set(groups.map(({ id }) => id)),
    chips: new Map(facts.chips.filter((chip) => chip.lock === lock.id).map((chip) => [chip.user, chip])),
  };
  const keys = isHeld
    ? facts.keys.map((key) => keyRuleOf(key, place)).filter((key) => key !== undefined)
    : [];
  const known = new Set(keys.map(({ id }) => id));
  return {
    format: 2,
    device: head.device,
    ownershipEpoch: head.ownershipEpoch,
    incarnation: head.incarnation,
    version: head.version,
    signedAt: head.signedAt,
    zone: head.zone,
    lock: lockRulesOf(lock),
    holidays: facts.holidays.map(compileHoliday),
    profiles: facts.profiles.map(profileRuleOf),
    accessGroups: facts.accessGroups.map(({ id, from, until, repeat }) => ({
      id,
      from,
      until,
      repeat: repeat && compileRepeat(repeat),
    })),
    keys,
    credentials: facts.credentials
      .filter((fact) => known.has(fact.key) && (fact.lock === undefined || fact.lock === lock.id))
      .map(credentialRuleOf),
    issuers: isHeld ? facts.issuers : [],
  };
}
