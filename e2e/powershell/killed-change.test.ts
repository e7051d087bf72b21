/**
 * Switchyard is killed in the middle of a change, as a process on a host that lives on: the guard brings the state
 * before back by itself, and the next Switchyard finds the journal, says what happened, and can begin anew.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { isEngineMissing, letTasksRun, prepareEngine, startSimulatedHost } from './engine.ts';
import { openTool } from './change-tool.ts';

const iqn = 'iqn.2010-01.example:vol1';
const scenario = {
  id: 'killed',
  title: 'Killed',
  story: 'A host under change.',
  windows: { release: '2019' },
  computer: { name: 'HV07' },
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [{ name: 'A' }, { name: 'B' }],
  addresses: [
    { interface: 'A', address: '10.0.10.11/24' },
    { interface: 'B', address: '10.0.20.11/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
    sessions: [
      { iqn, connections: [{ from: '10.0.10.11', to: '10.0.10.101' }], disks: [1] },
      { iqn, connections: [{ from: '10.0.20.11', to: '10.0.20.101' }], disks: [1] },
    ],
  },
  mpio: {
    disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Active/Optimized'] }],
  },
};

const byGuard = {
  end: 'FOO',
  says: /Its guard began to undo it .* and has finished/,
  as: 'reverted-by-guard',
};
const untouched = { end: 'FOO', says: /0 of 1 steps had begun/, as: 'interrupted' };
const applied = {
  end: 'RR',
  says: /Every step was done and verified.* Its guard is (?:not armed|no longer there)/,
  as: 'interrupted',
};

/**
 * Where it is killed: as soon as this stands in the journal; the policy in that moment, where that is certain; and how it
 * may end. A process that was asked something may still do it, or be stopped with Switchyard.
 */
const moments = [
  { when: 'it has begun', line: '"event":"begins"', then: 'FOO', ends: [untouched, byGuard] },
  { when: 'the guard is armed, before the first command', line: '"event":"guard-armed"', ends: [byGuard] },
  { when: 'the step is done', line: '"event":"step","index":0,"state":"done"', then: 'RR', ends: [byGuard] },
  { when: 'it is confirmed', line: '"event":"confirmed"', then: 'RR', ends: [applied, byGuard] },
] as const;

describe.skipIf(isEngineMissing()).concurrent('kill -9', () => {
  test.concurrent.each(moments)(
    'once $when leads to the state before, or to all of the change, and the next Switchyard says which',
    { timeout: 400_000 },
    async (moment) => {
      const { line } = moment;
      const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-killed-'));
      const tasks = path.join(folder, 'tasks');
      mkdirSync(tasks);
      const host = await startSimulatedHost(scenario, tasks);
      const prepared = prepareEngine({ host });
      letTasksRun(tasks, prepared);
      const preparedFile = path.join(folder, 'prepared.json');
      writeFileSync(preparedFile, JSON.stringify(prepared));
      const policy = async (): Promise<string | undefined> => {
        const { state } = (await host.ask({ kind: 'state' })) as {
          state: { mpio: { disks: Record<string, { policy: string }> } };
        };
        return Object.values(state.mpio.disks)[0]?.policy;
      };
      const journal = (): string => {
        const file = path.join(folder, 'journal/changes.jsonl');
        return existsSync(file) ? readFileSync(file, 'utf8') : '';
      };
      try {
        expect(await policy()).toBe('FOO');
        const child = spawn(
          process.execPath,
          [
            path.join(import.meta.dirname, 'stand-in/change-tool.ts'),
            preparedFile,
            folder,
            'mpio-failover-only',
          ],
          { stdio: ['ignore', 'inherit', 'inherit'] },
        );
        const ended = once(child, 'exit');
        await vi.waitFor(
          () => {
            expect(child.exitCode).toBeNull();
            expect(journal()).toContain(line);
          },
          { timeout: 200_000, interval: 20 },
        );
        child.kill('SIGKILL');
        await ended;
        expect(journal()).not.toContain('"event":"ends"');
        if ('then' in moment) expect(await policy()).toBe(moment.then);

        // What is left of it gets its time: processes that were asked something, and the guard.
        await pause(20_000);
        await host.ask({ kind: 'clock', advance: 60_000 });
        const next = await openTool(prepared, folder);
        const leftover = await vi.waitFor(
          async () => {
            const [first] = (await next.changes.state()).leftovers;
            expect(first?.message).not.toMatch(/Its guard is armed|has not finished/);
            return first;
          },
          { timeout: 120_000, interval: 1000 },
        );
        const way = moment.ends.find(({ says }) => says.test(leftover?.message ?? ''));
        expect(way, leftover?.message).toBeDefined();
        expect(await policy()).toBe(way?.end);
        const closed = await next.changes.dismiss(leftover?.id ?? '');
        expect(closed).toMatchObject({ ok: true, value: { entries: [{ outcome: way?.as }] } });
        expect((await next.changes.state()).leftovers).toEqual([]);
        await next.close();
      } finally {
        await host.stop();
        prepared.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
