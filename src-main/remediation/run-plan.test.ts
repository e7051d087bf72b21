import { describe, expect, it } from 'vitest';
import type { ChangeRun } from '#shared/fix-plan.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { checkCapture } from '../app/check.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { ArmedGuard, FoundGuard, HostChanges } from '../hosts/host.ts';
import { hostWith } from '../testing/host-with.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { factsOf } from './blast-radius.ts';
import { buildPlan, type PlanSubject } from './build-plan.ts';
import { defineFix, type Fix, type Step } from './define-fix.ts';
import { memoryJournal, type Journal } from './journal.ts';
import { memoryLock } from './lock.ts';
import { runPlan, type ChangeDoors, type RunOptions } from './run-plan.ts';

/** A host with one property, the start type of a service, and one person who works over 192.168.1.10. */
interface Bench {
  readonly doors: ChangeDoors;
  /** What was done, in its order. */
  readonly story: string[];
  readonly startType: () => string;
  readonly run: (options?: Partial<RunOptions>) => Promise<ChangeRun>;
}

interface Faults {
  readonly arm?: string;
  /** The guard has undone it when it is to be disarmed. */
  readonly fired?: boolean;
  readonly disarm?: string;
  readonly pending?: boolean;
  /** The nth event of the journal cannot be written. */
  readonly journalFullAt?: number;
  readonly undoFails?: boolean;
  readonly verify?: string;
  /** Somebody changes it between the plan and its confirmation. */
  readonly movedTo?: 'Disabled';
  /** The finding is there all the same. */
  readonly goalStays?: boolean;
}

type StartType = 'Automatic' | 'Manual' | 'Disabled';

