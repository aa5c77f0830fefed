import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { StreetSetting } from './street/street.ts';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];
const doorAgent = resolve(import.meta.dirname, '../../edge/src/main.ts');

function loopbackUrl(protocol: string) {
  return z.string().transform((text, context) => {
    const url = URL.parse(text);
    if (url?.protocol === protocol && loopbackNames.includes(url.hostname)) return url;
    context.addIssue({
      code: 'custom',
      message: `must be ${protocol}//127.0.0.1:<port>, the street is a demo`,
    });
    return z.NEVER;
  });
}

const filePath = z
  .string()
  .min(1)
  .transform((text) => resolve(text));

const preparing = z.object({ data: filePath, prepare: z.literal(true) });
const serving = z.object({
  data: filePath,
  'enrol-url': loopbackUrl('https:'),
  'broker-url': loopbackUrl('mqtts:'),
  ca: filePath,
  port: z.coerce.number().int().max(65_535).nonnegative(),
  agent: filePath,
  'import-with': z.string().min(1),
});

/** What the simulator was asked for: only to make the files of its street, or to serve it on 127.0.0.1. */
export type Order =
  | { readonly type: 'prepare'; readonly folder: string }
  | { readonly type: 'serve'; readonly port: number; readonly street: StreetSetting };

/** Thrown with a sentence for whoever starts the program. */
export class ArgumentFault extends Error {
  override readonly name = 'ArgumentFault';
}

function split(args: readonly string[]): { readonly prepare?: boolean | undefined } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        prepare: { type: 'boolean' },
        'enrol-url': { type: 'string' },
        'broker-url': { type: 'string' },
        ca: { type: 'string' },
        port: { type: 'string', default: '3100' },
        agent: { type: 'string', default: doorAgent },
        'import-with': { type: 'string', default: 'npx --no-install claviger import devices' },
      },
    }).values;
  } catch (error) {
    throw new ArgumentFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function check<Output>(schema: z.ZodType<Output>, values: unknown): Output {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new ArgumentFault(sentences.join('\n'));
}

/** Reads the command line. Throws ArgumentFault. */
export function readOrder(args: readonly string[]): Order {
  const values = split(args);
  if (values.prepare === true) return { type: 'prepare', folder: check(preparing, values).data };
  const given = check(serving, values);
  return {
    type: 'serve',
    port: given.port,
    street: {
      folder: given.data,
      importWith: given['import-with'],
      surroundings: {
        program: given.agent,
        caFile: given.ca,
        enrolUrl: given['enrol-url'],
        brokerUrl: given['broker-url'],
      },
    },
  };
}
