import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type Plugin } from 'vite';

/** Where `vite` finds the server while the Portal is developed; the demo listens here. */
const serverWhenDeveloping = 'http://127.0.0.1:3000';

const scrollArea = '\0no-scroll-area';

/**
 * Dialogs of Mantine ask whether they are to scroll by its ScrollArea, and for that alone load all of it, and
 * what places popovers: 16 KB. Ours never do. Where the library asks otherwise, `npm run budget` says so.
 */
const dialogsWithoutScrollArea: Plugin = {
  name: 'dialogs-without-scroll-area',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    /\/(?:Modal|Drawer)Root\.mjs$/.test(importer) && source.endsWith('/ScrollArea.mjs') ? scrollArea : null,
  load: (id) => (id === scrollArea ? 'export const ScrollArea = { Autosize: Symbol() };' : null),
};

export default defineConfig(({ mode }) => {
  const { CLAVIGER_PORTAL_SERVER = serverWhenDeveloping } = loadEnv(mode, import.meta.dirname, 'CLAVIGER_');
  return {
    root: import.meta.dirname,
    plugins: [dialogsWithoutScrollArea, react()],
    server: {
      host: '127.0.0.1',
      port: 5173,
      // The server answers its own pages alone: it shall see its own name and origin.
      proxy: {
        '/api': {
          target: CLAVIGER_PORTAL_SERVER,
          headers: { host: new URL(CLAVIGER_PORTAL_SERVER).host, origin: CLAVIGER_PORTAL_SERVER },
        },
      },
    },
    build: {
      outDir: 'dist',
      target: 'es2023',
      // A picture written into the page as data would need more of the Content-Security-Policy.
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          // What the entry needs at once is one file: every part shared with a later page would be another.
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
          // Every page names what its modules share, and the entry names all of it: short names weigh less.
          chunkFileNames: ({ isDynamicEntry }) => `assets/${isDynamicEntry ? '[name]-[hash]' : '[hash]'}.js`,
        },
      },
    },
  };
});