function benchWith(faults: Faults = {}, step: Partial<Step> = {}): Bench {
  let startType: StartType = 'Manual';
  let now = 1_750_000_000_000;
  const story: string[] = [];
  const capture = (as: StartType) =>
    hostWith({ ...twoIscsiAdapters, msiscsi: { status: 'Running', startType: as } });
  const subject = (as: StartType): PlanSubject => ({
    check: checkCapture(capture(as), 'local'),
    snapshot: readSnapshot(capture(as)),
    surroundings: {
      restartPending: [],
      operatorAddresses: ['192.168.1.10'],
      clusterRoles: [],
      hasScheduler: true,
    },
    isSimulated: false,
  });
  const armedFor = (seconds: number): Result<ArmedGuard> =>
    succeed({ until: new Date(now + seconds * 1000).toISOString() });
  const guarded: FoundGuard = { id: 'r', title: 'Other' };
  const changes: HostChanges = {
    ask: () => Promise.resolve(succeed([])),
    run: (command) => {
      const given = 'cmdlet' in command ? command.parameters['StartupType'] : '';
      const to = typeof given === 'string' ? given : '';
      story.push(`set ${to}`);
      if (faults.undoFails === true && to === 'Manual') {
        return Promise.resolve(
          succeed({ state: 'failed', output: [], error: { id: 'X', message: 'Denied.' } }),
        );
      }
      startType = to as StartType;
      return Promise.resolve(succeed({ state: 'done', output: [`now ${to}`] }));
    },
    guard: {
      arm: ({ seconds, undo }) => {
        story.push(`arm ${seconds} s, ${undo.length} to undo`);
        return Promise.resolve(faults.arm === undefined ? armedFor(seconds) : fail('timed-out', faults.arm));
      },
      extend: (_, seconds) => {
        story.push('extend');
        return Promise.resolve(armedFor(seconds));
      },
      disarm: () => {
        story.push('disarm');
        if (faults.disarm !== undefined) return Promise.resolve(fail('script-error', faults.disarm));
        if (faults.fired === true) startType = 'Manual';
        const reports = [{ state: 'done' as const, output: [] }];
        return Promise.resolve(
          succeed({ fired: faults.fired === true ? { ...guarded, firedAt: 'x', reports } : null }),
        );
      },
      find: () => Promise.resolve(succeed(faults.pending === true ? [guarded] : [])),
    },
    close: () => Promise.resolve(),
  };
  const kept = memoryJournal();
  let events = 0;
  const journal: Journal = {
    ...kept,
    append: (event) => {
      events += 1;
      if (events === faults.journalFullAt) return fail('bad-file', 'The disk is full.');
      story.push(`note ${event.event}${'state' in event ? ` ${event.state}` : ''}`);
      return kept.append(event);
    },
  };
  const management = subject('Manual').check.model.adapters.find(({ name }) => name === 'LAN');
  const fix: Fix = defineFix({
    id: 'iscsi-service-automatic',
    title: 'Test',
    impact: 'link',
    needs: [],
    order: 1,
    plan: ({ snapshot }) => {
      const { Service } = snapshot.readings;
      const before = Service.status === 'ok' ? (Service.records[0]?.startType ?? '?') : '?';
      return [
        {
          title: 'The service is set.',
          commands: [{ cmdlet: 'Set-Service', parameters: { Name: 'MSiSCSI', StartupType: 'Automatic' } }],
          changes: [
            {
              of: { kind: 'service', id: 's', name: 'MSiSCSI' },
              property: 'StartType',
              before,
              after: 'Automatic',
            },
          ],
          impact: 'link',
          verify: {
            says: 'It is so.',
            observations: ['Service'],
            differs: () => faults.verify,
          },
          undo: [{ cmdlet: 'Set-Service', parameters: { Name: 'MSiSCSI', StartupType: 'Manual' } }],
          ...step,
          ...(step.takesDown !== undefined && { takesDown: [management?.id ?? ''] }),
        },
      ];
    },
  });
  const doors: ChangeDoors = {
    changes,
    journal,
    lock: memoryLock(),
    clock: {
      now: () => now,
      sleep: (ms, signal) => {
        if (signal?.aborted !== true) now += ms;
        return Promise.resolve();
      },
    },
    look: () => {
      story.push('look');
      const seen = faults.goalStays === true && startType === 'Automatic' ? 'Manual' : startType;
      return Promise.resolve(succeed(subject(seen)));
    },
    lookAt: () => Promise.resolve(succeed(factsOf(readSnapshot(capture(startType))))),
    by: 'anna',
    pid: 7,
    catalogue: [fix],
  };
  return {
    doors,
    story,
    startType: () => startType,
    run: (options = {}) => {
      const built = buildPlan(subject('Manual'), { findings: ['iscsi-service'] }, [fix]);
      if (!built.ok) throw new Error(built.failure.message);
      startType = faults.movedTo ?? startType;
      return runPlan(
        built.value,
        { id: 'r', secrets: {}, typed: [], stillThere: () => Promise.resolve(true), ...options },
        doors,
      );
    },
  };
}

