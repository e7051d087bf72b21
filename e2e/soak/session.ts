/**
 * One long session: the application and its browser shell over a soak host, looked at each minute and sampled live all
 * along, with changes, pages that come and go, and something that goes wrong every ten seconds.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createApplication } from '../../src-main/app/application.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import type { Fault } from '../../src-main/hosts/simulated-host/faults.ts';
import type { ChangesState, FixPlan, History } from '../../src-main/shared/fix-plan.ts';
import type { HostState } from '../../src-main/shared/host-state.ts';
import type { LiveState } from '../../src-main/shared/live.ts';
import { demoScenario } from '../../src-main/testing/demo-check.ts';
import { openServer } from '../../src-main/web/server.ts';
import { randomOf, type Random } from '../fuzz/random.ts';
import type { Busy } from './busy.ts';
import { openPage, type SoakPage } from './page.ts';
import { openSoakHost, shellFaults } from './soak-host.ts';

const lookEveryMs = 60_000;
const faultEveryMs = 10_000;
const changeEveryMs = 600_000;
const reviveEveryMs = 120_000;
const firstChangeMs = 10_000;
const planAgainMs = 10_000;
const pageEveryMs = 120_000;
const firstPageMs = 15_000;
const pageStaysMs = 90_000;
const pageAsksEveryMs = 5_000;
/** A change with its guard and its fresh looks takes a minute or two. */
const mostChangeMs = 900_000;

interface Counts {
  looks: number;
  /** Looks in which at least one question had no answer. */
  marred: number;
  faults: number;
  pages: number;
  applied: number;
  undone: number;
  refused: number;
  /** Live was given up after its PowerShell had ended again and again, and was switched on anew. */
  revived: number;
}

export interface SoakSession {
  readonly counts: Counts;
  /** What must not happen: errors inside, and work that never came to its end. */
  readonly wrong: readonly string[];
  readonly listenerCount: () => number;
  readonly sampleCount: () => number;
  /** Ends pages and lets nothing new go wrong; settles when all that was under way is over and live runs again. */
  readonly quieten: () => Promise<void>;
  readonly goOn: () => void;
  readonly close: () => Promise<void>;
}

const commandFaults: readonly [Fault['kind'], ...Fault['kind'][]] = ['error', 'late-error', 'lost', 'error'];
const pageCalls = ['host.state', 'host.observations', 'host.records', 'live.state', 'live.verdicts'] as const;

/** A demo host on which something can be put right while it runs: one disk uses one path of four. */
function ailingHost(): Scenario {
  const healthy = demoScenario('mpio-dedicated');
  const disks = healthy.mpio?.disks ?? [];
  return {
    ...healthy,
    mpio: { ...healthy.mpio, disks: disks.map((one) => (one.disk === 1 ? { ...one, policy: 'FOO' } : one)) },
  };
}

