/** Cells of what is sent without being asked for: live streams of an Entity, and topics of the broker. */
import { setTimeout as pause } from 'node:timers/promises';
import { mayLeaveWill, maySubscribe, mayPublish, topicOf, type Channel, type Peer } from '@claviger/protocol';
import {
  liveChannel,
  rolesChangedChannel,
  type LiveNotice,
} from '../../apps/server/src/platform/live/index.ts';
import { refusals } from './expected/answers.ts';
import { members } from './expected/roles.ts';
import { brokerTopics, followers, streamTopics } from './expected/topics.ts';
import { Caller, type Followed } from './asks/caller.ts';
import type { Stage } from './run-cell.ts';
import type { Tally } from './tally.ts';
import type { Actor } from './world/people.ts';
import { marks, type Place } from './world/place.ts';

/** A notice comes within milliseconds; what has not come by then does not come. */
const waitLimitMs = 5_000;
const lookEveryMs = 5;

async function until(isThere: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < waitLimitMs && !isThere(); waited += lookEveryMs) await pause(lookEveryMs);
  return isThere();
}

type Topic = (typeof streamTopics)[number];

/** What the stream of this Entity carries for a topic: what is told, and what a message then has in it. */
async function toldOf({ undone }: Stage, { ids, name }: Place) {
  const [log] = await undone.tenants.asAdmin<{ epoch: number; first: number; last: number }>(
    `select log_epoch as epoch, min(sequence) as first, max(sequence) as last from claviger.activity_events
      where entity_id = $1 group by log_epoch limit 1`,
    [ids['entityId']],
  );
  const { epoch = 0, first = 0, last = 0 } = log ?? {};
  const stored = { deviceId: ids['deviceId'] ?? '', logEpoch: epoch, from: first, through: last };
  const notices: Record<Topic, LiveNotice> = {
    lock: { topic: 'lock', id: ids['lockId'] ?? '' },
    command: { topic: 'command', id: ids['commandId'] ?? '' },
    activity: { topic: 'stored', ...stored },
  };
  const inMessage: Record<Topic, string> = {
    ...{
      lock: `"lock","id":"${ids['lockId'] ?? ''}"`,
      command: `"command","id":"${ids['commandId'] ?? ''}"`,
    },
    activity: marks[name],
  };
  return { notices, inMessage };
}

async function tellAll(stage: Stage): Promise<void> {
  for (const place of Object.values(stage.world.places)) {
    const { notices } = await toldOf(stage, place);
    for (const topic of streamTopics) {
      stage.undone.tell(
        liveChannel,
        JSON.stringify({ entityId: place.ids['entityId'], notice: notices[topic] }),
      );
    }
  }
}

/** Hears everything that is told of every Entity, up to the last word of the own one. */
async function listenFindings(stage: Stage, followed: Followed): Promise<string[]> {
  await tellAll(stage);
  const last = '00000000-0000-4000-8000-00000000face';
  const entityId = stage.world.places.own.ids['entityId'];
  stage.undone.tell(liveChannel, JSON.stringify({ entityId, notice: { topic: 'lock', id: last } }));
  if (!(await until(() => followed.text().includes(last)))) return ['hears nothing of its own Entity'];
  const findings: string[] = [];
  for (const place of Object.values(stage.world.places)) {
    const { inMessage } = await toldOf(stage, place);
    for (const topic of streamTopics) {
      const isHeard = followed.text().toLowerCase().includes(inMessage[topic].toLowerCase());
      if (isHeard !== (place.name === 'own')) {
        findings.push(`${isHeard ? 'hears' : 'does not hear'} ${topic} of ${place.name}`);
      }
    }
  }
  return findings;
}

const endings: Readonly<Record<string, string>> = {
  'its Membership is over': `update claviger.memberships set until = now() where user_id = $1`,
  'its User is deactivated': `update claviger.users set status = 'deactivated' where id = $1`,
  'its role is another': `update claviger.memberships set role = 'resident' where user_id = $1`,
};

async function endingFindings(
  stage: Stage,
  { followed, userId, why }: { followed: Followed; userId: string | undefined; why: string },
): Promise<string[]> {
  await stage.undone.tenants.asAdmin(endings[why] ?? '', [userId]);
  const { entityId } = stage.world.places.own.ids;
  stage.undone.tell(rolesChangedChannel, JSON.stringify({ entityId }));
  return (await until(() => followed.hasEnded())) ? [] : [`goes on when ${why}`];
}

