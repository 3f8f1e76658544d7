import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * Gives one entry its own copy of every module that it shares with the others. Electron's main process then loads
 * nothing from `chunks/`, which lies outside the archive for plain Node's sake and so outside its integrity check.
 */
function ownCopies(entry: string): Plugin {
  const mark = '?own';
  return {
    name: 'own-copies',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || (importer !== entry && !importer.endsWith(mark))) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (resolved === null || resolved.external || resolved.id.startsWith('\0')) return resolved;
      return { ...resolved, id: `${resolved.id}${mark}` };
    },
  };
}

export default defineConfig({
  main: {
    plugins: [ownCopies(at('electron/main/index.ts'))],
    build: {
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          engine: at('electron/engine/main.ts'),
          runner: at('electron/runner/main.ts'),
          'javascript-worker': at('electron/runner/javascript/worker.ts'),
          cli: at('electron/cli/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: { input: { index: at('electron/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // Fonts as data: addresses would need a hole in the content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
