import type { AccessList, CredentialRule, KeyRule } from '@claviger/domain';

/** What a Key is not any more, by a list that a restored server had made and lost. */
export interface KeyEnding {
  readonly key: string;
  /** `everywhere`: the Key itself; `here`: its Binding at this lock. */
  readonly revoked?: 'everywhere' | 'here' | undefined;
  readonly suspended?: 'everywhere' | 'here' | undefined;
  /** Older pictures of its QR have ended. */
  readonly issue?: number | undefined;
  readonly until?: number | undefined;
  readonly maxUses?: number | undefined;
}

/** A credential that proves nothing any more at this lock. */
export interface CredentialEnding {
  readonly key: string;
  readonly lookup: string;
  readonly state: 'revoked' | 'suspended';
}

/** How a list that a door has given back differs from the one that would be made now. */
export interface Endings {
  readonly keys: readonly KeyEnding[];
  readonly credentials: readonly CredentialEnding[];
  /**
   * Keys that opened by it and that this server does not know, or knows with less: nothing is given again.
   */
  readonly granted: readonly {
    readonly key: string;
    readonly type: KeyRule['type'];
    readonly isKnown: boolean;
  }[];
}

function isAlive({ state, binding }: KeyRule): boolean {
  return state === 'active' && binding.state === 'active';
}

/** The smaller of two limits where it is theirs; undefined where ours holds. */
function narrower(theirs: number | undefined, ours: number | undefined): number | undefined {
  return theirs !== undefined && (ours === undefined || theirs < ours) ? theirs : undefined;
}

function isWider(theirs: number | undefined, ours: number | undefined): boolean {
  return ours !== undefined && (theirs === undefined || theirs > ours);
}

type HeldState = 'revoked' | 'suspended';

function endedTo(state: HeldState, theirs: KeyRule, ours: KeyRule): 'everywhere' | 'here' | undefined {
  const isEnded = ({ state: held }: { readonly state: string }): boolean =>
    held === 'revoked' || (state === 'suspended' && held === 'suspended');
  if (theirs.state === state && !isEnded(ours)) return 'everywhere';
  return theirs.binding.state === state && !isEnded(ours.binding) ? 'here' : undefined;
}

/** A User who was deactivated meanwhile: what can come back is suspended (SEMANTICS C6). */
function isHolderGone(theirs: KeyRule, ours: KeyRule): boolean {
  return theirs.isHolderDeactivated && !ours.isHolderDeactivated;
}

/** A Key that the newer list has left out had ended long before (SEMANTICS C13). */
function keyEnding(ours: KeyRule, theirs: KeyRule | undefined): KeyEnding | undefined {
  const { id: key } = ours;
  if (!theirs) return ours.binding.state === 'revoked' ? undefined : { key, revoked: 'here' };
  const changes = {
    revoked: endedTo('revoked', theirs, ours),
    suspended: isHolderGone(theirs, ours) ? 'everywhere' : endedTo('suspended', theirs, ours),
    issue: theirs.issue > ours.issue ? theirs.issue : undefined,
    until: narrower(theirs.until, ours.until),
    maxUses: narrower(theirs.maxUses, ours.maxUses),
  };
  return Object.values(changes).some((change) => change !== undefined) ? { key, ...changes } : undefined;
}

function credentialEnding(
  { key, lookup }: CredentialRule,
  theirs: CredentialRule | undefined,
): CredentialEnding | undefined {
  const state = theirs?.state ?? 'revoked';
  return state === 'revoked' || state === 'suspended' ? { key, lookup, state } : undefined;
}

function grantsOf(reported: AccessList, own: ReadonlyMap<string, KeyRule>): Endings['granted'] {
  return reported.keys.filter(isAlive).flatMap((theirs) => {
    const { id: key, type } = theirs;
    const ours = own.get(key);
    const isMore =
      !ours || !isAlive(ours) || isWider(theirs.until, ours.until) || isWider(theirs.maxUses, ours.maxUses);
    return isMore ? [{ key, type, isKnown: ours !== undefined }] : [];
  });
}

/**
 * What must stay ended when a restored server makes the next list of a lock: `reported` is the list that it
 * had made later than it remembers, `own` the one that it would make now. Each side's endings hold, so in
 * whichever order doors report, the result is the same; what only the lost history had given is named.
 */
export function endingsOf(reported: AccessList, own: AccessList): Endings {
  const theirs = new Map(reported.keys.map((key) => [key.id, key]));
  const lookups = new Map(reported.credentials.map((credential) => [credential.lookup, credential]));
  const keys = own.keys.flatMap((ours) => keyEnding(ours, theirs.get(ours.id)) ?? []);
  const credentials = own.credentials
    .filter(({ key, state }) => state === 'active' && theirs.has(key))
    .flatMap((ours) => credentialEnding(ours, lookups.get(ours.lookup)) ?? []);
  return { keys, credentials, granted: grantsOf(reported, new Map(own.keys.map((key) => [key.id, key]))) };
}
