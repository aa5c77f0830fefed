import {
  receiveAck,
  receiveEvents,
  receiveState,
  type AuthorityPorts,
  type Receipt,
} from '@claviger/authority';
import type { UpChannel } from '@claviger/protocol';
import type { Bus } from '../../platform/messaging/index.ts';

/**
 * Messages of one device that wait for their turn; a device that sends faster than this is not listened to.
 */
const waitingPerDeviceLimit = 64;

const receivers = { state: receiveState, ack: receiveAck, events: receiveEvents };

export interface DeviceConversations {
  /** A message of a device, in the order in which the broker delivered it. */
  readonly receive: (deviceId: string, channel: UpChannel, message: Uint8Array) => void;
  /** Waits until everything that was received is dealt with. */
  readonly settle: () => Promise<void>;
}

export interface Listening {
  readonly ports: AuthorityPorts;
  readonly bus: Bus;
  /** A message was refused, or dropped because too many were waiting: counted and logged, never answered. */
  readonly onRefused: (deviceId: string, cause: string) => void;
  readonly onFault: (deviceId: string, error: unknown) => void;
}

interface Turn {
  waiting: number;
  last: Promise<void>;
}

async function receiveOne(
  letter: { readonly deviceId: string; readonly channel: UpChannel; readonly message: Uint8Array },
  listening: Listening,
): Promise<void> {
  const { deviceId, channel, message } = letter;
  let receipt: Receipt;
  try {
    receipt = await receivers[channel](deviceId, message, listening.ports);
  } catch (error) {
    listening.onFault(deviceId, error);
    return;
  }
  if (!receipt.ok) listening.onRefused(deviceId, receipt.cause);
  for (const reply of receipt.replies) await listening.bus.send(deviceId, reply.channel, reply.message);
}

/** Deals with what devices say: one device's messages one after another, different devices side by side. */
export function listenToDevices(listening: Listening): DeviceConversations {
  const turns = new Map<string, Turn>();
  return {
    receive: (deviceId, channel, message) => {
      const turn = turns.get(deviceId) ?? { waiting: 0, last: Promise.resolve() };
      if (turn.waiting >= waitingPerDeviceLimit) {
        listening.onRefused(deviceId, 'too many messages');
        return;
      }
      turn.waiting += 1;
      turns.set(deviceId, turn);
      turn.last = turn.last
        .then(() => receiveOne({ deviceId, channel, message }, listening))
        .finally(() => {
          turn.waiting -= 1;
          if (turn.waiting === 0) turns.delete(deviceId);
        });
    },
    settle: async () => {
      await Promise.all([...turns.values()].map(({ last }) => last));
    },
  };
}
