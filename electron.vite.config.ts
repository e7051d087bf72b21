import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { licencesOf } from './packaging/licence-plugin.ts';
import { hashesDefined } from './packaging/resource-hashes.ts';

export default defineConfig(({ command }) => ({
  main: {
    // While somebody works on the scripts, they change under a program that runs.
    define: command === 'build' ? hashesDefined() : {},
    plugins: [licencesOf('main')],
    build: {
      // Nothing lies beside the archive that it could be made to load instead.
      externalizeDeps: false,
      rolldownOptions: { input: { index: 'src-main/electron/index.ts' } },
    },
  },
  preload: {
    plugins: [licencesOf('preload')],
    build: {
      // A sandboxed preload can require nothing but electron: everything else is bundled in, as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte(), licencesOf('page')],
    build: {
      rolldownOptions: {
        input: { index: 'src-renderer/index.html', ended: 'src-renderer/window-ended.html' },
        // What views share is small and mostly there at the start: one file, not twenty, before the first picture.
        output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
      },
      minify: true,
      // The content security policy allows neither inline scripts nor data: images.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
}));
