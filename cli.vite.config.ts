/** The terminal and the browser shell as plain Node files, with everything they need from npm inside. */
import { defineConfig } from 'vite';
import { licencesOf } from './packaging/licence-plugin.ts';
import { hashesDefined } from './packaging/resource-hashes.ts';

export default defineConfig({
  // What the page serves as it is, and nothing of it belongs to the terminal.
  publicDir: false,
  define: hashesDefined(),
  plugins: [licencesOf('cli')],
  build: {
    outDir: 'out/cli',
    ssr: 'src-main/cli/index.ts',
    target: 'node22',
    minify: false,
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
  ssr: { noExternal: true },
});
