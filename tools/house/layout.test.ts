import { describe, expect, it } from 'vitest';
import { crowdedFolders, indexesWithoutAnOpening, misnamed } from './layout.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

const files = repositoryFiles();
const numbered = (count: number, ending: string) =>
  Array.from({ length: count }, (_, number) => `packages/domain/src/rule-${String(number)}${ending}`);

describe('a folder', () => {
  it('holds at most twelve source files', () => {
    expect(crowdedFolders(files)).toEqual([]);
  });

  it('is found crowded with thirteen, tests not counted', () => {
    expect(crowdedFolders([...numbered(12, '.ts'), ...numbered(12, '.test.ts')])).toEqual([]);
    expect(crowdedFolders(numbered(13, '.ts'))).toEqual(['packages/domain/src']);
  });
});

describe('a file', () => {
  it('is named in kebab-case by what it holds', () => {
    expect(misnamed(files)).toEqual([]);
  });

  it('is found misnamed by its case, or by a word that says nothing', () => {
    const good = ['apps/portal/src/LockPage.tsx', 'packages/domain/src/access-list.test.ts', 'e2e/vite.d.ts'];
    const bad = [
      'packages/domain/src/accessList.ts',
      'packages/domain/src/Lock.ts',
      'packages/domain/src/utils.ts',
      'packages/domain/src/helpers/time.ts',
      'apps/server/src/data/lock.ts',
    ];

    expect(misnamed([...good, ...bad])).toEqual(bad);
  });
});

describe('an index', () => {
  it('opens with the paragraph a newcomer asks for', () => {
    expect(indexesWithoutAnOpening(files, textOf)).toEqual([]);
  });

  it('is found without one, or with less than a sentence', () => {
    const texts: Record<string, string> = {
      'packages/domain/src/index.ts': '/** What a lock can be, how a door behaves and who may pass. */\n',
      'apps/server/src/features/locks/index.ts': `export * from './service.ts';\n`,
      'apps/portal/src/features/locks/index.tsx': `/** Locks. */\nexport * from './routes.tsx';\n`,
    };

    expect(indexesWithoutAnOpening(Object.keys(texts), (path) => texts[path] ?? '')).toEqual([
      'apps/server/src/features/locks/index.ts',
      'apps/portal/src/features/locks/index.tsx',
    ]);
  });
});