export async function openSession(seed: number, folder: string, busy: Busy): Promise<SoakSession> {
  const random = randomOf(seed);
  const counts: Counts = {
    looks: 0,
    marred: 0,
    faults: 0,
    pages: 0,
    applied: 0,
    undone: 0,
    refused: 0,
    revived: 0,
  };
  const wrong: string[] = [];
  const simulated = createSimulatedHost(ailingHost());
  const soak = openSoakHost(simulated, folder, busy);
  const application = createApplication({
    host: soak.host,
    shell: 'browser',
    log: (line) => wrong.push(line.slice(0, 300)),
  });
  let listenerCount = 0;
  let sampleCount = 0;
  application.listen(({ event }) => {
    if (event === 'live.tick') sampleCount += 1;
  });
  const opened = await openServer({
    application: {
      call: application.call,
      listen: (listener) => {
        listenerCount += 1;
        const stop = application.listen(listener);
        let isStopped = false;
        return () => {
          if (!isStopped) listenerCount -= 1;
          isStopped = true;
          stop();
        };
      },
    },
    bundle: new Map([['/', { contentType: 'text/html', body: Buffer.from('') }]]),
    log: (line) => wrong.push(line),
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  const server = opened.value;
  const over = new AbortController();
  const actors = new Set<Promise<void>>();
  let isQuiet = false;
  const isOver = (): boolean => over.signal.aborted;
  const rest = (ms: number): Promise<unknown> =>
    pause(ms, undefined, { signal: over.signal }).catch(() => undefined);
  const act = (work: () => Promise<void>): void => {
    const ended = work()
      .catch((error: unknown) => void wrong.push(String(error)))
      .finally(() => actors.delete(ended));
    actors.add(ended);
  };
  const ask = async <T>(name: string, request: object = {}): Promise<T> => {
    const answer = await application.call(name, request);
    if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
    return answer.value as T;
  };

  const look = async (): Promise<void> => {
    application.watch.lookAgain();
    await application.watch.settled();
    const { check } = application.watch.state();
    counts.looks += 1;
    if (check === undefined) wrong.push('A look gave no check.');
    else if (check.rules.some(({ result }) => result === 'not-evaluated')) counts.marred += 1;
  };

  const spoil = (): void => {
    counts.faults += 1;
    const fault = random.pick(shellFaults);
    soak.fault(random.number(2) === 0 ? 'look' : 'sample', fault);
  };

  /** A page as a person leaves it open for a while: it asks, now and then it is closed in the middle of something. */
  const visit = async (): Promise<void> => {
    counts.pages += 1;
    const page = await openPage(server.freshLink(), busy, random.number(4) !== 0);
    const closesAt = performance.now() + pageStaysMs * (0.5 + random.number(100) / 100);
    while (performance.now() < closesAt && !isQuiet && !isOver()) {
      await askAround(page);
      await rest(pageAsksEveryMs);
    }
    if (random.number(2) === 0) void page.call('host.state').catch(() => undefined);
    page.close();
  };
  const askAround = async (page: SoakPage): Promise<void> => {
    await page.call(random.pick(pageCalls));
    await page.call('samples.series', { windowMs: 300_000, mostMoments: 400 });
  };

  const change = async (): Promise<void> => {
    // A look that something went wrong in leaves facts out that plans rest on.
    let plan = await planOf(ask, random);
    while (plan === undefined) {
      counts.refused += 1;
      await rest(planAgainMs);
      if (isOver()) return;
      plan = await planOf(ask, random);
    }
    const typed = plan.typeToConfirm === undefined ? [] : [plan.typeToConfirm];
    const [first] = plan.steps.flatMap(({ lines }) =>
      lines.map((line) => /\w+\.exe|^[A-Z]\w+-\w+/.exec(line)?.[0]),
    );
    if (first !== undefined && random.number(3) === 0) {
      counts.faults += 1;
      simulated.inject({ command: first, kind: random.pick(commandFaults) });
    }
    const { runId } = await ask<{ runId: string }>('changes.apply', {
      planHash: plan.hash,
      typed,
      secrets: {},
    });
    await untilEnded(runId);
    simulated.clearFaults();
    counts.applied += 1;
    const { entries } = await ask<History>('changes.history');
    const made = entries.find(({ id }) => id === runId);
    if (made?.rollback.isPossible !== true) return;
    const back = await ask<{ runId: string }>('changes.rollback', { id: runId, typed, secrets: {} });
    await untilEnded(back.runId);
    counts.undone += 1;
  };
  const untilEnded = async (runId: string): Promise<void> => {
    const byMs = performance.now() + mostChangeMs;
    for (;;) {
      const { run } = await ask<ChangesState>('changes.state');
      if (run?.id === runId && run.phase === 'ended') return;
      if (run?.phase === 'asking') await ask('changes.stillThere', { runId });
      if (performance.now() > byMs) throw new Error(`A change hangs in the phase ${run?.phase ?? 'none'}.`);
      await rest(1000);
    }
  };

  const repeat = (everyMs: number, firstMs: number, work: () => Promise<void> | void): void =>
    act(async () => {
      for (let waitMs = firstMs; !isOver(); waitMs = everyMs) {
        await rest(waitMs);
        if (!isQuiet && !isOver()) await work();
      }
    });

  await look();
  await ask('live.start', { intervalMs: 1000 });
  act(async () => {
    while (!isOver()) {
      await rest(lookEveryMs);
      if (!isOver()) await look();
    }
  });
  repeat(faultEveryMs, faultEveryMs, spoil);
  repeat(pageEveryMs, firstPageMs, () => act(visit));
  repeat(changeEveryMs, firstChangeMs, change);

  /** As a person does who reads that a source was given up: off and on. */
  const reviveLive = async (): Promise<void> => {
    const { sources } = await ask<LiveState>('live.state');
    if (!sources.some(({ failure }) => failure?.remedy?.includes('off and on') === true)) return;
    counts.revived += 1;
    await ask('live.stop');
    await ask('live.start', { intervalMs: 1000 });
  };
  repeat(reviveEveryMs, reviveEveryMs, reviveLive);

  const isCalm = async (): Promise<boolean> => {
    const { phase, slowedBecause } = await ask<LiveState>('live.state');
    const { run } = await ask<ChangesState>('changes.state');
    const { look: under, check } = await ask<HostState>('host.state');
    const isWhole = check?.rules.every(({ result }) => result !== 'not-evaluated') === true;
    return (
      phase === 'running' &&
      slowedBecause === undefined &&
      isWhole &&
      under === undefined &&
      (run === undefined || run.phase === 'ended')
    );
  };

  return {
    counts,
    wrong,
    listenerCount: () => listenerCount,
    sampleCount: () => sampleCount,
    quieten: async () => {
      isQuiet = true;
      soak.clear();
      const byMs = performance.now() + 600_000;
      do {
        await rest(lookEveryMs);
        await reviveLive();
        if (performance.now() > byMs) {
          wrong.push('Ten minutes after the last fault live or the look has not recovered.');
          return;
        }
      } while (!(await isCalm()));
    },
    goOn: () => {
      isQuiet = false;
    },
    close: async () => {
      over.abort();
      await Promise.all(actors);
      await application.close();
      await server.close();
    },
  };
}

/** A plan for some finding of the last look that a person could confirm as it is; undefined where none has one. */
async function planOf(
  ask: <T>(name: string, request?: object) => Promise<T>,
  random: Random,
): Promise<FixPlan | undefined> {
  const { check } = await ask<HostState>('host.state');
  const wishes = (check?.findings ?? []).flatMap(({ id, fixes }) => fixes.map((fix) => ({ id, fix })));
  for (const { id, fix } of shuffled(wishes, random)) {
    const plan = await ask<FixPlan>('changes.plan', { findings: [id], fixes: { [id]: fix } });
    const isReady =
      plan.refusals.length === 0 &&
      Object.keys(plan.problems).length === 0 &&
      plan.steps.length > 0 &&
      plan.impact !== 'reboot' &&
      plan.steps.every(({ notUndone }) => notUndone === undefined);
    if (isReady) return plan;
  }
  return undefined;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => ({ value, place: random.number(1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
