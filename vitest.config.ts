import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Named by e2e/flaky-reporter.ts; processes that start on a busy machine are not worth a second run of everything.
const retry = process.env['CI'] === undefined ? 0 : 1;
const setupFiles = ['src-main/testing/property-seed.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        // Tests wait for each other on a busy machine: time limits only catch what hangs.
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'e2e/hosts/*.test.ts'],
          environment: 'node',
          setupFiles,
          retry,
          testTimeout: 60_000,
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: {
          name: 'renderer',
          include: ['src-renderer/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles,
          testTimeout: 60_000,
        },
      },
      {
        // Scripts in a real PowerShell engine; each file starts processes of its own.
        test: {
          name: 'powershell',
          include: ['e2e/powershell/**/*.test.ts'],
          environment: 'node',
          setupFiles,
          retry,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
