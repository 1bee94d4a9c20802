import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server during work on the page: `npm run dev` beside `npx vite --config client/workbench/vite.config.ts`. */
const SERVER = 'http://127.0.0.1:4400'

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/workbench',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline, so that the server's `script-src 'self'` holds for the whole page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      '/api': { target: SERVER },
      '/documents': { target: SERVER },
      '/uploads': { target: SERVER },
    },
  },
})