describe('a change', () => {
  it('is looked at afresh, written down, guarded, done, verified, proven, confirmed and disarmed, in this order', async () => {
    const bench = benchWith();
    expect(await bench.run()).toMatchObject({ outcome: 'successful', phase: 'ended' });
    expect(bench.story).toEqual([
      'look',
      'note begins',
      'arm 120 s, 1 to undo',
      'note guard-armed',
      'note step running',
      'set Automatic',
      'note step done',
      'look',
      'note confirmed',
      'disarm',
      'note guard-gone',
      'note ends',
    ]);
    expect(bench.doors.lock.holder()).toBeUndefined();
  });

  const refused: readonly (readonly [string, Faults, string])[] = [
    ['the host has moved on', { movedTo: 'Disabled' }, 'stale'],
    ['the guard of another change is there', { pending: true }, 'change-pending'],
    ['it cannot be written down', { journalFullAt: 1 }, 'no-journal'],
    ['the guard does not prove that it runs', { arm: 'No proof.' }, 'no-guard'],
    ['that the guard is armed cannot be written down', { journalFullAt: 2 }, 'no-guard'],
  ];
  it.each(refused)('does not begin when %s', async (_, faults, reason) => {
    const bench = benchWith(faults);
    expect(await bench.run()).toMatchObject({ outcome: 'refused', refusals: [{ reason }] });
    expect(bench.story.filter((line) => line.startsWith('set'))).toEqual([]);
    expect(bench.doors.lock.holder()).toBeUndefined();
  });

  it('does not begin while another runs, and says whose', async () => {
    const bench = benchWith();
    bench.doors.lock.take({ pid: 1, by: 'ben', since: 'noon', what: 'Another' });
    const run = await bench.run();
    expect(run.refusals?.[0]).toMatchObject({
      reason: 'change-pending',
      message: expect.stringMatching(/ben .* noon/) as string,
    });
    expect(bench.story).toEqual([]);
  });

  const undone: readonly (readonly [string, Faults, Partial<RunOptions>])[] = [
    ['what has to be seen is not seen', { verify: 'It is not so.' }, {}],
    ['a step cannot be written down as done', { journalFullAt: 4 }, {}],
    ['the confirmation cannot be written down', { journalFullAt: 5 }, {}],
    ['the person stops it', {}, { signal: AbortSignal.abort() }],
  ];
  it.each(undone)('is undone when %s', async (_, faults, options) => {
    const bench = benchWith(faults);
    expect(await bench.run(options)).toMatchObject({ outcome: 'rolled-back' });
    expect(bench.startType()).toBe('Manual');
    expect(bench.story).toContain('disarm');
  });

  it('that cannot be undone says so and leaves the guard armed', async () => {
    const bench = benchWith({ verify: 'It is not so.', undoFails: true });
    const run = await bench.run();
    expect(run).toMatchObject({ outcome: 'partly-undone', steps: [{ state: 'not-undone' }] });
    expect(run.message).toMatch(/Denied\. The guard stays armed/);
    expect(bench.story).not.toContain('disarm');
  });

  it('that the guard undid before it was confirmed is no success', async () => {
    const bench = benchWith({ fired: true });
    expect(await bench.run()).toMatchObject({ outcome: 'reverted-by-guard', steps: [{ state: 'undone' }] });
    expect(bench.startType()).toBe('Manual');
  });

  it('whose guard cannot be taken away is no success either', async () => {
    const run = await benchWith({ disarm: 'It is still there.' }).run();
    expect(run).toMatchObject({
      outcome: 'partly-undone',
      message: expect.stringMatching(/may still undo/) as string,
    });
  });

  it('that leaves its finding there is called not successful', async () => {
    const run = await benchWith({ goalStays: true }).run();
    expect(run).toMatchObject({
      outcome: 'goal-not-reached',
      message: expect.stringMatching(/is still there/) as string,
    });
  });

  it('that touches the connection of the person asks for the full window, and keeps what is confirmed', async () => {
    const bench = benchWith({}, { takesDown: [] });
    const phases: string[] = [];
    const run = await bench.run({ onProgress: ({ phase }) => phases.push(phase) });
    expect(run.outcome).toBe('successful');
    expect(phases).toContain('asking');
    expect(bench.story.indexOf('extend')).toBeLessThan(bench.story.indexOf('note confirmed'));
  });

  it('is undone where nobody says "still there" before the guard would', async () => {
    const bench = benchWith({}, { takesDown: [] });
    let answerBy = '';
    let guardUntil = '';
    const run = await bench.run({
      onProgress: (state) => {
        answerBy = state.answerBy ?? answerBy;
        guardUntil = state.guardUntil ?? guardUntil;
      },
      stillThere: (until) =>
        new Promise((resolve) => {
          if (until.aborted) resolve(false);
          until.addEventListener('abort', () => resolve(false));
        }),
    });
    expect(run).toMatchObject({
      outcome: 'rolled-back',
      message: expect.stringMatching(/Nobody said/) as string,
    });
    expect(Date.parse(guardUntil) - Date.parse(answerBy)).toBe(5000);
    expect(bench.startType()).toBe('Manual');
  });
});
