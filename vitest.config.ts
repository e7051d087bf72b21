import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Named by e2e/flaky-reporter.ts; processes that start on a busy machine are not worth a second run of everything.
const retry = process.env['CI'] === undefined ? 0 : 1;
const setupFiles = ['src-main/testing/property-seed.ts'];

/**
 * Rooms of functions that keep nothing: no process, no double of a module, no chosen folder. Their many files share
 * their workers and the modules those have loaded, for a third of the time.
 */
const pureTests = [
  'src-main/{shared,path-graph,path-map,rules,what-if,compare,sampling,load,report,redaction}/**/*.test.ts',
  'e2e/hosts/*.test.ts',
];

/** A thousand calls to processes that stand in for PowerShell: it waits nearly all its time, so others run beside it. */
const standInSoak = 'e2e/powershell/session-soak.test.ts';

export default defineConfig({
  test: {
    // Vitest leaves one processor to whoever watches, half of the machine where there are two; and the longest tests
    // do little but wait for processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'pure',
          include: pureTests,
          environment: 'node',
          pool: 'threads',
          isolate: false,
          setupFiles,
          testTimeout: 60_000,
        },
      },
      {
        // Tests wait for each other on a busy machine: time limits only catch what hangs.
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'e2e/{fuzz,soak,docs}/*.test.ts', standInSoak],
          exclude: pureTests,
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
        // Scripts in a real PowerShell engine; each file starts processes of its own, and waits for them a good deal.
        test: {
          name: 'powershell',
          include: ['e2e/powershell/**/*.test.ts'],
          exclude: [standInSoak],
          environment: 'node',
          setupFiles,
          retry,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
