import type { Ports, Store } from '@claviger/agent';
import { PowerCut } from '../../disk.ts';

/** Where in the work of an agent the power failed. */
export type CutPoint = 'write' | 'committed' | 'before_relay' | 'after_relay' | 'publish';

/** What stands between an agent and the power: it can fail between any two calls of its ports. */
export interface Power {
  readonly isDead: () => boolean;
  /** Lets the power fail after so many more calls of ports within this call of the agent. */
  readonly failAfter: (calls: number) => void;
  readonly hold: () => void;
  readonly die: () => void;
  readonly cutAt: () => CutPoint | undefined;
  readonly between: (ports: Ports) => Ports;
}

export function createPower(): Power {
  let isDead = false;
  let callsLeft = Infinity;
  let point: CutPoint | undefined;

  const touch = (what: CutPoint): void => {
    if (isDead) throw new PowerCut('the power is off');
    callsLeft -= 1;
    if (callsLeft >= 0) return;
    isDead = true;
    point = what;
    throw new PowerCut(`the power fails: ${what}`);
  };

  const powered = (store: Store): Store => ({
    transact: (work) => {
      if (isDead) throw new PowerCut('the power is off');
      let writes = 0;
      const written = (): void => {
        writes += 1;
        touch('write');
      };
      const result = store.transact((transaction) =>
        work({
          ...transaction,
          put: (name, value) => {
            written();
            transaction.put(name, value);
          },
          remove: (name) => {
            written();
            transaction.remove(name);
          },
          appendEvent: (event) => {
            written();
            transaction.appendEvent(event);
          },
        }),
      );
      if (writes > 0) touch('committed');
      return result;
    },
  });

  return {
    isDead: () => isDead,
    failAfter: (calls) => {
      callsLeft = calls;
    },
    hold: () => {
      callsLeft = Infinity;
    },
    die: () => {
      isDead = true;
    },
    cutAt: () => point,
    between: (ports) => ({
      ...ports,
      store: powered(ports.store),
      hardware: {
        ...ports.hardware,
        setRelay: (lock, isUnlocked) => {
          touch('before_relay');
          ports.hardware.setRelay(lock, isUnlocked);
          touch('after_relay');
        },
        signal: (lock, reader, isGranted) => {
          if (!isDead) ports.hardware.signal(lock, reader, isGranted);
        },
      },
      link: {
        publish: (channel, message) => {
          touch('publish');
          ports.link.publish(channel, message);
        },
      },
    }),
  };
}
