import type { Ports, StoreTransaction } from '@claviger/agent';

type Write = (transaction: StoreTransaction) => void;

class Rollback extends Error {
  override readonly name = 'Rollback';
}

/** Says that it has committed, and does so with the next transaction. */
export function commitsLater(ports: Ports): Ports {
  let waiting: Write[] = [];
  return {
    ...ports,
    store: {
      transact: (work) => {
        const writes: Write[] = [];
        const write = (transaction: StoreTransaction, does: Write): void => {
          writes.push(does);
          does(transaction);
        };
        ports.store.transact((transaction) => {
          for (const does of waiting) does(transaction);
        });
        waiting = [];
        let done: { readonly result: ReturnType<typeof work> } | undefined;
        try {
          ports.store.transact((transaction) => {
            const result = work({
              ...transaction,
              put: (name, value) => {
                write(transaction, (on) => {
                  on.put(name, value);
                });
              },
              remove: (name) => {
                write(transaction, (on) => {
                  on.remove(name);
                });
              },
              appendEvent: (event) => {
                write(transaction, (on) => {
                  on.appendEvent(event);
                });
              },
              dropEvents: (from, through) => {
                write(transaction, (on) => {
                  on.dropEvents(from, through);
                });
              },
            });
            done = { result };
            throw new Rollback('not yet');
          });
        } catch (error) {
          if (!(error instanceof Rollback) || !done) throw error;
        }
        waiting = writes;
        if (!done) throw new Error('nothing was done');
        return done.result;
      },
    },
  };
}
