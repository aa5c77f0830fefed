import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { openLog, type LogFields } from './log.ts';
import { Secret } from './secrets/index.ts';

function collectingLog() {
  const lines: string[] = [];
  return { lines, log: openLog('info', { write: (line: string) => void lines.push(line) }) };
}

/** What a careless caller may hand over in spite of the types. */
function careless(fields: Record<string, unknown>): LogFields {
  return fields;
}

const requestId = '0190a0b0-0000-7000-8000-000000000000';

describe('the log', () => {
  it('writes one JSON line with the event, its level, its time and the fields it knows', () => {
    const { lines, log } = collectingLog();
    log.info('request answered', { requestId, status: 200, durationMs: 3, code: 'not_found' });
    expect(lines).toHaveLength(1);
    expect({ ...JSON.parse(lines[0] ?? ''), at: 0 }).toEqual({
      level: 'info',
      at: 0,
      requestId,
      status: 200,
      durationMs: 3,
      code: 'not_found',
      event: 'request answered',
    });
  });

  it('withholds a secret under a familiar name', () => {
    const { lines, log } = collectingLog();
    const names = [
      'requestId',
      'method',
      'route',
      'operation',
      'code',
      'accountId',
      'address',
      'url',
      'count',
    ];
    for (const name of names) log.warn('request', careless({ [name]: 'https://user:Canary@host/?key' }));
    expect(lines).toHaveLength(names.length);
    expect(lines.join()).not.toContain('Canary');
  });

  it('withholds what it does not know and what has another type than it should', () => {
    const { lines, log } = collectingLog();
    log.warn(
      'request',
      careless({ password: 'canary', body: { token: 'canary' }, requestId: { cookie: 'canary' } }),
    );
    log.warn('request', careless({ canary: true, note: new Secret('canary') }));
    expect(lines.join()).not.toContain('canary');
    expect(lines.join()).toContain('[withheld]');
  });

  it('withholds the message of an error that may quote what somebody sent', () => {
    const { lines, log } = collectingLog();
    const detail = { code: '23505', table: 'users', detail: 'Key (email)=(canary)' };
    log.error('fault', { error: Object.assign(new Error('canary\n  at canary (x)'), detail) });
    log.error('fault', { error: new TypeError('outer', { cause: new Error('canary') }) });
    log.error('fault', { error: 'canary' });
    log.error('fault', { error: { message: 'canary' } });
    expect(lines.join()).not.toContain('canary');
    expect(lines[0]).toContain('"code":"23505"');
    expect(lines[0]).toContain('log.test.ts');
  });

  it('keeps the messages of our own assertions and of the system', () => {
    const { lines, log } = collectingLog();
    const caught = (work: () => void): unknown => {
      try {
        work();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    log.error('fault', { error: caught(() => assert(false, 'a lock has a door')) });
    log.error('fault', { error: caught(() => assert.equal('canary', 'other')) });
    log.error('fault', { error: Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect' }) });
    expect(lines[0]).toContain('a lock has a door');
    expect(lines[1]).not.toContain('canary');
    expect(lines[2]).toContain('connect ECONNREFUSED');
  });

  it('writes nothing below its level', () => {
    const { lines, log } = collectingLog();
    log.debug('detail');
    expect(lines).toEqual([]);
  });
});
