import { type Attempt, type World } from '@claviger/protocol';
import { type Calendar } from './calendar.ts';
import { countWrongTry, isPaused, pathAt, shownStep, stepOf, type Memory } from './memory.ts';
import { type Lock, type Profile, type Repeat } from './windows.ts';

type Key = World['keys'][number];
type Credential = World['credentials'][number];
export type Assurance = 'low' | 'medium' | 'high';
type CredentialMethod = Exclude<Attempt['method'], 'command'>;

/** The world with everything found by its name, its calendar, and the memory of each door. */
export interface Facts {
  readonly world: World;
  readonly calendar: Calendar;
  readonly locks: ReadonlyMap<string, { readonly lock: Lock; readonly memory: Memory }>;
  readonly keys: ReadonlyMap<string, Key>;
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly groups: ReadonlyMap<string, World['accessGroups'][number]>;
  readonly deactivated: ReadonlySet<string>;
}

/** One attempt at one lock: what the rules look at. */
export interface Scene {
  readonly facts: Facts;
  readonly lock: Lock;
  readonly memory: Memory;
  readonly attempt: Attempt & { readonly method: CredentialMethod };
  readonly at: number;
}

/** From and until of a Key, a Binding, an access group or a QR's own rule. */
interface Span {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** A Key as this lock knows it, with the credential by which it was recognised. */
export interface Presented {
  readonly key: Pick<Key, 'id' | 'type'> & Partial<Key>;
  readonly binding: Key['bindings'][number]['state'];
  readonly credential: Pick<Credential, 'kind' | 'state'> & Partial<Credential>;
  readonly isDeactivated: boolean;
  readonly profile: Profile | undefined;
  readonly spans: readonly Span[];
  readonly repeats: readonly Repeat[];
}

export type Found =
  | { readonly refusal: 'unknown_credential' | 'bad_signature' }
  | { readonly refusal: 'wrong_lock' | undefined; readonly presented: Presented };

/** One of the two factors of an attempt. */
export type Factor = Pick<Attempt, 'qr' | 'credential' | 'signature' | 'counter'> & {
  readonly method: CredentialMethod;
};

export const isPicture = ({ method }: Factor): boolean => method === 'qr' || method === 'pass';

const kinds: Record<CredentialMethod, Credential['kind']> = {
  pin: 'pin',
  qr: 'qr',
  pass: 'pass',
  card: 'card',
  button: 'button',
  finger: 'finger',
  link: 'link',
  app: 'app_key',
  keyless_go: 'app_key',
  auto_unlock: 'app_key',
};

/** An unclaimed lock holds no access list (L2). */
const holdsList = ({ status }: Lock): boolean => status !== 'unclaimed' && status !== 'claiming';

export const signedAtOf = ({ facts, lock, at }: Pick<Scene, 'facts' | 'lock' | 'at'>): number =>
  lock.list.signedAt === undefined ? at : facts.calendar.fromAt(lock.list.signedAt);

/** The Key's Binding here: its own, in whatever state, else the one that its access group gives (T15). */
function bindingOf({ facts, lock }: Scene, key: Key): Key['bindings'][number] | undefined {
  const own = key.bindings.find((binding) => binding.lock === lock.id);
  if (own !== undefined) return own;
  const group = key.accessGroup === undefined ? undefined : facts.groups.get(key.accessGroup);
  return group?.locks.includes(lock.id) === true ? { lock: lock.id, state: 'active' } : undefined;
}

/** This Key as the lock's list knows it, if it does (C1, C7, L2). */
function keyOnList(scene: Scene, key: Key | undefined, credential: Presented['credential']) {
  if (key === undefined || key.state === 'available' || !holdsList(scene.lock)) return undefined;
  const binding = bindingOf(scene, key);
  if (binding === undefined) return undefined;
  const { facts } = scene;
  const group = key.accessGroup === undefined ? undefined : facts.groups.get(key.accessGroup);
  return {
    key,
    binding: binding.state,
    credential,
    isDeactivated: key.user !== undefined && facts.deactivated.has(key.user),
    profile: key.profile === undefined ? undefined : facts.profiles.get(key.profile),
    spans: [key, binding, ...(group === undefined ? [] : [group])],
    repeats: [key.repeat, group?.repeat].filter((repeat) => repeat !== undefined),
  } satisfies Presented;
}

/** This credential as the lock's list knows it, if it does. */
function credentialOnList(scene: Scene, id: string | undefined): Presented | undefined {
  const credential = id === undefined ? undefined : scene.facts.credentials.get(id);
  if (credential === undefined) return undefined;
  if (credential.lock !== undefined && credential.lock !== scene.lock.id) return undefined;
  return keyOnList(scene, scene.facts.keys.get(credential.key), credential);
}

/** C3: signed later than the list and less than 24 hours ago. */
function isNewerThanList(scene: Scene): boolean {
  const { signedAt } = scene.attempt.qr;
  const listSignedAt = signedAtOf(scene);
  const itsSignedAt = signedAt === undefined ? listSignedAt : scene.facts.calendar.fromAt(signedAt);
  return itsSignedAt > listSignedAt && scene.at - itsSignedAt < 86_400_000;
}

/** The Key that a QR says it is of, or else the Key of its credential. */
function saidKey({ facts, attempt }: Scene): Pick<Key, 'id' | 'type'> | undefined {
  const { credential, qr } = attempt;
  const own = credential === undefined ? undefined : facts.credentials.get(credential)?.key;
  const id = qr.key ?? own;
  if (id === undefined) return undefined;
  return { id, type: qr.type ?? facts.keys.get(own ?? id)?.type ?? 'visitor' };
}

/** C3: a QR of a Key that the list does not know, decided by the rule it carries. */
function presentedByRule(scene: Scene): Presented | undefined {
  const { rule } = scene.attempt.qr;
  const key = saidKey(scene);
  if (rule === undefined || key === undefined || !isNewerThanList(scene)) return undefined;
  const credential = { kind: kinds[scene.attempt.method], state: 'active' as const };
  // Where the list knows the Key, a credential of another lock is unknown (C1), whatever rule it carries.
  if (keyOnList(scene, scene.facts.keys.get(key.id), credential) !== undefined) return undefined;
  return {
    key,
    binding: 'active',
    credential,
    isDeactivated: false,
    profile: undefined,
    spans: [rule],
    repeats: rule.window === undefined ? [] : [rule.window],
  };
}

function recogniseQr(scene: Scene): Found {
  const { lock, attempt } = scene;
  const { qr } = attempt;
  if (!holdsList(lock) || !lock.list.issuers.includes(qr.issuer)) return { refusal: 'unknown_credential' };
  if (attempt.signature === 'bad') return { refusal: 'bad_signature' };
  const presented = pictured(scene, attempt) ?? presentedByRule(scene);
  if (presented === undefined) return { refusal: 'unknown_credential' };
  const isNamed = qr.locks === undefined || qr.locks.includes(lock.id);
  return { refusal: isNamed ? undefined : 'wrong_lock', presented };
}

/** Which Key the first factor belongs to, or why that is not known (C1 to C4). */
export function recognise(scene: Scene): Found {
  const { method, credential, signature } = scene.attempt;
  if (method === 'qr' || method === 'pass') return recogniseQr(scene);
  const presented = credentialOnList(scene, credential);
  if (presented === undefined) return { refusal: 'unknown_credential' };
  if (signature === 'bad') return { refusal: 'bad_signature' };
  return { refusal: undefined, presented };
}

/** How strong a credential is by itself (M5). */
export function assuranceOf({ kind, card }: Presented['credential'], isStatic: boolean): Assurance {
  if (kind === 'pin' || kind === 'link') return 'low';
  if (kind === 'qr' || kind === 'pass') return isStatic ? 'low' : 'medium';
  if (kind === 'card') return card === 'desfire' ? 'medium' : 'low';
  return 'medium';
}

function isSameHolder(first: Presented, second: Presented): boolean {
  const isSameUser = first.key.user !== undefined && first.key.user === second.key.user;
  return first.key.id === second.key.id || isSameUser;
}

function countsWith(first: Presented, second: Presented): boolean {
  const isActive = [second.credential.state, second.key.state, second.binding].every(
    (state) => state === 'active',
  );
  const isOtherKind = first.credential.kind !== second.credential.kind;
  return isActive && !second.isDeactivated && isOtherKind && isSameHolder(first, second);
}

/** C2: the Key on this lock's list of which a QR is shown, by its credential or else by its name. */
function pictured(scene: Scene, { method, credential, qr }: Factor): Presented | undefined {
  return credential === undefined && qr.key !== undefined
    ? keyOnList(scene, scene.facts.keys.get(qr.key), { kind: kinds[method], state: 'active' })
    : credentialOnList(scene, credential);
}

/** M5: the second factor as this lock's list knows it; nothing where the signature is not good (C2). */
function recogniseSecond(scene: Scene, factor: Factor): Presented | undefined {
  if (factor.signature === 'bad') return undefined;
  if (!isPicture(factor)) return credentialOnList(scene, factor.credential);
  const isKnownIssuer = holdsList(scene.lock) && scene.lock.list.issuers.includes(factor.qr.issuer);
  return isKnownIssuer ? pictured(scene, factor) : undefined;
}

/** What came of a second factor: whether it counts, and the credential if this lock recognised it. */
export interface Second {
  readonly recognised: Presented | undefined;
  readonly counts: boolean;
}

/** C4. */
export function isOldIssue(factor: Factor, { key }: Presented): boolean {
  const issue = isPicture(factor) ? factor.qr.issue : undefined;
  return issue !== undefined && key.issue !== undefined && issue < key.issue;
}

/** M8: a picture that does not move, of a Key that is neither guest's nor visitor's. */
export function isRefusedStill(lock: Lock, factor: Factor, { key }: Presented): boolean {
  const isForShort = key.type === 'guest' || key.type === 'visitor';
  return isPicture(factor) && factor.qr.isStatic && !isForShort && !lock.staticQr;
}

/** The instant within whose 30-second step a rotating QR was shown; a static one is shown in none. */
export function shownAtOf({ facts, at }: Pick<Scene, 'facts' | 'at'>, factor: Factor): number | undefined {
  if (!isPicture(factor) || factor.qr.isStatic) return undefined;
  return factor.qr.shownAt === undefined ? at : facts.calendar.fromAt(factor.qr.shownAt);
}

/** M7: of another time than now and its neighbours, or accepted before. */
export function isStaleStep(scene: Scene, factor: Factor, { key }: Presented): boolean {
  const shownAt = shownAtOf(scene, factor);
  if (shownAt === undefined) return false;
  const isOfNow = Math.abs(stepOf(shownAt) - stepOf(scene.at)) <= 1;
  return !isOfNow || scene.memory.shownSteps.has(shownStep(key.id, stepOf(shownAt)));
}

/** M7: a button whose counter does not rise above the last one accepted here. */
export function isStaleCounter({ memory }: Scene, { method, credential, counter }: Factor): boolean {
  if (method !== 'button' || credential === undefined || counter === undefined) return false;
  return counter <= (memory.buttonCounters.get(credential) ?? -1);
}

/** A QR or pass shown as second factor is held to what a first one is: locks, issue, stillness, step. */
function isGoodSecondPicture(scene: Scene, factor: Factor, of: Presented): boolean {
  const { locks } = factor.qr;
  const isForHere = locks === undefined || locks.includes(scene.lock.id);
  return (
    isForHere &&
    !isOldIssue(factor, of) &&
    !isRefusedStill(scene.lock, factor, of) &&
    !isStaleStep(scene, factor, of)
  );
}

/** The second factor of an attempt as the only thing that was shown. */
export function aloneAsFirst(scene: Scene): Scene | undefined {
  const { secondFactor } = scene.attempt;
  if (secondFactor === undefined) return undefined;
  const { path, counter, credential } = secondFactor;
  const shown = { ...secondFactor, path, counter, credential, malformed: false, secondFactor: undefined };
  return { ...scene, attempt: { ...scene.attempt, ...shown } };
}

/**
 * C9, C11: what comes in a pause is looked up by nobody, and what is recognised as nobody's, or as somebody
 * else's than the first, is no second factor.
 */
export function isApart(first: Presented, alone: Scene): boolean {
  if (isPaused(pathAt(alone.memory, alone.attempt, alone.at), alone.at)) return true;
  const found = recognise(alone);
  return !('presented' in found) || !isSameHolder(first, found.presented);
}

/** A second factor that does not count is a wrong try on its own path, which is in no pause. */
export function secondFactorOf(scene: Scene, first: Presented): Second | undefined {
  const { attempt, memory, at } = scene;
  if (attempt.secondFactor === undefined) return undefined;
  const recognised = recogniseSecond(scene, attempt.secondFactor);
  const counts =
    recognised !== undefined &&
    countsWith(first, recognised) &&
    !isStaleCounter(scene, attempt.secondFactor) &&
    (!isPicture(attempt.secondFactor) || isGoodSecondPicture(scene, attempt.secondFactor, recognised));
  if (!counts) countWrongTry(pathAt(memory, attempt.secondFactor, at), at);
  return { recognised, counts };
}
