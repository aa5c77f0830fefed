import { randomUUID } from 'node:crypto';
import type { ActivityPage, Entity, Key, KeySecrets } from '@claviger/protocol';
import { wallMinuteAt } from '../../../apps/server/test/guest-keys.ts';
import { addLocalAdmin, newestToken } from '../../../apps/server/test/people/invitations.ts';
import {
  claimBox,
  newLabel,
  type ClaimedBox,
  type Label,
  type TestApp,
} from '../../../apps/server/test/test-app.ts';
import type { TestBrowser } from '../../../apps/server/test/test-http.ts';
import type { Asking } from './asking.ts';
import { plantIncoming, plantMandate } from './requests.ts';

export type PlaceName = 'own' | 'sibling' | 'foreign';

/** In every text of an Entity; where it is read, something of that Entity was told. */
export const marks: Readonly<Record<PlaceName, string>> = {
  own: 'q7own',
  sibling: 'q7sib',
  foreign: 'q7for',
};

/** Identifiers of one Entity with everything that the product can make in it, by what a path calls them. */
export interface Place {
  readonly name: PlaceName;
  readonly ownerId: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, number>>;
  /** Of a guest Key's link, and of an invitation. */
  readonly keyToken: string;
  readonly invitationToken: string;
  /** On the box that is claimed, and on one whose claim waits for its proof. */
  readonly labels: { readonly claimed: Label; readonly claiming: Label };
}

export interface Planting extends Asking {
  readonly server: TestApp;
  readonly browser: TestBrowser;
  /** The Entity that the manager's registration made. */
  readonly homeId: string;
}

