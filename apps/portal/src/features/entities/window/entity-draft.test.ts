import { type Entity, Refusal } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { emptyDraft } from '../../../app/edit/draft.ts';
import { type Edited, entityEditor } from './entity-draft.ts';

const { afterTelling, changeOf, save: saveEntity, withTyped } = entityEditor;

const opened: Entity = {
  ...{ id: 'mill', name: 'Mill', code: 'MILL', description: '', address: '', kind: 'community' },
  ...{ zone: 'Europe/Berlin', role: 'community_manager', lockCount: 0, userCount: 1, isProvisional: false },
  ...{ createdAt: 0, version: 1 },
};

/** A server that has the Entity as somebody else has made it, and does as the route does. */
function serverWith(change: Partial<Edited>) {
  let stored: Entity = { ...opened, ...change, version: 2 };
  return {
    stored: () => stored,
    load: () => Promise.resolve(stored),
    send: ({ version, ...wanted }: Partial<Edited> & { version: number }) => {
      if (version !== stored.version) return Promise.reject(new Refusal('changed_meanwhile'));
      stored = { ...stored, ...wanted, version: version + 1 };
      return Promise.resolve(stored);
    },
  };
}

const renamed = withTyped(emptyDraft, { name: ' Old mill ' }, opened);

it('sends what the person changed, trimmed, and nothing else', () => {
  expect(changeOf(renamed, opened)).toEqual({ name: 'Old mill' });
  expect(changeOf(withTyped(renamed, { name: 'Mill' }, opened), opened)).toEqual({});
});

it('lets both changes stand where two people changed different fields', async () => {
  const server = serverWith({ address: 'River Lane' });

  expect(await saveEntity(renamed, opened, server)).toEqual({ kind: 'saved' });
  expect(server.stored()).toMatchObject({ name: 'Old mill', address: 'River Lane' });
});

it('tells the second of two people who changed the same, who may then save again', async () => {
  const server = serverWith({ name: 'Water mill' });

  const told = await saveEntity(renamed, opened, server);

  expect(told).toMatchObject({ kind: 'overtaken', fields: ['name'], now: { name: 'Water mill' } });
  const again = await saveEntity(afterTelling(renamed, server.stored()), server.stored(), server);
  expect([again.kind, server.stored().name]).toEqual(['saved', 'Old mill']);
});

it('throws what is no news of a change', async () => {
  const server = { ...serverWith({}), send: () => Promise.reject(new Refusal('not_permitted')) };

  await expect(saveEntity(renamed, opened, server)).rejects.toThrow('not_permitted');
});
