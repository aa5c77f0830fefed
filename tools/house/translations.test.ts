import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';
import { differences, readCatalogue } from './translations.ts';

const LANGUAGES = ['de', 'en', 'zh'];

/** Every folder of message files, with the languages found in it. */
function catalogues(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of repositoryFiles()) {
    const [, folder, language] = /^(.+\/messages)\/([a-z]+)\.json$/.exec(path) ?? [];
    if (folder === undefined || language === undefined) continue;
    found.set(folder, [...(found.get(folder) ?? []), language]);
  }
  return found;
}

describe('the translations', () => {
  const folders = [...catalogues()];

  it('of every face are there', () => {
    const faces = ['packages/web-kit/messages'];

    expect(folders.map(([folder]) => folder)).toEqual(expect.arrayContaining(faces));
  });

  it.each(folders)('in %s are English, German and Chinese', (_, languages) => {
    expect(languages.sort()).toEqual(LANGUAGES);
  });

  it.each(folders.flatMap(([folder]) => [`${folder}/de.json`, `${folder}/zh.json`]))(
    'in %s have the keys and the placeholders of the English text',
    (path) => {
      const english = readCatalogue(textOf(path.replace(/\w+\.json$/, 'en.json')));

      expect(differences(english, readCatalogue(textOf(path)))).toEqual([]);
      expect(english.size).toBeGreaterThan(0);
    },
  );

  it('are found wanting by a missing key, an unknown one and another placeholder', () => {
    const english = readCatalogue(
      JSON.stringify({
        $schema: 'x',
        open: 'Open',
        held: {
          left: '{name} left {count}',
          many: [{ match: { 'n=one': 'One {item}', 'n=other': '{n} {item}' } }],
        },
      }),
    );
    const translation = readCatalogue(
      JSON.stringify({
        shut: 'Zu',
        held: { left: '{ name } ging', many: [{ match: { 'n=other': '{item}{n}' } }] },
      }),
    );

    expect(differences(english, english)).toEqual([]);
    expect(differences(english, translation)).toEqual([
      'open is missing',
      'held.left has other placeholders',
      'shut is unknown',
    ]);
  });
});
