/** The product's own parts around an engine of the tests: looks at the simulated host and changes it, journal on disk. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { succeed } from '#shared/result.ts';
import { createChanges, type Changes } from '../../src-main/app/changes.ts';
import { checkCapture } from '../../src-main/app/check.ts';
import { defaultSideBySide } from '../../src-main/discovery/discover.ts';
import { localChanges } from '../../src-main/hosts/local-changes.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { PreparedEngine } from './engine.ts';

interface Tool {
  readonly changes: Changes;
  readonly close: () => Promise<void>;
}

/** Has looked once when it settles. Throws where that fails. */
export async function openTool({ engine, prelude }: PreparedEngine, folder: string): Promise<Tool> {
  const whole = `${prelude}\n${readResource('powershell/probes/common.ps1')}`;
  const host = localHost({
    findEngine: () => succeed(engine),
    openShell: () => openPool({ engine, size: defaultSideBySide, prelude: whole }),
    changes: localChanges({
      shell: openPool({ engine, size: 1, prelude: whole }),
      files: {
        journalFolder: path.join(folder, 'journal'),
        guardFolder: path.join(folder, 'guards'),
        makePrivate: (one) => {
          mkdirSync(one, { recursive: true, mode: 0o700 });
          return succeed(undefined);
        },
      },
    }),
  });
  const looked = await host.look();
  if (!looked.ok) throw new Error(looked.failure.message);
  const changes = createChanges({
    host,
    judge: (capture) => checkCapture(capture, 'local'),
    capture: () => looked.value,
    tell: () => undefined,
    onEnd: () => undefined,
  });
  return {
    changes,
    close: async () => {
      await changes.close();
      await host.close();
    },
  };
}
