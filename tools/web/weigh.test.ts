import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { plantFolder } from '../house/planted-folder.ts';
import { weigh, weighShell } from './weigh.ts';

/** Text that gzip cannot make smaller than about three quarters. */
const noise = (bytes: number) => `/* ${randomBytes((bytes * 3) / 4).toString('base64')} */`;

const face = () => ({
  dist: plantFolder({
    'index.html': '<script type="module" src="/assets/index-a1.js"></script>',
    'assets/index-a1.js': `import"./react-b2.js";import("./LocksPage-c3.js");${noise(4_000)}`,
    'assets/react-b2.js': noise(8_000),
    'assets/LocksPage-c3.js': `import{a}from"./react-b2.js";import{b}from"./menu-d4.js";${noise(2_000)}`,
    'assets/menu-d4.js': `import{c}from"./LocksPage-c3.js";${noise(2_000)}`,
    'assets/style-e5.css': '.plate { inline-size: 1px }',
  }),
  modules: { LocksPage: [] },
  pages: { LocksPage: [] },
});

it('weighs a page with all that it imports at once, and nothing twice', () => {
  const { entry, modules, firstVisits, styles } = weigh(face());

  expect(entry).toBeGreaterThan(8);
  expect(entry).toBeLessThan(11);
  expect(modules['LocksPage']).toBeGreaterThan(2.8);
  expect(modules['LocksPage']).toBeLessThan(4);
  expect(firstVisits['LocksPage']).toBeCloseTo(entry + (modules['LocksPage'] ?? 0), 6);
  expect(styles).toBeGreaterThan(0);
});

it('does not weigh what is always loaded before a module', () => {
  const { modules } = weigh({ ...face(), modules: { LocksPage: ['menu'] } });

  expect(modules['LocksPage']).toBe(0);
});

it('does not weigh a module that has no file of its own', () => {
  expect(() => weigh({ ...face(), modules: { DashboardPage: [] } })).toThrow(/DashboardPage has no file/);
});

it('weighs a shell uncompressed: its HTML and the plain scripts that it waits for, nothing else', () => {
  const html =
    '<script src="/k/colours.js"></script>' +
    '<script type="module" crossorigin src="/k/assets/index-a1.js"></script>' +
    '<link rel="stylesheet" href="/k/assets/style-e5.css">';
  const dist = plantFolder({
    'index.html': html,
    'index.html.gz': noise(400),
    'colours.js': 'x'.repeat(2_000),
    'assets/index-a1.js': noise(8_000),
    'assets/style-e5.css': noise(8_000),
  });

  expect(weighShell(dist, '/k/')).toBeCloseTo(2 + html.length / 1_000, 6);
});
