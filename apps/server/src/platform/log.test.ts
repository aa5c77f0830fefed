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

describe('the log', () => {
  it('writes one JSON line with the event, its level, its time and the fields it knows', () => {
    const { lines, log } = collectingLog();
    log.info('request answered', { requestId: 'r-1', status: 200, durationMs: 3 });
    expect(lines).toHaveLength(1);
    expect({ ...JSON.parse(lines[0] ?? ''), at: 0 }).toEqual({
      level: 'info',
      at: 0,
      requestId: 'r-1',
      status: 200,
      durationMs: 3,
      event: 'request answered',
    });
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
