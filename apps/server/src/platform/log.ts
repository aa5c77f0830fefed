/**
 * The server's log: one JSON line an event, written by pino. Only the fields named here are ever written,
 * with any other value withheld, and errors lose their message unless it is known to hold no input of
 * anybody: so a password, a token or a cookie that strays into a log call does not reach the disk.
 */
import { AssertionError } from 'node:assert';
import { pino, type DestinationStream } from 'pino';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a line of the log may say. Durations in milliseconds; `note` is a fixed text of ours. */
export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  readonly route?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly code?: string;
  readonly durationMs?: number;
  readonly accountId?: string;
  readonly entityId?: string;
  readonly deviceId?: string;
  readonly address?: string;
  readonly url?: string;
  readonly pid?: number;
  readonly count?: number;
  readonly note?: string;
  readonly error?: unknown;
}

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  fatal(event: string, fields?: LogFields): void;
}

const fieldNames = {
  requestId: 'string',
  method: 'string',
  route: 'string',
  operation: 'string',
  status: 'number',
  code: 'string',
  durationMs: 'number',
  accountId: 'string',
  entityId: 'string',
  deviceId: 'string',
  address: 'string',
  url: 'string',
  pid: 'number',
  count: 'number',
  note: 'string',
  error: 'object',
} as const satisfies Record<keyof LogFields, string>;

const withheld = '[withheld]';
/** Errors of ours whose messages are sentences for the operator, or a code of the catalogue. */
const ownErrorName = /^(?:[A-Z][a-z]+Problem|Refusal)$/;
const stackFramesLimit = 12;
const causesLimit = 4;
/** What PostgreSQL adds to an error besides texts that quote the row. */
const databaseFields = ['code', 'severity', 'table', 'constraint', 'routine'] as const;

function isFieldName(name: string): name is keyof LogFields {
  return Object.hasOwn(fieldNames, name);
}

/** A message is written only where it is ours or the system's own: others quote what somebody sent. */
function messageOf(error: Error): string {
  const isOwn = error instanceof AssertionError ? !error.generatedMessage : ownErrorName.test(error.name);
  return isOwn || 'syscall' in error ? error.message : withheld;
}

function framesOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, stackFramesLimit);
}

function describeError(value: unknown, depth = 0): unknown {
  if (!(value instanceof Error)) return withheld;
  const details = databaseFields.flatMap((name) => {
    const detail: unknown = Reflect.get(value, name);
    return typeof detail === 'string' ? [[name, detail] as const] : [];
  });
  return {
    type: value.name,
    message: messageOf(value),
    ...Object.fromEntries(details),
    frames: framesOf(value),
    ...(value.cause !== undefined && depth < causesLimit
      ? { cause: describeError(value.cause, depth + 1) }
      : {}),
  };
}

function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (name === 'error') return [name, describeError(value)];
      const isAllowed = isFieldName(name) && typeof value === fieldNames[name];
      return [isFieldName(name) ? name : 'unknownField', isAllowed ? value : withheld];
    }),
  );
}

/** Opens the log at this level; lines go to `destination`, or to standard output. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: () => `,"at":${String(Date.now())}`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: allowedFields,
    },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    debug: (event, fields = {}) => {
      logger.debug(fields, event);
    },
    info: (event, fields = {}) => {
      logger.info(fields, event);
    },
    warn: (event, fields = {}) => {
      logger.warn(fields, event);
    },
    error: (event, fields = {}) => {
      logger.error(fields, event);
    },
    fatal: (event, fields = {}) => {
      logger.fatal(fields, event);
    },
  };
}

/** The log of a test that looks at none. */
export const silentLog: Log = openLog('silent');
