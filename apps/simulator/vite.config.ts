import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` finds the simulator while its page is developed. */
const { STREET_SERVER: simulatorWhenDeveloping = 'http://127.0.0.1:3100' } = process.env;

export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 5174,
    // The simulator answers its own pages alone: it shall see its own name and origin.
    proxy: {
      '/api': {
        target: simulatorWhenDeveloping,
        headers: { host: new URL(simulatorWhenDeveloping).host, origin: simulatorWhenDeveloping },
      },
    },
  },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // An asset that were written into the page as data would need more of the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One page for the machine it runs on: what it weighs goes over no network.
    chunkSizeWarningLimit: 800,
  },
});
