/** A database server with the world in it, and clones of it in which something is switched off. */
import { generateKeyPairSync } from 'node:crypto';
import { Client, Pool } from 'pg';
import { columnTypes } from '../../apps/server/src/platform/database/connection/column-types.ts';
import { connectDatabase } from '../../apps/server/src/platform/database/index.ts';
import type { InstallationKeys } from '../../apps/server/src/platform/secrets/index.ts';
import { startDatabaseServer, testSecret } from '../../apps/server/test/database-server.ts';
import { readAll } from './changes.ts';
import { compose } from './composition/composed.ts';
import { openUndone } from './composition/undone-database.ts';
import type { Stage } from './run-cell.ts';
import { plantWorld, type World } from './world/world.ts';

export interface Theatre {
  readonly world: World;
  /** A database with the world, after these statements of the administrator, and the server over it. */
  withStage<Result>(statements: readonly string[], work: (stage: Stage) => Promise<Result>): Promise<Result>;
  /** A migrated database without a row. */
  withEmpty<Result>(work: (client: Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(url, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function plant(
  url: string,
  adminUrl: Parameters<typeof connectDatabase>[0]['adminUrl'],
  keys: InstallationKeys,
) {
  const admin = new Pool({ connectionString: url, types: columnTypes, max: 1 });
  const database = await connectDatabase({
    adminUrl,
    installationSecret: testSecret,
    report: () => undefined,
  });
  try {
    return await plantWorld({
      ...{ database, keys },
      asAdmin: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await admin.query<Row>(text, [...values])).rows,
    });
  } finally {
    await database.close();
    await admin.end();
  }
}

/** Starts PostgreSQL and plants the world in it. */
export async function openTheatre(): Promise<Theatre> {
  const server = await startDatabaseServer();
  const url = server.templateUrl.revealText();
  const template = new URL(url).pathname.slice(1);
  const clone = (of: string, name: string) =>
    onServer(url, `create database ${name} template ${of} strategy file_copy`);
  await clone(template, 'empty');
  const { privateKey: commandSigningKey } = generateKeyPairSync('ed25519');
  const keys = { installationSecret: testSecret, commandSigningKey, installationId: 'test' };
  const world = await plant(url, server.templateUrl, keys);
  let stages = 0;
  return {
    world,
    withStage: async (statements, work) => {
      stages += 1;
      const name = `stage_${String(stages)}`;
      await clone(template, name);
      const stageUrl = databaseUrl(url, name);
      for (const statement of statements) {
        const client = new Client({ connectionString: stageUrl });
        await client.connect();
        await client.query(statement);
        await client.end();
      }
      const undone = await openUndone(stageUrl);
      const composed = await compose(undone, { keys, startAt: world.madeAt });
      try {
        await undone.begin();
        const base = await readAll(undone);
        await undone.undo();
        return await work({ undone, composed, world, base });
      } finally {
        await composed.close();
        await undone.close();
      }
    },
    withEmpty: async (work) => {
      stages += 1;
      const name = `stage_${String(stages)}`;
      await clone('empty', name);
      const client = new Client({ connectionString: databaseUrl(url, name) });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    close: () => server.stop(),
  };
}
