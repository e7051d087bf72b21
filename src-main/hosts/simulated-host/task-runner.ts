/** The clockwork of the Task Scheduler: starts what is due, ends what takes too long, and writes down how it went. */
import type { Scenario, ScenarioTask } from './scenario.ts';
import { dueAfter, isRunningNow, spanMs } from './task-classes.ts';

type TaskAction = ScenarioTask['actions'][number];

/** Runs one action and gives its exit code; ends it where the signal says so. */
export type Launch = (action: TaskAction, signal: AbortSignal) => Promise<number>;

/** Ended by the Task Scheduler or by hand. */
const wasTerminated = 267_014;
const fileNotFound = 2_147_942_402;

export function keyOf(task: Pick<ScenarioTask, 'path' | 'name'>): string {
  return `${task.path}${task.name}`.toLowerCase();
}

export class TaskRunner {
  private readonly running = new Map<string, AbortController>();
  private lookedAt: number;
  private readonly host: {
    readonly scenario: () => Scenario;
    readonly become: (scenario: Scenario) => void;
    readonly now: () => number;
    readonly launch: Launch;
  };

  constructor(host: TaskRunner['host']) {
    this.host = host;
    this.lookedAt = host.now();
  }

  /** Starts what has become due since the last look. */
  look(): void {
    const now = this.host.now();
    // A clock that was set back makes what lies ahead due again.
    const since = Math.min(this.lookedAt, now);
    this.lookedAt = now;
    for (const task of this.host.scenario().tasks ?? []) {
      const limit = spanMs(String(task.settings['ExecutionTimeLimit']));
      // A limit of nothing is none.
      if (limit !== undefined && limit > 0 && now - (task.lastRun ?? now) > limit) this.stop(keyOf(task));
      const isDue = task.triggers.some((trigger) => (dueAfter(trigger, since) ?? Infinity) <= now);
      if (isDue && task.isEnabled) this.start(keyOf(task));
    }
  }

  startAtBoot(): void {
    for (const task of this.host.scenario().tasks ?? []) {
      if (task.isEnabled && task.triggers.some(({ kind }) => kind === 'startup')) this.start(keyOf(task));
    }
  }

  /** A task that runs already is not started a second time. */
  start(key: string): void {
    const task = this.host.scenario().tasks?.find((entry) => keyOf(entry) === key);
    if (task === undefined || this.running.has(key)) return;
    const control = new AbortController();
    this.running.set(key, control);
    this.write(key, (entry) => ({
      ...entry,
      isRunning: true,
      lastRun: this.host.now(),
      lastResult: isRunningNow,
    }));
    void this.run(key, task, control);
  }

  stop(key: string): void {
    this.running.get(key)?.abort();
  }

  /** The machine stops: nothing that runs is heard of again. */
  reset(): void {
    for (const control of this.running.values()) control.abort();
    this.running.clear();
    this.lookedAt = this.host.now();
  }

  private async run(key: string, task: ScenarioTask, control: AbortController): Promise<void> {
    let result = 0;
    try {
      for (const action of task.actions) {
        if (!control.signal.aborted) result = await this.host.launch(action, control.signal);
      }
    } catch {
      result = fileNotFound;
    }
    if (this.running.get(key) !== control) return;
    this.running.delete(key);
    const lastResult = control.signal.aborted ? wasTerminated : result;
    this.write(key, ({ isRunning: _, ...entry }) => ({ ...entry, lastResult }));
  }

  private write(key: string, change: (task: ScenarioTask) => ScenarioTask): void {
    const scenario = this.host.scenario();
    this.host.become({
      ...scenario,
      tasks: (scenario.tasks ?? []).map((task) => (keyOf(task) === key ? change(task) : task)),
    });
  }
}
