/**
 * Writes apps/server/migrations/schema.sql and the table types for kysely from a freshly migrated database.
 */
import { Client } from 'pg';
import { startDatabaseServer } from '../apps/server/test/database-server.ts';
import { schemaText } from './database/schema-text.ts';
import { tableTypes } from './database/table-types.ts';
import { generate } from './generated-file.ts';

const server = await startDatabaseServer();
try {
  const client = new Client({ connectionString: server.templateUrl.revealText() });
  await client.connect();
  try {
    await generate('apps/server/migrations/schema.sql', await schemaText(client));
    await generate('apps/server/src/platform/database/tables.ts', await tableTypes(client, 'claviger'));
  } finally {
    await client.end();
  }
} finally {
  await server.stop();
}
