/** A server with its database, spoken to over HTTP by a signed-in manager, and beside it bare connections. */
import type {} from '../../apps/server/test/global-setup.ts';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { startDatabaseServer, testSecret } from '../../apps/server/test/database-server.ts';
import { openHome } from '../../apps/server/test/guest-keys.ts';
import { createTestApp } from '../../apps/server/test/test-app.ts';
import { testOrigin } from '../../apps/server/test/test-http.ts';
import { loginUrl } from '../../apps/server/src/platform/database/connection/login.ts';
import { connectDatabase } from '../../apps/server/src/platform/database/index.ts';
import { visitOf } from '../../apps/server/src/platform/http/access/visit.ts';
import { doorkeeper } from '../../apps/server/src/platform/http/index.ts';

type Rows = Record<string, unknown>[];

export interface ListSite {
  readonly entityId: string;
  readonly ownerId: string;
  readonly lockId: string;
  /** A call of the manager over HTTP; its answer. Refuses what is not answered 200. */
  readonly get: (path: string) => Promise<string>;
  /** While true the caller of a call is not looked up: who it was the first time is let in. */
  readonly skipSession: (isSkipped: boolean) => void;
  /** As the owner of the database, whom no policy concerns. */
  readonly admin: (text: string, values?: readonly unknown[]) => Promise<Rows>;
  /** As the server's role, in the scope of the Entity or of its Owner, on a connection of its own. */
  readonly scoped: (kind: 'entity' | 'owner') => Promise<Client>;
  /** One bare connection more. */
  readonly bare: () => Promise<Client>;
  readonly close: () => Promise<void>;
}

/** Callers at once, over HTTP and of the bare loop. */
export const callers = 8;
/** An Account has fifteen calls a second; the clock of this server goes so far with each. */
const perCallMs = 100;

/** Lets in whoever was let in before, without asking anything, where that is wanted. */
function rememberingDoorkeeper() {
  let isSkipped = false;
  let known: ReturnType<typeof visitOf>['actor'];
  const keeper: typeof doorkeeper = {
    ...doorkeeper,
    letIn: async (ports, route, at) => {
      if (isSkipped && known) {
        visitOf(at.request).actor = known;
        return;
      }
      await doorkeeper.letIn(ports, route, at);
      known = visitOf(at.request).actor ?? known;
    },
  };
  return { keeper, skip: (value: boolean) => void (isSkipped = value) };
}

function getter(port: number, cookie: string, tick: () => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const { host } = new URL(testOrigin);
  const headers = { cookie, host, origin: testOrigin, 'sec-fetch-site': 'same-origin' };
  const get = (path: string): Promise<string> => {
    tick();
    return new Promise((resolve, reject) => {
      const asked = request({ agent, host: '127.0.0.1', port, path, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${path} answers ${String(answer.statusCode)}: ${text}`));
        });
      });
      asked.on('error', reject);
      asked.end();
    });
  };
  return { get, end: () => agent.destroy() };
}

/** Starts everything; `close` ends and removes it. */
export async function openListSite(): Promise<ListSite> {
  const server = await startDatabaseServer();
  const adminUrl = server.templateUrl;
  const database = await connectDatabase({
    adminUrl,
    installationSecret: testSecret,
    report: () => undefined,
  });
  const { keeper, skip } = rememberingDoorkeeper();
  const app = await createTestApp({ database }, undefined, keeper);
  const home = await openHome(app);
  await app.app.portal.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.app.portal.server.address() as AddressInfo;
  const http = getter(port, home.browser.cookie, () => {
    app.clock.advance(perCallMs);
  });
  const open: Client[] = [];
  const connect = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    open.push(client);
    return client;
  };
  const bare = () => connect(adminUrl.revealText());
  const owner = await bare();
  const admin = async (text: string, values: readonly unknown[] = []): Promise<Rows> =>
    (await owner.query<Record<string, unknown>>(text, [...values])).rows;
  const [entity] = await admin('select owner_id from claviger.entities where id = $1', [home.entityId]);
  const ids = { entity: home.entityId, owner: String(entity?.['owner_id']) };
  return {
    ...{ entityId: ids.entity, ownerId: ids.owner, lockId: home.lockId, get: http.get, skipSession: skip },
    ...{ admin, bare },
    scoped: async (kind) => {
      const client = await connect(loginUrl(adminUrl, 'claviger_app', testSecret));
      await client.query(
        `select set_config('claviger.scope_kind', $1, false), set_config('claviger.scope_id', $2, false)`,
        [kind, ids[kind]],
      );
      return client;
    },
    close: async () => {
      http.end();
      await app.close();
      for (const client of open) await client.end();
      await database.close();
      await server.stop();
    },
  };
}

/** So many times, by all callers at once. */
export function byAll(work: (caller: number) => Promise<unknown>): (times: number) => Promise<void> {
  return async (times) => {
    let left = times;
    const callOn = async (caller: number): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await work(caller);
      }
    };
    await Promise.all(Array.from({ length: callers }, (_, caller) => callOn(caller)));
  };
}

/** So many times, one after the other. */
export function oneByOne(work: () => Promise<unknown>): (times: number) => Promise<void> {
  return async (times) => {
    for (let time = 0; time < times; time += 1) await work();
  };
}