function expectedStatus({ role, state }: Actor, place: Place): number {
  if (role === 'nobody') return refusals.notSignedIn;
  const isMember = role in members && (state === 'live' || state === 'unseen') && place.name === 'own';
  if (!isMember) return refusals.notThere;
  return followers.includes(role) ? 200 : refusals.notPermitted;
}

async function followFindings(stage: Stage, actor: Actor, { place, why }: { place: Place; why?: string }) {
  const { undone, composed } = stage;
  composed.clock.advance(1_000);
  await undone.begin();
  try {
    const caller = new Caller(composed.app.portal, actor.cookie);
    const followed = await caller.follow(`/api/entities/${place.ids['entityId'] ?? ''}/live`);
    try {
      const expected = expectedStatus(actor, place);
      if (followed.status !== expected) return [`answers ${followed.status} instead of ${expected}`];
      if (expected !== 200) return [];
      return why === undefined
        ? await listenFindings(stage, followed)
        : await endingFindings(stage, { followed, userId: actor.userId, why });
    } finally {
      followed.close();
    }
  } finally {
    await undone.undo();
  }
}

/** Every stream of every Entity, for everybody: what it carries, and that it ends with the role. */
export async function runStreams(stage: Stage): Promise<Tally> {
  const tally: Tally = { cells: 0, allowed: 0, leaks: [] };
  for (const actor of stage.world.actors) {
    for (const place of Object.values(stage.world.places)) {
      const isOpen = expectedStatus(actor, place) === 200;
      const findings = await followFindings(stage, actor, { place });
      tally.cells += streamTopics.length;
      tally.allowed += isOpen ? streamTopics.length : 0;
      for (const why of isOpen ? Object.keys(endings) : []) {
        tally.cells += 1;
        findings.push(...(await followFindings(stage, actor, { place, why })));
      }
      tally.leaks.push(
        ...findings.map((what) => `stream of ${place.name}: ${actor.state} ${actor.role} ${what}`),
      );
    }
  }
  return tally;
}

const deviceIds = { own: '1', sibling: '2', foreign: '3' } as const;

type Device = keyof typeof deviceIds;

function idOf(device: Device): string {
  return `00000000-0000-4000-8000-00000000000${deviceIds[device]}`;
}

const peers: Readonly<Record<string, Peer>> = {
  device: { kind: 'device', deviceId: idOf('own') },
  server: { kind: 'server' },
};

/** What a connection may do with a topic, by the rule that the broker asks. */
const verbs: Readonly<Record<string, (peer: Peer, channel: Channel, deviceId: string) => boolean>> = {
  publish: (peer, channel, deviceId) => mayPublish(peer, topicOf(deviceId, channel)),
  subscribe: (peer, channel, deviceId) => maySubscribe(peer, topicOf(deviceId, channel)),
  subscribe_all: (peer, channel) => maySubscribe(peer, topicOf('+', channel)),
  will: (peer, channel, deviceId) => mayLeaveWill(peer, topicOf(deviceId, channel)),
};

interface TopicCell {
  readonly channel: string;
  readonly peer: string;
  readonly verb: string;
  readonly device: Device;
  readonly isExpected: boolean;
}

function topicCells(): TopicCell[] {
  const whose = Object.keys(deviceIds) as Device[];
  return Object.entries(brokerTopics).flatMap(([channel, expected]) =>
    Object.entries(expected).flatMap(([peer, words]) =>
      Object.keys(verbs).flatMap((verb) =>
        whose.map((device) => {
          const isOwn = peer === 'server' || device === 'own' || verb === 'subscribe_all';
          return { channel, peer, verb, device, isExpected: isOwn && words.split(' ').includes(verb) };
        }),
      ),
    ),
  );
}

/** Every topic of the broker, for the own device, another one, and the server. */
export function runTopics(): Tally {
  const cells = topicCells();
  const wrong = cells.filter(({ channel, peer, verb, device, isExpected }) => {
    const asked = peers[peer];
    return asked === undefined || verbs[verb]?.(asked, channel as Channel, idOf(device)) !== isExpected;
  });
  return {
    cells: cells.length,
    allowed: cells.filter(({ isExpected }) => isExpected).length,
    leaks: wrong.map(
      ({ channel, peer, verb, device, isExpected }) =>
        `topic ${channel} of ${device}: ${peer} ${isExpected ? 'may not' : 'may'} ${verb}`,
    ),
  };
}
