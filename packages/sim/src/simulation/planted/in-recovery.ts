import { changeRecord } from '@claviger/agent';
import type { AuthorityStore, EventRecord, SpentUses } from '@claviger/authority';
import { decodeCbor, decodeEvent, encodeCbor, openMessage, recoveryMessage } from '@claviger/protocol';
import { genuine, signed } from './on-the-wire.ts';
import { throughStore, type Bug, type Planted } from './planted.ts';

/** The doubt ends, and what was given is not taken. */
const forgettingUses: Planted['letter'] = (letter, box) => {
  const opened = openMessage(recoveryMessage, letter.message, genuine(box));
  if (!opened.ok) return [letter];
  return [{ ...letter, message: signed(box, recoveryMessage, { ...opened.body, keys: [], paths: [] }) }];
};

/** The record of a Key with one use less. */
function withOneLess(value: Uint8Array): Uint8Array {
  const record = decodeCbor(value);
  if (!(record instanceof Map)) return value;
  return encodeCbor(new Map(record).set(1, Math.max(0, Number(record.get(1)) - 1)));
}

/** What was given takes the place of what is known, and is one use too small. */
const lowering: Planted['ports'] = (ports) =>
  throughStore(ports, (transaction) => {
    const written = new Map<string, Uint8Array>();
    return {
      ...transaction,
      put: (name, value) => {
        transaction.put(name, value);
        if (name.startsWith('key/')) written.set(name, value);
      },
      appendEvent: (event) => {
        transaction.appendEvent(event);
        if (decodeEvent(event.encoded).type !== 'counters_returned') return;
        for (const [name, value] of written) transaction.put(name, changeRecord(name, value, withOneLess));
      },
    };
  });

/** Each history counts for itself, and the one that has spent more is believed. */
function takingLarger(store: AuthorityStore): AuthorityStore {
  const larger = new Map<string, SpentUses>();
  const note = ({ lockId, key, uses }: EventRecord): void => {
    if (key === undefined || uses === undefined) return;
    const spent = Math.max(uses.spent, larger.get(`${lockId} ${key}`)?.spent ?? 0);
    larger.set(`${lockId} ${key}`, { lockId, keyId: key, spent });
  };
  return {
    transact: (deviceId, work) =>
      store.transact(deviceId, (transaction) =>
        work({
          ...transaction,
          appendEvents: (logEpoch, events, receivedAt) => {
            events.forEach(note);
            return transaction.appendEvents(logEpoch, events, receivedAt);
          },
          getSpent: async () => {
            const spent = await transaction.getSpent();
            return spent.map((uses) => ({ ...uses, ...larger.get(`${uses.lockId} ${uses.keyId}`) }));
          },
        }),
      ),
  };
}

/** Bugs in how a door whose older disk came back is given what is spent (decision record 0019). */
export const recoveryBugs: readonly Bug[] = [
  {
    name: 'counters_not_returned',
    what: 'a doubt ends, and the uses of the other disk are not taken',
    breaks: ['I4'],
    plant: () => ({ letter: forgettingUses }),
  },
  {
    name: 'recovery_lowers',
    what: 'a recovery takes a use off a counter',
    breaks: ['I4'],
    plant: () => ({ ports: lowering }),
  },
  {
    name: 'maximum_for_sum',
    what: 'of two histories the one that has spent more is given back, not both',
    breaks: ['I4'],
    plant: () => ({ store: takingLarger }),
  },
];
