import {
  endingsOf,
  markRestored,
  readReported,
  wantInMemory,
  type Endings,
  type MemoryDevice,
} from '@claviger/authority';
import { listHeadMessage, openMessage } from '@claviger/protocol';
import type { DoorBox } from '../box-face.ts';
import { credentialsOf, type Facts, type Holding } from '../facts.ts';
import { run, type Inside } from '../server-jobs.ts';

/** Everything that a server kept at one instant; nothing in it is ever changed. */
export interface ServerImage {
  readonly devices: ReadonlyMap<string, MemoryDevice>;
  readonly facts: Facts;
  readonly at: number;
  /** Whose the boxes were. */
  readonly epochs: ReadonlyMap<string, number>;
}

/** An incarnation is the time of its restore, in these steps. */
const incarnationStepMs = 10_000;

export function imageOf({ devices, facts, parts }: Inside): ServerImage {
  const epochs = new Map([...parts.boxes].map(([id, box]) => [id, box.epoch()]));
  return { devices: new Map(devices), facts, at: parts.scheduler.now(), epochs };
}

/** Whether every box still has the owner of then. */
export function isOfToday({ parts }: Inside, { epochs }: ServerImage): boolean {
  return [...parts.boxes].every(([id, box]) => epochs.get(id) === box.epoch());
}

/** The server that starts knows what the image knows, and that it does. */
export function becomeImage(inside: Inside, image: ServerImage): void {
  const { parts, devices } = inside;
  const at = parts.scheduler.now();
  const incarnation = parts.planted.incarnation(Math.floor(at / incarnationStepMs));
  for (const [id, state] of image.devices) devices.set(id, markRestored(state, { incarnation, at }));
  inside.facts = image.facts;
  inside.listedBy.clear();
  parts.count('the server was restored');
  parts.note('server', 'is restored from its image');
  parts.observe({ type: 'server_restored', after: image.facts, imagedAt: image.at });
}

function withEnding(holding: Holding, lockId: string, ending: Endings['keys'][number]): Holding {
  const { key } = holding;
  const { revoked, suspended, issue = key.issue, until = key.until, maxUses = key.maxUses } = ending;
  const here = revoked === 'here' ? 'revoked' : suspended === 'here' ? 'suspended' : undefined;
  const everywhere =
    revoked === 'everywhere' ? 'revoked' : suspended === 'everywhere' ? 'suspended' : undefined;
  const bindings = key.bindings.map((binding) =>
    here && binding.lock === lockId ? ({ ...binding, state: here } as const) : binding,
  );
  return { ...holding, key: { ...key, issue, until, maxUses, bindings, state: everywhere ?? key.state } };
}

/** Takes what has ended into the facts; the model of the job that does it in the server. */
function united(facts: Facts, lockId: string, { keys, credentials }: Endings): Facts {
  const holdings = new Map(facts.holdings);
  const lock = facts.locks.get(lockId);
  for (const ending of keys) {
    const holding = holdings.get(ending.key);
    if (holding) holdings.set(ending.key, withEnding(holding, lockId, ending));
  }
  for (const { key, lookup, state } of credentials) {
    const holding = holdings.get(key);
    if (!holding || !lock) continue;
    const place = credentialsOf(holding, lock.entity).findIndex((known) => known.lookup === lookup);
    const tokens = holding.tokens.map((token, index) => (index === place ? { ...token, state } : token));
    holdings.set(key, { ...holding, tokens });
  }
  return { ...facts, holdings };
}

/** The list that a door has given back, and how it differs from the one that would be made now. */
function readBack(inside: Inside, lockId: string, state: MemoryDevice) {
  const { parts, ports } = inside;
  const report = state.restored.reports.get(lockId);
  const compile = parts.compiler(inside.facts, lockId);
  if (!report || !compile) return undefined;
  const pieces = Array.from(
    { length: report.count },
    (_, index) => report.pieces.get(index) ?? new Uint8Array(),
  );
  const list = readReported({ head: report.head, pieces }, ports);
  if (!list) return undefined;
  const { ownershipEpoch, incarnation, version, signedAt, device } = list;
  const own = compile({ device, ownershipEpoch, incarnation, version, signedAt });
  const head = openMessage(listHeadMessage, report.head, ports.verifyOwn);
  const isOfDeltas = head.ok && head.body.list.version < version;
  return { list, endings: parts.planted.endings(endingsOf(list, own)), isOfDeltas };
}

/** New lists for every lock of what has ended. */
function want({ devices, facts }: Inside, lockId: string, { keys }: Endings): void {
  const ended = keys.flatMap(({ key }) => facts.holdings.get(key)?.key.bindings ?? []);
  const concerned = new Set([lockId, ...ended.map(({ lock }) => lock)]);
  for (const state of devices.values())
    for (const { id } of state.locks)
      if (concerned.has(id)) wantInMemory(state, id, { isWhole: true, keys: [] });
}

function take(inside: Inside, box: DoorBox, lockId: string): void {
  const { parts, devices } = inside;
  const state = devices.get(box.deviceId);
  const found = state && readBack(inside, lockId, state);
  state?.restored.whole.delete(lockId);
  state?.restored.reports.delete(lockId);
  if (!state || !found) return;
  const { list, endings, isOfDeltas } = found;
  inside.facts = united(inside.facts, lockId, endings);
  state.restored.made.add(`${lockId} ${list.incarnation}.${list.version}`);
  state.lists.set(lockId, { ...state.lists.get(lockId), lockId, reportOwedSince: undefined });
  want(inside, lockId, endings);
  parts.count('a door gave a lost list back');
  if (isOfDeltas) parts.count('deltas gave a lost list back');
  if (endings.keys.some(({ revoked }) => revoked)) parts.count('a revocation came back from a door');
  parts.note('server', `takes list ${list.incarnation}.${list.version} of ${box.name} back`);
  parts.observe({ type: 'united', after: inside.facts });
}

/** The job that works on what doors have given back, each lock once. */
export function takeReports(inside: Inside, box: DoorBox, queueLists: (box: DoorBox) => void): void {
  for (const lockId of inside.devices.get(box.deviceId)?.restored.whole ?? []) {
    run(inside, 5 + inside.parts.chance.below(60), async () => {
      await inside.store.together([...inside.devices.keys()], () => {
        take(inside, box, lockId);
      });
      for (const each of inside.parts.boxes.values()) queueLists(each);
    });
  }
}
