import type { TestProject } from 'vitest/node';
import { startDatabaseServer, type DatabaseServer } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseTemplateUrl: string;
  }
}

let server: DatabaseServer | undefined;

/** One PostgreSQL for all test files of the run, with one migrated database to clone. */
export async function setup(project: TestProject): Promise<void> {
  server = await startDatabaseServer();
  project.provide('databaseTemplateUrl', server.templateUrl.revealText());
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
