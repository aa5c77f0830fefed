import { bindingStates, credentialStates, keyStates, profileKinds, type KeyType } from '../key.ts';
import type { RepeatRule } from '../time/window.ts';
import type {
  AccessGroupRule,
  AccessList,
  CredentialRule,
  KeyRule,
  ListRules,
  ProfileRule,
} from './access-list.ts';

/** A Key with what its rules refer to. */
export interface IndexedKey {
  readonly rule: KeyRule;
  readonly profile: ProfileRule | undefined;
  readonly accessGroup: AccessGroupRule | undefined;
  /** Its own repeat rule and its access group's; all must hold. */
  readonly repeats: readonly RepeatRule[];
  /** Whether it cannot be decided without knowing the time well (SEMANTICS K2). */
  readonly isTimeBound: boolean;
  /** False for a Key that only its QR tells of (SEMANTICS C3). */
  readonly isOnList: boolean;
  /** False if the list contradicts itself, or says an unknown word, about this Key: nothing opens with it. */
  readonly isSound: boolean;
}

export interface IndexedCredential {
  readonly rule: CredentialRule;
  readonly key: IndexedKey;
}

/** An access list that answers at once, however long it is. */
export interface IndexedAccessList {
  readonly list: ListRules;
  readonly keys: { get(id: string): IndexedKey | undefined; has(id: string): boolean };
  readonly credentials: { get(lookup: string): IndexedCredential | undefined };
}

/** A credential with the one Key that it belongs to (SEMANTICS C11). */
export interface HeldCredential {
  readonly rule: CredentialRule;
  readonly key: KeyRule;
}

/** An access list whose Keys and credentials are found one by one; each has one name. */
export interface ListSource {
  readonly rules: ListRules;
  readonly findKey: (id: string) => KeyRule | undefined;
  readonly findCredential: (lookup: string) => HeldCredential | undefined;
}

/** Keys of people who come once are tested by the clock even where they have no window. */
const timeBoundTypes: ReadonlySet<KeyType> = new Set(['guest', 'visitor', 'delivery']);

interface References {
  readonly profile?: ProfileRule | undefined;
  readonly accessGroup?: AccessGroupRule | undefined;
  readonly isOnList: boolean;
}

/** A list of a newer server may say what this door does not know: then it must not be guessed at. */
function isWord(word: string, list: readonly string[]): boolean {
  return list.includes(word);
}

function hasKnownWords({ state, binding }: KeyRule, profile: ProfileRule | undefined): boolean {
  const isProfileKnown = profile === undefined || isWord(profile.kind, profileKinds);
  return isWord(state, keyStates) && isWord(binding.state, bindingStates) && isProfileKnown;
}

const noRepeats: readonly RepeatRule[] = [];

function repeatsOf(own: RepeatRule | undefined, group: RepeatRule | undefined): readonly RepeatRule[] {
  if (own === undefined) return group === undefined ? noRepeats : [group];
  return group === undefined ? [own] : [own, group];
}

/** A Key with its references resolved. */
export function indexKey(rule: KeyRule, { profile, accessGroup, isOnList }: References): IndexedKey {
  const repeats = repeatsOf(rule.repeat, accessGroup?.repeat);
  const hasScheduler = profile?.kind === 'own' && profile.scheduler !== undefined;
  return {
    rule,
    profile,
    accessGroup,
    repeats,
    isTimeBound: timeBoundTypes.has(rule.type) || repeats.length > 0 || hasScheduler,
    isOnList,
    isSound:
      hasKnownWords(rule, profile) &&
      (rule.profile === undefined || profile !== undefined) &&
      (rule.accessGroup === undefined || accessGroup !== undefined),
  };
}

function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** Finds what the rules of Keys refer to. */
function referencesIn({ profiles, accessGroups }: ListRules): (rule: KeyRule) => References {
  const [profileOf, groupOf] = [byId(profiles), byId(accessGroups)];
  return ({ profile, accessGroup }) => ({
    profile: profile === undefined ? undefined : profileOf.get(profile),
    accessGroup: accessGroup === undefined ? undefined : groupOf.get(accessGroup),
    isOnList: true,
  });
}

function indexKeys(list: AccessList): Map<string, IndexedKey> {
  const referencesOf = referencesIn(list);
  const keys = new Map<string, IndexedKey>();
  for (const rule of list.keys) {
    const key = indexKey(rule, referencesOf(rule));
    keys.set(rule.id, keys.has(rule.id) ? { ...key, isSound: false } : key);
  }
  return keys;
}

function indexCredential(rule: CredentialRule, key: IndexedKey): IndexedCredential {
  return { rule, key: isWord(rule.state, credentialStates) ? key : { ...key, isSound: false } };
}

/** Answers out of a list that finds its entries itself. */
export function indexSource({ rules, findKey, findCredential }: ListSource): IndexedAccessList {
  const referencesOf = referencesIn(rules);
  return {
    list: rules,
    keys: {
      get: (id) => {
        const rule = findKey(id);
        return rule && indexKey(rule, referencesOf(rule));
      },
      has: (id) => findKey(id) !== undefined,
    },
    credentials: {
      get: (lookup) => {
        const held = findCredential(lookup);
        return held && indexCredential(held.rule, indexKey(held.key, referencesOf(held.key)));
      },
    },
  };
}

/**
 * Makes the lookups of a list constant in its length; done once for each list. A credential belongs to
 * exactly one Key (SEMANTICS C11): one that is there twice makes its Key unsound, and one whose Key is not
 * there is left out.
 */
export function indexAccessList(list: AccessList): IndexedAccessList {
  const keys = indexKeys(list);
  const credentials = new Map<string, IndexedCredential>();
  for (const rule of list.credentials) {
    const key = keys.get(rule.key);
    if (key === undefined) continue;
    const isTwice = credentials.has(rule.lookup);
    credentials.set(rule.lookup, indexCredential(rule, isTwice ? { ...key, isSound: false } : key));
  }
  return { list, keys, credentials };
}
