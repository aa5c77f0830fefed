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

/** Throws where the power is off, or fails just now. */
type Touch = (what: CutPoint) => void;

/** The disk loses its power between any two writes, and just after a commit. */
function poweredStore(store: Store, isDead: () => boolean, touch: Touch): Store {
  return {
    transact: (work) => {
      if (isDead()) throw new PowerCut('the power is off');
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
  };
}

function poweredPorts(ports: Ports, isDead: () => boolean, touch: Touch): Ports {
  const { hardware, link } = ports;
  return {
    ...ports,
    store: poweredStore(ports.store, isDead, touch),
    hardware: {
      ...hardware,
      setRelay: (lock, isUnlocked) => {
        touch('before_relay');
        hardware.setRelay(lock, isUnlocked);
        touch('after_relay');
      },
      signal: (lock, reader, isGranted) => {
        if (!isDead()) hardware.signal(lock, reader, isGranted);
      },
    },
    link: {
      publish: (channel, message) => {
        touch('publish');
        link.publish(channel, message);
      },
    },
  };
}

export function createPower(): Power {
  let dead = false;
  let callsLeft = Infinity;
  let point: CutPoint | undefined;
  const isDead = (): boolean => dead;
  const touch: Touch = (what) => {
    if (dead) throw new PowerCut('the power is off');
    callsLeft -= 1;
    if (callsLeft >= 0) return;
    dead = true;
    point = what;
    throw new PowerCut(`the power fails: ${what}`);
  };
  return {
    isDead,
    failAfter: (calls) => {
      callsLeft = calls;
    },
    hold: () => {
      callsLeft = Infinity;
    },
    die: () => {
      dead = true;
    },
    cutAt: () => point,
    between: (ports) => poweredPorts(ports, isDead, touch),
  };
}