/** A picture of one point. */
export const photo = {
  type: 'image/png',
  content: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

interface Made {
  readonly id: string;
}

interface Answered {
  readonly statusCode: number;
  readonly body: string;
}

/** Refuses to go on with a world that is not whole. */
function whole<Answer extends Answered>(answer: Answer): Answer {
  if (answer.statusCode >= 300) throw new Error(answer.body);
  return answer;
}

class Planter {
  readonly #at: Planting;
  readonly mark: string;
  readonly url: string;
  readonly entityId: string;

  constructor(at: Planting, name: PlaceName, entityId: string) {
    this.#at = at;
    this.mark = marks[name];
    this.entityId = entityId;
    this.url = `/api/entities/${entityId}`;
  }

  async post(path: string, body: object = {}) {
    const headers = { 'idempotency-key': randomUUID() };
    return whole(await this.#at.browser.post(`${this.url}${path}`, body, headers));
  }

  async make(path: string, body: object): Promise<string> {
    return (await this.post(path, body)).json<Made>().id;
  }

  async get(path: string) {
    return whole(await this.#at.browser.get(`${this.url}${path}`));
  }

  async lock(name: string) {
    const label = newLabel();
    await this.#at.server.addStock(label);
    const { serial, pairingCode: code } = label;
    const id = await this.make('/locks', { serial, code, name: `${name} ${this.mark}` });
    return { label, id };
  }

  async user(name: string): Promise<string> {
    const plates = [`${this.mark} ${name}`];
    const fields = { name: `${name} ${this.mark}`, email: `${name}-${this.mark}@example.com`, plates };
    return this.make('/users', fields);
  }

  /** A Key that the person of this name holds. */
  async heldKey(name: string, lockId: string): Promise<string> {
    const now = this.#at.server.clock.now();
    const span = { validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 48) };
    const of = { name: `${name} ${this.mark}`, email: `${name}-${this.mark}@example.com` };
    const made = await this.post('/guest-keys', { lockId, ...span, ...of });
    return made.json<{ key: Key }>().key.id;
  }

  async photo(userId: string): Promise<string> {
    const type = { 'content-type': photo.type };
    const url = `${this.url}/users/${userId}/photo`;
    const answer = whole(await this.#at.browser.post(url, photo.content, type));
    return answer.json<{ photoId: string }>().photoId;
  }

  /** Somebody with this role who could sign in elsewhere. */
  async member(name: string, role: string): Promise<string> {
    const [userId, accountId] = [await this.user(name), randomUUID()];
    await this.#at.asAdmin('update claviger.users set account_id = $1 where id = $2', [accountId, userId]);
    const text = 'update claviger.memberships set role = $1, account_id = $2 where user_id = $3';
    await this.#at.asAdmin(text, [role, accountId, userId]);
    return userId;
  }
}

/** A Key that has opened the door by its PIN, and by the page of its link. */
async function plantKey(
  planter: Planter,
  at: Planting,
  { lockId, box }: { lockId: string; box: ClaimedBox },
) {
  const { server, browser } = at;
  const { version } = (await planter.get(`/locks/${lockId}`)).json<{ version: number }>();
  whole(
    await browser.request('PATCH', `${planter.url}/locks/${lockId}`, { version, minimumAssurance: 'low' }),
  );
  const now = server.clock.now();
  const span = { validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 48) };
  const made = await planter.post('/guest-keys', {
    ...{ lockId, name: `Grace ${planter.mark}`, ...span, maxUses: 9 },
    ...{ email: `grace-${planter.mark}@example.com`, withPicture: true },
  });
  const { key, secrets } = made.json<{ key: Key; secrets: KeySecrets }>();
  const pass = (ms: number): void => {
    for (const clock of [server.clock, box.boxClock]) clock.advance(ms);
    box.agent.wake();
  };
  await server.runJob('compile_list', { entityId: planter.entityId, lockId });
  await box.talk();
  pass(1_000);
  box.agent.present(1, { reader: 'keypad', text: secrets.pin ?? '' });
  pass(10_000);
  await box.talk();
  const commandId = await planter.make(`/locks/${lockId}/open`, {});
  await box.talk();
  pass(10_000);
  const token = new URL(secrets.link).hash.slice(1);
  const press = { 'idempotency-key': randomUUID() };
  const pressed = whole(await browser.post('/api/key-page/open', { token, lockId }, press));
  await box.talk();
  pass(10_000);
  await box.talk();
  const { items } = (await planter.get('/activity?advanced=true')).json<ActivityPage>();
  const event = items.find(({ type, method }) => type === 'key_accepted' && method === 'pin');
  if (!event) throw new Error('the door told of no Key');
  const ids = { keyId: key.id, commandId, keyCommandId: pressed.json<Made>().id, eventId: event.id };
  return { ids, version: key.version, token };
}

async function plantImport(planter: Planter, browser: TestBrowser): Promise<string> {
  const { id } = whole(await browser.post(`${planter.url}/unit-imports`, {})).json<Made>();
  const line = { line: 2, building: `Tower ${planter.mark}`, unit: `Loft ${planter.mark}`, floors: '5' };
  whole(await browser.post(`${planter.url}/unit-imports/${id}/lines`, { lines: [line] }));
  return id;
}

async function plantUserImport(planter: Planter, browser: TestBrowser): Promise<string> {
  const { id } = whole(await browser.post(`${planter.url}/user-imports`, {})).json<Made>();
  const line = { line: 2, name: `Ivy ${planter.mark}`, email: `ivy.${planter.mark}@example.com` };
  whole(await browser.post(`${planter.url}/user-imports/${id}/lines`, { lines: [line] }));
  return id;
}

const planters = { units: plantImport, users: plantUserImport } as const;

/** An import belongs to whoever began it. */
export async function plantOwnImport(
  at: Planting,
  place: Place,
  { browser, kind }: { readonly browser: TestBrowser; readonly kind: keyof typeof planters },
): Promise<string> {
  return planters[kind](new Planter(at, place.name, place.ids['entityId'] ?? ''), browser);
}

async function plantLocks(planter: Planter, at: Planting) {
  const first = await planter.lock('Front door');
  const box = await claimBox(at.server, first.label);
  const [unclaimed, claiming] = [await planter.lock('Back door'), await planter.lock('Cellar')];
  // The first waits for its box no more, the other as long as the cells take.
  const text = 'update claviger.claims set expires_at = $2 where lock_id = $1';
  await at.asAdmin(text, [unclaimed.id, new Date(at.server.clock.now() - 1_000)]);
  await at.asAdmin(text, [claiming.id, new Date(at.server.clock.now() + 86_400_000)]);
  return {
    lockId: first.id,
    box,
    unclaimedLockId: unclaimed.id,
    labels: { claimed: first.label, claiming: claiming.label },
  };
}

async function plantPeople(planter: Planter, at: Planting, lockId: string) {
  const [userId, leavingId, welcomedId] = [
    await planter.user('person'),
    await planter.user('leaving'),
    await planter.user('welcomed'),
  ];
  const deactivatedId = await planter.user('gone');
  const heldKeyId = await planter.heldKey('gone', lockId);
  const photoId = await planter.photo(userId);
  await planter.post(`/users/${deactivatedId}/deactivate`, { reason: `Moved ${planter.mark}` });
  const localAdminId = await planter.member('admin', 'local_admin');
  const managed = { entityId: planter.entityId, browser: at.browser };
  whole(await addLocalAdmin(managed, `invited-${planter.mark}@example.com`));
  const invitationToken = await newestToken(managed);
  const { invitations } = (await planter.get('/local-admins')).json<{ invitations: Made[] }>();
  const invitationId = invitations[0]?.id ?? '';
  const held = { heldKeyId, photoId };
  const ids = { userId, leavingId, welcomedId, deactivatedId, localAdminId, invitationId, ...held };
  return { ids, invitationToken };
}

/** A request that waits, and a Mandate under which a Key was made. */
async function plantRequests(planter: Planter, at: Planting, lockId: string) {
  const { entityId, mark } = planter;
  const incomingId = await plantIncoming(at, { entityId, lockId, mark });
  const userId = await planter.member('visitor', 'installer');
  const email = `visitor-${mark}@example.com`;
  const mandateId = await plantMandate(at, { entityId, userId, email });
  const mandatedKeyId = await planter.heldKey('made-under-mandate', lockId);
  await at.asAdmin(
    `update claviger.keys set mandate_id = $1, wanted_until = valid_until + interval '1 day' where id = $2`,
    [mandateId, mandatedKeyId],
  );
  return { incomingId, mandateId, mandatedKeyId };
}

/** Makes an Entity with one of everything in it, as its manager does by the API and its box at the door. */
export async function plantPlace(at: Planting, name: PlaceName): Promise<Place> {
  const mark = marks[name];
  const made = whole(
    await at.browser.post(`/api/entities/${at.homeId}/entities`, {
      ...{ name: `Mill ${mark}`, code: mark, kind: 'community', zone: 'Europe/Berlin' },
      ...{ description: `Mill ${mark}`, address: `Mill Lane ${mark}` },
    }),
  );
  const entity = made.json<Entity>();
  const planter = new Planter(at, name, entity.id);
  const { lockId, box, unclaimedLockId, labels } = await plantLocks(planter, at);
  const key = await plantKey(planter, at, { lockId, box });
  const buildingId = await planter.make('/buildings', { name: `Tower ${mark}` });
  const unitOf = { name: `Apartment ${mark}`, floors: [3] };
  const unitId = await planter.make(`/buildings/${buildingId}/units`, unitOf);
  const day = { name: `Feast ${mark}`, firstDate: '2027-01-06', lastDate: '2027-01-06', isYearly: true };
  const holidayId = await planter.make('/holidays', day);
  const viewId = await planter.make('/views', { list: 'keys', name: `View ${mark}`, filters: 'type=guest' });
  const people = await plantPeople(planter, at, lockId);
  const importId = await plantImport(planter, at.browser);
  const requests = await plantRequests(planter, at, lockId);
  const userImportId = await plantUserImport(planter, at.browser);
  const [owned] = await at.asAdmin<{ owner_id: string }>(
    'select owner_id from claviger.entities where id = $1',
    [entity.id],
  );
  const { version: lockVersion } = (await planter.get(`/locks/${lockId}`)).json<{ version: number }>();
  return {
    ...{ name, ownerId: owned?.owner_id ?? '', keyToken: key.token, labels },
    invitationToken: people.invitationToken,
    ids: {
      ...{ entityId: entity.id, lockId, unclaimedLockId, buildingId, unitId, holidayId, importId },
      viewId,
      ...{ userImportId, deviceId: box.deviceId, ...key.ids, ...people.ids, ...requests },
    },
    versions: { entity: entity.version, lock: lockVersion, key: key.version, other: 1 },
  };
}
