import { describe, expect, it } from 'vitest';
import type { ChainFault } from '../../platform/audit/index.ts';
import { chainLines } from './words.ts';

const chain = '0192f0c1-2b3c-7d4e-8f50-61728394a5b6';
const restoredAt = Date.UTC(2026, 10, 29, 14);
const reachedAt = Date.UTC(2026, 10, 29, 12);
const restores = [{ sequence: 8, restoredAt, reachedAt }];
const knownAt = (at: number) => ({ number: 3, at, isFile: true });

function text(fault: ChainFault | undefined): string {
  return chainLines({ chain, entries: 9, restores, ...(fault && { fault }) }).join('\n');
}

describe('what verify says of a chain', () => {
  it('names a restore also where everything is whole', () => {
    expect(text(undefined)).toBe(
      `whole  Entity ${chain}: 9 entries\n` +
        '       entry 8: restored on 2026-11-29T14:00:00.000Z, as it was on 2026-11-29T12:00:00.000Z',
    );
  });

  it.each<[string, ChainFault, boolean]>([
    ['in the time that it lost', { kind: 'cut', sequence: 10, to: 12, known: knownAt(reachedAt + 1) }, true],
    ['in the time that it lost', { kind: 'rewritten', sequence: 8, known: knownAt(restoredAt) }, true],
    ['before', { kind: 'cut', sequence: 10, to: 12, known: knownAt(reachedAt) }, false],
    ['after it', { kind: 'rewritten', sequence: 8, known: knownAt(restoredAt + 1) }, false],
    ['by no checkpoint', { kind: 'cut', sequence: 10, to: 12 }, false],
    ['in another way', { kind: 'changed', sequence: 3 }, false],
  ])('tells of a restore as the cause only where that can be: known %s', (_when, fault, isTold) => {
    const said = text(fault);
    expect(said).toContain(`BAD    Entity ${chain}`);
    expect(said.includes('That restore tells why')).toBe(isTold);
  });

  it.each<[ChainFault, string]>([
    [{ kind: 'missing', sequence: 4, to: 4 }, 'entry 4 is missing'],
    [{ kind: 'missing', sequence: 4, to: 6 }, 'entries 4 to 6 are missing'],
    [{ kind: 'changed', sequence: 4 }, 'entry 4 was changed'],
    [{ kind: 'unlinked', sequence: 4 }, 'entry 4 does not follow the one before'],
    [{ kind: 'beyond', sequence: 4 }, 'entry 4 stands after the end'],
    [{ kind: 'cut', sequence: 4, to: 6 }, 'the end is missing: entries 4 to 6 are not there'],
  ])('names the first bad entry: %j', (fault, words) => {
    expect(text(fault)).toContain(words);
  });
});
