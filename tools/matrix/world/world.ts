/**
 * The world that the matrix asks about: three Entities with one of everything in them, and everybody who may
 * call. *Own* is the Entity of the members, *sibling* another one of its Owner, *foreign* one of another
 * Owner.
 */
import type { Database } from '../../../apps/server/src/platform/database/index.ts';
import type { InstallationKeys } from '../../../apps/server/src/platform/secrets/index.ts';
import { openHome } from '../../../apps/server/test/guest-keys.ts';
import { SoftwarePasskey } from '../../../apps/server/test/people/software-passkey.ts';
import { totpAt } from '../../../apps/server/test/people/totp.ts';
import { createTestApp, newLabel, type Label } from '../../../apps/server/test/test-app.ts';
import { openTestAuthentication, TestBrowser } from '../../../apps/server/test/test-http.ts';
import { memberRoles, password, plantAccount, plantMember, type Actor } from './people.ts';
import type { Asking } from './asking.ts';
import { marks, plantOwnImport, plantPlace, type Place, type PlaceName } from './place.ts';

export interface World {
  readonly places: Readonly<Record<PlaceName, Place>>;
  readonly actors: readonly Actor[];
  /** In the stock, and nobody's. */
  readonly stock: Label;
  /** An Account that signs in, and one that needs a code for it. */
  readonly spare: Actor;
  readonly careful: Actor & { readonly secretUri: string };
  /** What the clock of the server showed in the end. */
  readonly madeAt: number;
  /** One that no Account has. */
  readonly newPasskey: () => SoftwarePasskey;
}

interface WorldPorts extends Asking {
  readonly database: Database;
  readonly keys: InstallationKeys;
}

/** A registered person, who makes Entities; registering made a home that no cell is about. */
async function openOwner(
  ports: WorldPorts,
  server: Awaited<ReturnType<typeof createTestApp>>,
  email: string,
) {
  const { browser, entityId: homeId } = await openHome(server, { email });
  const [home] = await ports.asAdmin<{ owner_id: string }>(
    'select owner_id from claviger.entities where id = $1',
    [homeId],
  );
  return { ...ports, server, browser, homeId, ownerId: home?.owner_id ?? '' };
}

async function plantCareful(ports: Parameters<typeof plantAccount>[0]): Promise<World['careful']> {
  const actor = await plantAccount(ports, { role: 'account', state: 'live' }, 'careful@example.com');
  const browser = new TestBrowser(ports.server.app.portal);
  await browser.post('/api/sign-in', { email: actor.email, password });
  const begun = (await browser.post('/api/account/authenticator', { password })).json<{ uri: string }>();
  const done = await browser.post('/api/account/authenticator/finish', { code: totpAt(begun.uri) });
  if (done.statusCode !== 200) throw new Error(done.body);
  return { ...actor, secretUri: begun.uri };
}

/** Plants it in a migrated, empty database; everything is committed. */
export async function plantWorld(ports: WorldPorts): Promise<World> {
  const server = await createTestApp(ports, ports.keys);
  const { authentication } = openTestAuthentication(ports);
  const peoplePorts = { ...ports, server, authentication };
  const forgetLimits = () => ports.asAdmin('delete from claviger.rate_limits');
  const ada = await openOwner(ports, server, 'ada@example.com');
  const bob = await openOwner(ports, server, 'bob@example.com');
  const eve = await openOwner(ports, server, 'eve@example.com');
  const places = {
    own: await plantPlace(ada, 'own'),
    sibling: await plantPlace(ada, 'sibling'),
    foreign: await plantPlace(bob, 'foreign'),
  };
  const elsewhere = { ownerId: eve.ownerId, entityId: eve.homeId };
  const actors: Actor[] = [{ role: 'nobody', state: 'live', email: '', cookie: '' }];
  for (const role of memberRoles) {
    for (const state of ['live', 'deactivated', 'ended', 'unseen'] as const) {
      server.clock.advance(5_000);
      await forgetLimits();
      actors.push(await plantMember(peoplePorts, { place: places.own, elsewhere }, { role, state }));
    }
  }
  const strangers = [
    ['operator', 'live'],
    ['operator', 'unseen'],
    ['account', 'live'],
  ] as const;
  for (const [role, state] of strangers) {
    await forgetLimits();
    actors.push(await plantAccount(peoplePorts, { role, state }, `${role}-${state}@example.com`));
  }
  for (const actor of actors.filter(({ userId }) => userId !== undefined)) {
    const [view] = await ports.asAdmin<{ id: string }>(
      `insert into claviger.saved_views (entity_id, id, user_id, list, name, filters)
        values ($1, gen_random_uuid(), $2, 'users', $3, 'status=active') returning id`,
      [places.own.ids['entityId'], actor.userId, `Own ${marks.own}`],
    );
    if (view) actor.viewId = view.id;
  }
  for (const { accountId } of actors.filter(({ role }) => role === 'operator')) {
    await ports.asAdmin('insert into claviger.operators (account_id) values ($1)', [accountId]);
  }
  await forgetLimits();
  const spare = await plantAccount(peoplePorts, { role: 'account', state: 'live' }, 'spare@example.com');
  const careful = await plantCareful(peoplePorts);
  const managers = ['community_manager', 'local_admin'];
  for (const actor of actors.filter(({ role, state }) => managers.includes(role) && state === 'live')) {
    const browser = new TestBrowser(server.app.portal);
    await browser.post('/api/sign-in', { email: actor.email, password });
    actor.userImportId = await plantOwnImport(ada, places.own, { browser, kind: 'users' });
    if (actor.role !== 'community_manager') continue;
    actor.importId = await plantOwnImport(ada, places.own, { browser, kind: 'units' });
  }
  const stock = newLabel();
  await server.addStock(stock);
  await forgetLimits();
  const madeAt = server.clock.now();
  await server.close();
  return { places, actors, stock, spare, careful, madeAt, newPasskey: () => new SoftwarePasskey() };
}
