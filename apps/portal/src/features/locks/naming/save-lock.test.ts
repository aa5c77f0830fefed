import { type Lock, Refusal } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { afterTelling, type Edited, emptyDraft, withTyped } from './lock-draft.ts';
import { saveLock } from './save-lock.ts';

const opened: Lock = {
  ...{ id: 'front', name: 'Front door', location: 'Hall', status: 'active', serial: '', model: '' },
  ...{ isOnline: true, door: { state: 'secured', isTampered: false }, unlockForMs: 5_000, version: 1 },
  ...{ minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: false },
};

/** A server that has the lock as somebody else has made it, and does as the route does. */
function serverWith(change: Partial<Edited> = {}, versions = 1) {
  const sent: object[] = [];
  let stored: Lock = { ...opened, ...change, version: opened.version + versions };
  return {
    sent,
    stored: () => stored,
    load: () => Promise.resolve(stored),
    send: ({ version, ...wanted }: Partial<Edited> & { version: number }) => {
      sent.push(wanted);
      if (version !== stored.version) return Promise.reject(new Refusal('changed_meanwhile'));
      stored = { ...stored, ...wanted, version: version + 1 };
      return Promise.resolve(stored);
    },
  };
}

const strict = withTyped(emptyDraft, { minimumAssurance: 'high' }, opened);
const named = withTyped(emptyDraft, { name: 'Main entrance' }, opened);

describe('Save at Edit of a lock', () => {
  it('lets a name stand that somebody else gave meanwhile, and sets what this person changed', async () => {
    const server = serverWith({ name: 'Gate' });

    expect(await saveLock(strict, opened, server)).toEqual({ kind: 'saved' });

    expect(server.stored()).toMatchObject({ name: 'Gate', location: 'Hall', minimumAssurance: 'high' });
    expect(server.sent).toEqual([{ minimumAssurance: 'high' }, { minimumAssurance: 'high' }]);
  });

  it('tells the second of two people who changed the same, with what it is now', async () => {
    const server = serverWith({ name: 'Gate' });

    const told = await saveLock(named, opened, server);

    expect(told).toMatchObject({ kind: 'overtaken', fields: ['name'], now: { name: 'Gate' } });
    expect(server.stored().name).toBe('Gate');
    const again = await saveLock(afterTelling(named, server.stored()), server.stored(), server);
    expect([again.kind, server.stored().name]).toEqual(['saved', 'Main entrance']);
  });

  it('tells it before anything is sent where the page has heard of it', async () => {
    const server = serverWith({ name: 'Gate' });

    expect(await saveLock(named, server.stored(), server)).toMatchObject({ kind: 'overtaken' });
    expect(server.sent).toEqual([]);
  });

  it('sends nothing where nothing was changed', async () => {
    const server = serverWith({}, 0);

    expect(await saveLock(emptyDraft, opened, server)).toEqual({ kind: 'saved' });
    expect(server.sent).toEqual([]);
  });

  it('gives up where the lock goes on changing, and throws what is no news of a change', async () => {
    const refuse = (code: 'changed_meanwhile' | 'not_permitted') => ({
      load: () => Promise.resolve(opened),
      send: () => Promise.reject(new Refusal(code)),
    });

    await expect(saveLock(strict, opened, refuse('changed_meanwhile'))).rejects.toThrow('changed_meanwhile');
    await expect(saveLock(strict, opened, refuse('not_permitted'))).rejects.toThrow('not_permitted');
  });
});
