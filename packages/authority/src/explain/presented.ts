import type {
  Attempt as DomainAttempt,
  CredentialMethod,
  Instant,
  Presentation,
  QrRule,
  ShownQr,
} from '@claviger/domain';
import type { Attempt, World } from '@claviger/protocol';
import { compileRepeat } from '../access-list/written-times.ts';
import type { ZoneClock } from '../access-list/zone-clock.ts';
import type { ExplainedDoor } from './explained-door.ts';
import { instantOf, validityOf } from './written-world.ts';

const stepMs = 30_000;

/** The one reader of each method, where an attempt names no path. */
export const usualPath: Readonly<Record<CredentialMethod, string>> = {
  pin: 'keypad',
  qr: 'qr_reader',
  pass: 'qr_reader',
  card: 'card_reader',
  button: 'remote_receiver',
  finger: 'fingerprint_reader',
  app: 'app',
  link: 'link',
  keyless_go: 'phone_proximity',
  auto_unlock: 'phone_proximity',
};

/** What the presenter of an attempt looks up in the world. */
export interface PresentedWorld {
  readonly clock: ZoneClock;
  readonly keys: ReadonlyMap<string, World['keys'][number]>;
  readonly credentials: ReadonlyMap<string, World['credentials'][number]>;
}

function qrRuleOf(rule: Attempt['qr']['rule'], clock: ZoneClock): QrRule | undefined {
  if (rule === undefined) return undefined;
  return { ...validityOf(clock, rule), window: rule.window && compileRepeat(rule.window) };
}

/** One of the two factors of an attempt. */
type Factor = Pick<Attempt, 'qr' | 'credential' | 'signature' | 'path' | 'counter'>;

/** The Key whose QR this is, as far as the world knows: that of the credential, else the one it names. */
function ownerOf({ qr, credential }: Factor, world: PresentedWorld) {
  const owner = credential === undefined ? undefined : world.credentials.get(credential)?.key;
  return world.keys.get(owner ?? qr.key ?? '');
}

/** The signed content of a QR; what is left out is that of its Key, of the list and of the present. */
function shownQrOf(factor: Factor, at: { now: Instant; list: Instant }, world: PresentedWorld): ShownQr {
  const { qr } = factor;
  const owner = ownerOf(factor, world);
  const instant = (written: string | undefined, otherwise: Instant): Instant =>
    written === undefined ? otherwise : instantOf(world.clock, written, 'earlier');
  return {
    key: qr.key ?? owner?.id,
    type: qr.type ?? owner?.type ?? 'visitor',
    issue: qr.issue ?? owner?.issue ?? 1,
    signedAt: instant(qr.signedAt, at.list),
    locks: qr.locks,
    step: qr.isStatic ? undefined : Math.floor(instant(qr.shownAt, at.now) / stepMs),
    rule: qrRuleOf(qr.rule, world.clock),
  };
}

function factorOf(factor: Factor, method: CredentialMethod, { door, world, now }: Scene): Presentation {
  const { list } = door.listAt(now);
  const isQr = method === 'qr' || method === 'pass';
  const lastCounter = door.memoryAt(now).buttons.get(factor.credential ?? '')?.counter ?? -1;
  const isStranger = isQr && !list.issuers.some(({ id }) => id === factor.qr.issuer);
  return {
    method,
    path: factor.path ?? usualPath[method],
    isMalformed: false,
    verified: isStranger ? 'unknown_issuer' : factor.signature,
    lookup: factor.credential,
    qr: isQr ? shownQrOf(factor, { now, list: list.signedAt }, world) : undefined,
    counter: method === 'button' ? (factor.counter ?? lastCounter + 1) : undefined,
  };
}

function firstOf(attempt: Attempt, method: CredentialMethod, scene: Scene): Presentation {
  return { ...factorOf(attempt, method, scene), isMalformed: attempt.malformed };
}

interface Scene {
  readonly door: ExplainedDoor;
  readonly world: PresentedWorld;
  readonly now: Instant;
}

/** The attempt as the agent of this door would hand it to the decision. */
export function presentedAt(attempt: Attempt, scene: Scene): DomainAttempt {
  const { door, now } = scene;
  const circumstances = {
    at: now,
    uncertaintyMs: attempt.uncertaintyS * 1000,
    canRecord: door.lock.state.canRecord,
  };
  if (attempt.method === 'command') {
    const { malformed, signature, stepUp } = attempt;
    return {
      ...circumstances,
      kind: 'command',
      isMalformed: malformed,
      verified: signature,
      hasStepUp: stepUp,
    };
  }
  return {
    ...circumstances,
    kind: 'credential',
    first: firstOf(attempt, attempt.method, scene),
    second: attempt.secondFactor && factorOf(attempt.secondFactor, attempt.secondFactor.method, scene),
    side: attempt.side,
    floor: attempt.floor,
    doorMode: attempt.doorMode,
    listConfirmedAt: door.confirmedAt ?? now,
  };
}
