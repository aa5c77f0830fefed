/**
 * The server's log: one JSON line an event, written by pino. Only the fields named here are ever written,
 * with any other value withheld, and errors lose their message unless it is known to hold no input of
 * anybody: so a password, a token or a cookie that strays into a log call does not reach the disk.
 */
import { AssertionError } from 'node:assert';
import { isIP } from 'node:net';
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
  /** Of a refusal, a problem, PostgreSQL or the system. */
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

type Check = (value: unknown) => boolean;

function textLike(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value);
}

const isText = textLike(/^[^]{0,500}$/);
const isIdentifier = textLike(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const isNumber: Check = (value) => typeof value === 'number';

/** How each field must look, so that a secret under a familiar name does not pass either. */
const fieldChecks: Readonly<Record<Exclude<keyof LogFields, 'error'>, Check>> = {
  requestId: isIdentifier,
  method: textLike(/^[A-Z]{1,10}$/),
  route: textLike(/^[\w/:.*-]{0,200}$/),
  operation: textLike(/^[a-z_.]{1,80}$/),
  status: isNumber,
  code: textLike(/^(?:[a-z]+(?:_[a-z]+)*|[0-9A-Z]{5}|E[A-Z]{3,20})$/),
  durationMs: isNumber,
  accountId: isIdentifier,
  entityId: isIdentifier,
  deviceId: isIdentifier,
  address: (value) => typeof value === 'string' && isIP(value) !== 0,
  url: textLike(/^https?:\/\/[\w.:[\]-]{1,200}\/?$/),
  pid: isNumber,
  count: isNumber,
  note: isText,
};

const withheld = '[withheld]';
/** Errors of ours whose messages are sentences for the operator, or a code of the catalogue. */
const ownErrorName = /^(?:[A-Z][a-z]+Problem|Refusal)$/;
const stackFramesLimit = 12;
const causesLimit = 4;
/** What PostgreSQL adds to an error besides texts that quote the row. */
const databaseFields = ['code', 'severity', 'table', 'constraint', 'routine'] as const;

function isFieldName(name: string): name is keyof typeof fieldChecks {
  return Object.hasOwn(fieldChecks, name);
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

function allowedField(name: string, value: unknown): readonly [string, unknown] {
  if (name === 'error') return [name, describeError(value)];
  if (!isFieldName(name)) return ['unknownField', withheld];
  return [name, fieldChecks[name](value) ? value : withheld];
}

function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => allowedField(name, value)));
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
