import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      rolldownOptions: { input: { index: 'src-main/electron/index.ts' } },
    },
  },
  preload: {
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
    plugins: [svelte()],
    build: {
      rolldownOptions: { input: { index: 'src-renderer/index.html' } },
      minify: true,
      // The content security policy allows neither inline scripts nor data: images.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});
