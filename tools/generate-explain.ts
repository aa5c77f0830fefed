/** Writes the JSON Schemas of what `claviger explain` reads and writes, from `@claviger/protocol`. */
import { answer, attempts, world } from '@claviger/protocol';
import { z } from 'zod';
import { generate } from './generated-file.ts';

/** Files are described as people write them, answers as they are given. */
const published = {
  world: z.toJSONSchema(world, { io: 'input' }),
  attempts: z.toJSONSchema(attempts, { io: 'input' }),
  answer: z.toJSONSchema(answer, { io: 'output' }),
};

for (const [name, schema] of Object.entries(published)) {
  await generate(`docs/generated/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
}
