import { bindingStates, credentialStates, keyStates, profileKinds, type KeyType } from '../key.ts';
import type { RepeatRule } from '../time/window.ts';
import type { AccessGroupRule, AccessList, CredentialRule, KeyRule, ProfileRule } from './access-list.ts';

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
  readonly list: AccessList;
  readonly keys: ReadonlyMap<string, IndexedKey>;
  readonly credentials: ReadonlyMap<string, IndexedCredential>;
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

/** A Key with its references resolved. */
export function indexKey(rule: KeyRule, { profile, accessGroup, isOnList }: References): IndexedKey {
  const repeats = [rule.repeat, accessGroup?.repeat].filter((repeat) => repeat !== undefined);
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

function indexKeys(list: AccessList): Map<string, IndexedKey> {
  const profiles = byId(list.profiles);
  const accessGroups = byId(list.accessGroups);
  const keys = new Map<string, IndexedKey>();
  for (const rule of list.keys) {
    const profile = rule.profile === undefined ? undefined : profiles.get(rule.profile);
    const accessGroup = rule.accessGroup === undefined ? undefined : accessGroups.get(rule.accessGroup);
    const key = indexKey(rule, { profile, accessGroup, isOnList: true });
    keys.set(rule.id, keys.has(rule.id) ? { ...key, isSound: false } : key);
  }
  return keys;
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
    const isSound = !credentials.has(rule.lookup) && isWord(rule.state, credentialStates);
    credentials.set(rule.lookup, { rule, key: isSound ? key : { ...key, isSound } });
  }
  return { list, keys, credentials };
}
