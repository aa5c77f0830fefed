import type { AuthorityStore } from '@claviger/authority';
import type { Facts, Holding, OwnedLock } from '../street/facts.ts';
import type { Bug } from './planted.ts';

function withHoldings(facts: Facts, change: (holding: Holding) => Holding): Facts {
  const holdings = new Map([...facts.holdings].map(([id, holding]) => [id, change(holding)]));
  return { ...facts, holdings };
}

function withLocks(facts: Facts, change: (lock: OwnedLock) => OwnedLock): Facts {
  return { ...facts, locks: new Map([...facts.locks].map(([id, lock]) => [id, change(lock)])) };
}

/** A change that a newer one has overtaken is not in the list. */
function overtaken(now: Facts, before: Facts | undefined): Facts {
  if (!before || now.holdings.size === before.holdings.size) return now;
  return withHoldings(now, (holding) => {
    const known = before.holdings.get(holding.key.id);
    return known?.key.state === 'active' && holding.key.state === 'revoked' ? known : holding;
  });
}

/** Each batch is stored twice. */
function storingTwice(store: AuthorityStore): AuthorityStore {
  return {
    transact: (deviceId, work) =>
      store.transact(deviceId, (transaction) =>
        work({
          ...transaction,
          appendEvents: async (logEpoch, events, receivedAt) => {
            await transaction.appendEvents(logEpoch, events, receivedAt);
            await transaction.appendEvents(logEpoch, events, receivedAt);
          },
        }),
      ),
  };
}

/** Nothing is ever owed. */
function withoutReports(store: AuthorityStore): AuthorityStore {
  return {
    transact: (deviceId, work) =>
      store.transact(deviceId, (transaction) =>
        work({
          ...transaction,
          hasList: () => Promise.resolve(true),
          getListStates: async () => {
            const states = await transaction.getListStates();
            return states.map((state) => ({ ...state, reportOwedSince: undefined }));
          },
        }),
      ),
  };
}

class NotCommitted extends Error {
  override readonly name = 'NotCommitted';
}

/** Every tenth batch is answered and not committed. */
function answeringFirst(store: AuthorityStore): AuthorityStore {
  let batches = 0;
  return {
    transact: async (deviceId, work) => {
      let isLost = false;
      let done: { readonly result: Awaited<ReturnType<typeof work>> } | undefined;
      try {
        return await store.transact(deviceId, async (transaction) => {
          const result = await work({
            ...transaction,
            appendEvents: (logEpoch, events, receivedAt) => {
              batches += 1;
              isLost = batches % 10 === 0;
              return transaction.appendEvents(logEpoch, events, receivedAt);
            },
          });
          done = { result };
          if (isLost) throw new NotCommitted('the disk of the server is full');
          return result;
        });
      } catch (error) {
        if (!(error instanceof NotCommitted) || !done) throw error;
        return done.result;
      }
    },
  };
}

/** Bugs in what the server says and keeps. */
export const serverBugs: readonly Bug[] = [
  {
    name: 'revocation_overtaken',
    what: 'a newer change drops a revocation that no list has carried yet',
    breaks: ['I3'],
    plant: () => ({ facts: overtaken }),
  },
  {
    name: 'lockdown_unlisted',
    what: 'a lockdown is shown and no list carries it',
    breaks: ['I17'],
    plant: () => ({
      facts: (now) => withLocks(now, (lock) => ({ ...lock, rule: { ...lock.rule, lockdown: false } })),
    }),
  },
  {
    name: 'issue_unlisted',
    what: 'old pictures of a Key go on, for its issue is never raised',
    breaks: ['I3'],
    plant: () => ({
      facts: (now) => withHoldings(now, (holding) => ({ ...holding, key: { ...holding.key, issue: 1 } })),
    }),
  },
  {
    name: 'incarnation_not_raised',
    what: 'a restored server goes on in the incarnation of its backup',
    breaks: ['I18'],
    plant: () => ({ incarnation: () => 1 }),
  },
  {
    name: 'revocations_not_united',
    what: 'what a door gives back to a restored server ends nothing',
    breaks: ['I18'],
    plant: () => ({ endings: (endings) => ({ ...endings, keys: [], credentials: [] }) }),
  },
  {
    name: 'report_not_awaited',
    what: 'a restored server makes lists before doors have told what they know',
    breaks: ['I18'],
    plant: () => ({ store: (store) => withoutReports(store) }),
  },
  {
    name: 'stored_twice',
    what: 'a batch is stored twice',
    breaks: ['I7'],
    plant: () => ({ store: storingTwice }),
  },
  {
    name: 'answered_before_commit',
    what: 'events are confirmed whose transaction failed',
    breaks: ['I7'],
    plant: () => ({ store: answeringFirst }),
  },
];
