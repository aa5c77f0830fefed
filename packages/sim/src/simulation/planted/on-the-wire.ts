import { keyIdOf, verifierOf } from '@claviger/agent';
import {
  commandMessage,
  decodeAccessList,
  encodeAccessList,
  eventsMessage,
  decodeEvent,
  helloMessage,
  listHeadMessage,
  listPieceMessage,
  openMessage,
  sealMessage,
  storedMessage,
  type CommandMessage,
  type ListHeadMessage,
  type MessageKind,
  type Verify,
} from '@claviger/protocol';
import type { AccessList } from '@claviger/domain';
import { hashOf } from '../../crypto.ts';
import type { DoorBox } from '../street/box-face.ts';
import type { DownLetter } from '../street/cause.ts';
import type { Bug, Planted } from './planted.ts';

const believe = (): boolean => true;

/** The bugs are in what the box does with what the server has said: what others say they do not touch. */
export function genuine(box: DoorBox): Verify {
  const key = box.ring.keyOf('server');
  return verifierOf([key.publicKey], box.ring.cryptoOf(key, 'server'));
}

/** A message as the server would have signed it. */
export function signed<Body>(box: DoorBox, kind: MessageKind<Body>, body: Body): Uint8Array {
  const key = box.ring.keyOf('server');
  return sealMessage(kind, body, { keyId: keyIdOf(key.publicKey, hashOf), sign: key.sign });
}

/** The box takes each command for this one. */
function mistakingCommands(change: (body: CommandMessage, box: DoorBox) => CommandMessage): Partial<Planted> {
  return {
    letter: (letter, box) => {
      const opened =
        letter.channel === 'command' ? openMessage(commandMessage, letter.message, genuine(box)) : undefined;
      if (!opened?.ok) return [letter];
      return [{ channel: 'command', message: signed(box, commandMessage, change(opened.body, box)) }];
    },
  };
}

/** The box takes each list of one piece for another one, and does not notice. */
function mistakingLists(
  change: (list: AccessList, box: DoorBox, head: ListHeadMessage) => AccessList,
  isMistaken: (head: ListHeadMessage, box: DoorBox) => boolean = believe,
): Partial<Planted> {
  const heads = new Map<string, ListHeadMessage>();
  return {
    letter: (letter, box): readonly DownLetter[] => {
      const begun = openMessage(listHeadMessage, letter.message, genuine(box));
      if (begun.ok) {
        if (!isMistaken(begun.body, box)) return [letter];
        heads.set(`${box.name} ${String(begun.body.hash)}`, begun.body);
        return [];
      }
      const piece = openMessage(listPieceMessage, letter.message, genuine(box));
      const body = piece.ok ? heads.get(`${box.name} ${String(piece.body.hash)}`) : undefined;
      if (!piece.ok || !body) return [letter];
      const list = encodeAccessList(change(decodeAccessList(piece.body.piece), box, body));
      const hash = hashOf(list);
      const { device } = body;
      const changed = { ...body, hash, ownershipEpoch: box.epoch() };
      const { ownershipEpoch } = changed;
      return [
        { channel: 'sync', message: signed(box, listHeadMessage, changed) },
        {
          channel: 'sync',
          message: signed(box, listPieceMessage, { device, ownershipEpoch, hash, index: 0, piece: list }),
        },
      ];
    },
  };
}

/** The longest life that a box believes in. */
const longestLifeMs = 30_000;

/** The nonce that each box said last. */
function ignoringBoots(): Partial<Planted> {
  const nonces = new Map<DoorBox, Uint8Array>();
  return {
    ...mistakingCommands((body, box) => ({
      ...body,
      bootNonce: nonces.get(box) ?? body.bootNonce,
      notAfter: body.issuedAt + longestLifeMs,
      sequence: body.sequence + 10_000 * box.boots(),
    })),
    echo: ({ channel, message }, box) => {
      const hello = channel === 'state' ? openMessage(helloMessage, message, believe) : undefined;
      if (hello?.ok) nonces.set(box, hello.body.bootNonce);
      return undefined;
    },
  };
}

/** What the broker has taken counts as stored. */
const believingBroker: Planted['echo'] = ({ channel, message }, box) => {
  const batch = channel === 'events' ? openMessage(eventsMessage, message, believe) : undefined;
  const last = batch?.ok ? batch.body.events.at(-1) : undefined;
  if (!batch?.ok || !last) return undefined;
  const { device, ownershipEpoch, logEpoch } = batch.body;
  const through = decodeEvent(last).sequence;
  const body = { device, ownershipEpoch, logEpoch, through, hash: undefined };
  return { channel: 'sync', message: signed(box, storedMessage, body) };
};

/** Bugs in what a box makes of what it hears. */
export const wireBugs: readonly Bug[] = [
  {
    name: 'puback_believed',
    what: 'events are forgotten when the broker has taken them',
    breaks: ['I7'],
    plant: () => ({ echo: believingBroker }),
  },
  {
    name: 'half_read_list',
    what: 'a door decides by the half of a list',
    breaks: ['I5'],
    plant: () =>
      mistakingLists((list) => ({
        ...list,
        keys: list.keys.slice(0, Math.ceil(list.keys.length / 2)),
        credentials: [],
      })),
  },
  {
    name: 'epoch_ignored',
    what: 'a list of the former owner is taken',
    // It was never made for this lock (I5), before anybody of the former owner comes (I11).
    breaks: ['I5', 'I11'],
    plant: () =>
      mistakingLists(
        (list, box, { lock }) => {
          const id = box.locks.find(({ number }) => number === lock)?.id ?? list.lock.id;
          return { ...list, ownershipEpoch: box.epoch(), lock: { ...list.lock, id } };
        },
        (head, box) => head.ownershipEpoch !== box.epoch(),
      ),
  },
  {
    name: 'late_command',
    what: 'a command opens after its life',
    breaks: ['I6'],
    plant: () => mistakingCommands((body) => ({ ...body, notAfter: body.issuedAt + longestLifeMs })),
  },
  {
    name: 'boot_ignored',
    what: 'a command for an earlier start opens',
    breaks: ['I6'],
    plant: ignoringBoots,
  },
  {
    name: 'any_signature',
    what: 'a signature is not verified',
    breaks: ['I6'],
    plant: () => ({ ports: (ports) => ({ ...ports, crypto: { ...ports.crypto, verify: believe } }) }),
  },
  {
    name: 'older_disk_unnoticed',
    what: 'a box does not hear that its history is another one',
    breaks: ['I4'],
    plant: () => ({
      letter: (letter) => {
        const stored = openMessage(storedMessage, letter.message, believe);
        return stored.ok && stored.body.hash !== undefined ? [] : [letter];
      },
    }),
  },
];
