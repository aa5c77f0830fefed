/**
 * Writes docs/generated/asyncapi.json (AsyncAPI 3.0), errors.md, mosquitto.acl and the JSON Schemas of what
 * `claviger explain` reads and writes, from `@claviger/protocol`.
 */
import {
  answer,
  attempts,
  channels,
  envelopeVersion,
  errorAdvice,
  type ErrorCode,
  errorStatuses,
  eventSchema,
  messageKinds,
  messageSizeLimit,
  mosquittoAccessFile,
  topicOf,
  world,
} from '@claviger/protocol';
import { z } from 'zod';
import { generate } from './generated-file.ts';

const kinds = Object.entries(messageKinds);

function channelOf(name: keyof typeof channels) {
  const ours = kinds.filter(([, { channel }]) => channel === name);
  return {
    address: topicOf('{deviceId}', name),
    parameters: { deviceId: { description: 'The identifier of the device, a UUID' } },
    messages: Object.fromEntries(
      ours.map(([message]) => [message, { $ref: `#/components/messages/${message}` }]),
    ),
  };
}

function operationOf(name: keyof typeof channels) {
  const isUp = channels[name].direction === 'up';
  return {
    action: isUp ? 'receive' : 'send',
    channel: { $ref: `#/channels/${name}` },
    summary: isUp ? 'A device says' : 'The server says',
  };
}

function messageOf([name, { kind }]: (typeof kinds)[number]) {
  return {
    name,
    title: kind.label,
    contentType: 'application/cbor',
    description: [
      `Envelope: version (${envelopeVersion}), kind (${kind.number}), key identifier (8 bytes),`,
      `deterministic CBOR map, Ed25519 signature (64 bytes) over "${kind.label}", a zero byte and all`,
      `bytes before the signature. At most ${Math.min(kind.sizeLimit, messageSizeLimit)} bytes.`,
    ].join(' '),
    payload: kind.body.schema,
  };
}

const names = Object.keys(channels) as (keyof typeof channels)[];
const asyncapi = {
  asyncapi: '3.0.0',
  info: {
    title: 'Claviger: what doors and server say to each other',
    version: String(envelopeVersion),
    description: 'MQTT 3.1.1 over TLS 1.3 with client certificates. Nothing is retained; sessions are clean.',
  },
  defaultContentType: 'application/cbor',
  channels: Object.fromEntries(names.map((name) => [name, channelOf(name)])),
  operations: Object.fromEntries(names.map((name) => [name, operationOf(name)])),
  components: {
    messages: Object.fromEntries(kinds.map((entry) => [entry[0], messageOf(entry)])),
    schemas: { event: eventSchema },
  },
};

const rows = Object.entries(errorStatuses).map(
  ([code, status]) => `| \`${code}\` | ${status} | ${errorAdvice[code as ErrorCode]} |`,
);
const errors = [
  '# Refusals',
  '',
  'Every error answer of the HTTP API is `{"error": {code, message, requestId, retryAfterS?, issues?}}`.',
  '',
  '| code | status | what to do |',
  '|---|---|---|',
  ...rows,
  '',
].join('\n');

await generate('docs/generated/asyncapi.json', `${JSON.stringify(asyncapi, undefined, 2)}\n`);
await generate('docs/generated/errors.md', errors);
await generate('docs/generated/mosquitto.acl', mosquittoAccessFile());

/** Files are described as people write them, answers as they are given. */
const explained = {
  world: z.toJSONSchema(world, { io: 'input' }),
  attempts: z.toJSONSchema(attempts, { io: 'input' }),
  answer: z.toJSONSchema(answer, { io: 'output' }),
};
for (const [name, schema] of Object.entries(explained)) {
  await generate(`docs/generated/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
}
