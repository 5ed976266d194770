import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

// electron-vite makes the page's addresses relative ('./assets/…'), which a screen below the root (/orders/17) could not be reloaded from.
const addressesFromRoot: Plugin = {
  name: 'addresses-from-root',
  enforce: 'post',
  config: (config) => {
    config.base = '/'
  },
}

// electron-vite looks for src/main, src/preload, src/renderer: our folders have other names, so every entry is named.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { include: ['playwright-core'] }, // the benchmark's browser: a development package, and not to be bundled
      rolldownOptions: {
        input: {
          index: resolve('src-main/index.ts'), // the product: Electron
          web: resolve('src-main/web/command.ts'), // the same application on loopback HTTP
          db: resolve('src-main/database/command.ts'), // migrate, demo, verify
          bench: resolve('bench/command.ts'), // the benchmark
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js', // beside the entries, so that import.meta.dirname means out/main in every chunk
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false, // a sandboxed preload cannot require() node_modules
      rolldownOptions: {
        input: { index: resolve('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: resolve('src-renderer'),
    plugins: [react(), tailwindcss(), addressesFromRoot],
    build: {
      minify: true,
      rolldownOptions: { input: { index: resolve('src-renderer/index.html') } },
    },
  },
})
