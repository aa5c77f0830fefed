import { detailOf, type DoorStage, type Reason } from '@claviger/domain';
import {
  ackMessage,
  areEqual,
  eventsMessage,
  helloMessage,
  openMessage,
  sealMessage,
  storedMessage,
  timeMessage,
  type HelloMessage,
  type TimeMessage,
} from '@claviger/protocol';
import type { Core } from './core.ts';
import { commandMemory, recall } from './memory/memory.ts';
import type { Recovery } from './recovery/recovery.ts';

/** How often the door says hello while it is connected. */
export const helloEveryMs = 30_000;

/** A batch that was not confirmed within this time is sent again. */
export const resendAfterMs = 5_000;

/** Smaller differences are the ordinary drift of a quartz and not worth an event. */
const notableStepMs = 1_000;

/** More hellos than a door says while one answer is on its way; what answers an older one is strange. */
const overtakenLimit = 64;

/** What the uplink needs of the rest of the agent. */
export interface UplinkParts {
  readonly core: Core;
  /** What a hello says of the doors and their lists. */
  readonly present: () => Pick<HelloMessage, 'doors' | 'lists'>;
  /** The server named the lists that are current at this time. */
  readonly confirm: (lists: TimeMessage['lists'], at: number) => void;
  readonly recovery: Pick<Recovery, 'begin' | 'goOn' | 'isAwaited' | 'isInDoubt' | 'isDoubtOwn'>;
}

/**
 * Everything the door tells the server, and the two answers that concern it: the time, and what is stored.
 */
export interface Uplink {
  readonly linkUp: () => void;
  readonly linkDown: () => void;
  /** Sends the oldest waiting events, unless a batch is under way. */
  readonly flush: () => void;
  /** Says hello at once: the state of a door has changed. */
  readonly hello: () => void;
  readonly acknowledge: (command: Uint8Array, stage: DoorStage, reason?: Reason) => void;
  /** False if it is not a valid time or stored message. */
  readonly receive: (message: Uint8Array) => boolean;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
}

interface Question {
  readonly nonce: Uint8Array;
  readonly askedAt: number;
}

interface Sent {
  readonly at: number;
  readonly through: number;
}

interface LinkState {
  isUp: boolean;
  helloNumber: number;
  helloDueAt: number;
  question: Question | undefined;
  /** Nonces of those that were still open when the next one was asked: their answers may be on their way. */
  readonly overtaken: Uint8Array[];
  batch: Sent | undefined;
  /** The newest time that the server told this boot. */
  heardAt: number | undefined;
  /** Whether it told the time in this connection. */
  isAnswered: boolean;
}

function isForUs(
  core: Core,
  body: { readonly device: Uint8Array; readonly ownershipEpoch: number },
): boolean {
  return areEqual(body.device, core.device) && body.ownershipEpoch === core.ownershipEpoch;
}

function sendHello({ core, present, recovery }: UplinkParts, link: LinkState): void {
  const question = { nonce: core.crypto.random(16), askedAt: core.mono() };
  if (link.question) link.overtaken.push(link.question.nonce);
  link.overtaken.splice(0, link.overtaken.length - overtakenLimit);
  link.question = question;
  link.helloNumber += 1;
  link.helloDueAt = core.mono() + helloEveryMs;
  const body: HelloMessage = {
    device: core.device,
    ownershipEpoch: core.ownershipEpoch,
    bootNonce: core.bootNonce,
    bootNumber: core.bootNumber,
    helloNumber: link.helloNumber,
    timeNonce: question.nonce,
    logEpoch: core.journal.logEpoch(),
    lastSequence: core.journal.lastSequence(),
    commandSequence: core.store.transact((transaction) => recall(transaction, commandMemory).sequence),
    agentVersion: core.identity.agentVersion,
    heardAt: link.heardAt,
    ...(recovery.isInDoubt() && { isInDoubt: true }),
    ...(recovery.isDoubtOwn() && { isDoubtOwn: true }),
    ...present(),
  };
  core.link.publish('state', sealMessage(helloMessage, body, core.signer));
}

