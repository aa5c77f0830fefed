import { defineConfig, loadEnv } from 'vite';

/** Where `vite` finds the server while the page is developed; the demo listens here. */
const serverWhenDeveloping = 'http://127.0.0.1:3000';

export default defineConfig(({ mode }) => {
  const { CLAVIGER_PORTAL_SERVER = serverWhenDeveloping } = loadEnv(mode, import.meta.dirname, 'CLAVIGER_');
  return {
    root: import.meta.dirname,
    // The server answers `/k` with the shell, and what lies under `/k/` with the files beside it.
    base: '/k/',
    server: { host: '127.0.0.1', port: 5175, proxy: { '/api': CLAVIGER_PORTAL_SERVER } },
    build: {
      outDir: 'dist',
      target: 'es2022',
      // A picture written into the page as data would need more of the Content-Security-Policy.
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        onLog: (level, log, report) => {
          // What the web faces share is marked for React in places; none of that comes into this page.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  };
});
