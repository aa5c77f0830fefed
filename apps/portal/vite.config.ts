import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

/** Where `vite` finds the server while the Portal is developed; the demo listens here. */
const serverWhenDeveloping = 'http://127.0.0.1:3000';

export default defineConfig(({ mode }) => {
  const { CLAVIGER_PORTAL_SERVER = serverWhenDeveloping } = loadEnv(mode, import.meta.dirname, 'CLAVIGER_');
  return {
    root: import.meta.dirname,
    plugins: [react()],
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
    },
  };
});