function sendBatch(core: Core): Sent | undefined {
  const next = core.journal.nextBatch();
  if (!next) return undefined;
  const { through, ...batch } = next;
  const { device, ownershipEpoch, bootNonce } = core;
  const body = { device, ownershipEpoch, bootNonce, logEpoch: core.journal.logEpoch(), ...batch };
  core.link.publish('events', sealMessage(eventsMessage, body, core.signer));
  return { at: core.mono(), through };
}

/** True if the message is a valid answer about the time, used or not. */
function receiveTime(parts: UplinkParts, link: LinkState, message: Uint8Array): boolean {
  const { core, confirm } = parts;
  const opened = openMessage(timeMessage, message, core.verify);
  if (!opened.ok || !isForUs(core, opened.body)) return false;
  const { question, overtaken } = link;
  const isAnswerTo = (nonce: Uint8Array): boolean => areEqual(nonce, opened.body.nonce);
  if (!question || !isAnswerTo(question.nonce)) return overtaken.some(isAnswerTo);
  const stepMs = core.time.set(opened.body.at, question.askedAt);
  confirm(opened.body.lists, opened.body.at);
  link.question = undefined;
  link.heardAt = Math.max(link.heardAt ?? 0, opened.body.at);
  if (stepMs !== undefined && Math.abs(stepMs) >= notableStepMs) {
    core.keep([
      { lock: core.firstLock, type: 'clock_set', detail: detailOf('clock_step_ms', Math.round(stepMs)) },
    ]);
  }
  // The first hello of a boot proves nothing about when it was written; this one does.
  if (!link.isAnswered) sendHello(parts, link);
  link.isAnswered = true;
  return true;
}

/** True if the message is a valid confirmation of what is stored. */
function receiveStored(parts: UplinkParts, link: LinkState, message: Uint8Array): boolean {
  const { core, recovery } = parts;
  const opened = openMessage(storedMessage, message, core.verify);
  if (!opened.ok || !isForUs(core, opened.body)) return false;
  const { through, hash, next, logEpoch } = opened.body;
  const present = core.journal.logEpoch();
  if (logEpoch !== present) return logEpoch < present;
  if (next) {
    const isForThisBoot = recovery.goOn(opened.body);
    if (core.journal.logEpoch() === present) return isForThisBoot;
    link.batch = undefined;
    sendHello(parts, link);
    return true;
  }
  if (!core.journal.forget(through, hash)) {
    // The batch stays under way: sent again at once it would be answered at once, for ever.
    recovery.begin();
    return true;
  }
  if (link.batch && through >= link.batch.through) link.batch = undefined;
  if (recovery.isAwaited() && !core.journal.nextBatch()) sendHello(parts, link);
  return true;
}

export function createUplink(parts: UplinkParts): Uplink {
  const { core } = parts;
  const link: LinkState = {
    isUp: false,
    helloNumber: 0,
    helloDueAt: 0,
    question: undefined,
    overtaken: [],
    batch: undefined,
    heardAt: undefined,
    isAnswered: false,
  };
  const { device, ownershipEpoch, mono } = core;

  const hello = (): void => {
    if (link.isUp) sendHello(parts, link);
  };
  const flush = (): void => {
    if (!link.isUp || (link.batch && mono() - link.batch.at < resendAfterMs)) return;
    link.batch = sendBatch(core);
  };

  return {
    linkUp: () => {
      Object.assign(link, { isUp: true, question: undefined, batch: undefined, isAnswered: false });
      hello();
    },
    linkDown: () => {
      Object.assign(link, { isUp: false, question: undefined, batch: undefined });
    },
    flush,
    hello,
    acknowledge: (command, stage, reason) => {
      const body = { device, ownershipEpoch, command, stage, ...(reason === undefined ? {} : { reason }) };
      if (link.isUp) core.link.publish('ack', sealMessage(ackMessage, body, core.signer));
    },
    receive: (message) => receiveTime(parts, link, message) || receiveStored(parts, link, message),
    tick: () => {
      if (link.isUp && mono() >= link.helloDueAt) hello();
    },
    nextTickAt: () => {
      if (!link.isUp) return undefined;
      return link.batch ? Math.min(link.helloDueAt, link.batch.at + resendAfterMs) : link.helloDueAt;
    },
  };
}
