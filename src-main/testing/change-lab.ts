/**
 * A simulated host in the hands of the product, for tests of changes: the planner, the executor, the journal and the
 * guard are the real ones, the host is simulated, the clock stands still but for what is waited for, and what a test
 * says goes wrong.
 */
import { observationNames, type Capture, type Observation, type ObservationName } from '#shared/capture.ts';
import type { ChangeCommand, CommandReport } from '#shared/change-command.ts';
import type { Check } from '#shared/finding.ts';
import type { ChangeRun, ChoiceValue, FixPlan } from '#shared/fix-plan.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { noSettings } from '#shared/settings.ts';
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { createChanges, type Changes } from '../app/changes.ts';
import { checkCapture } from '../app/check.ts';
import type { GuardOrder, Host } from '../hosts/host.ts';
import { demoChanges } from '../hosts/simulated-host/demo-changes.ts';
import { captureHead, observe } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { createSimulatedHost, type SimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { memoryJournal, type Journal } from '../remediation/journal.ts';
import { memoryLock } from '../remediation/lock.ts';
import type { Clock } from '../remediation/run-plan.ts';
import { scenarioWith } from './host-with.ts';

/** What goes wrong. Commands and steps are counted from 0. */
export type ChangeFault =
  /** Refused; nothing happens. */
  | { readonly kind: 'refused'; readonly command: number }
  /** Takes effect and says that it failed. */
  | { readonly kind: 'late-error'; readonly command: number }
  /** Takes effect, and no answer comes. */
  | { readonly kind: 'lost'; readonly command: number }
  /** Nothing that is asked after the step is answered, until it is given up. */
  | { readonly kind: 'unseen'; readonly step: number }
  /** The person stops it when the step is done. */
  | { readonly kind: 'stopped'; readonly step: number }
  /** The tool dies: before the command runs, or after it took effect. */
  | { readonly kind: 'killed-before' | 'killed-after'; readonly command: number };

export interface LabHost {
  readonly host: Partial<Scenario>;
  readonly profile?: VendorProfile;
  /** Nobody says "still there" when it is asked. */
  readonly isAway?: true;
}

interface Wish {
  readonly findings: readonly string[];
  readonly fix?: string;
  readonly answers?: Readonly<Record<string, ChoiceValue>>;
}

export interface ChangeLab {
  readonly simulated: SimulatedHost;
  readonly look: () => Check;
  readonly plan: (wish: Wish) => Promise<Result<FixPlan>>;
  /** Settles when it has ended, or when the tool is dead. */
  readonly apply: (
    plan: FixPlan,
    more?: { readonly typed?: readonly string[]; readonly secrets?: Readonly<Record<string, string>> },
  ) => Promise<ChangeRun | 'killed'>;
  readonly changes: () => Changes;
  readonly journal: Journal;
  /** All that was given to the host to run, in its order, with what became of it. */
  readonly ran: readonly RanCommand[];
  /** The guard that was armed last does what it would do at its deadline; false where none was. */
  readonly fireGuard: () => Promise<boolean>;
  /** The clock of the host goes on: links that start anew come up. */
  readonly letTimePass: (ms: number) => void;
  /** A new tool on the same host, as after a crash. */
  readonly restartTool: () => void;
  readonly close: () => Promise<void>;
}

interface RanCommand {
  readonly command: ChangeCommand;
  readonly state: CommandReport['state'] | 'lost';
}

const today = '2026-01-15';

/** `watch` is called after each command that may have changed the host. */
export function openLab(
  { host: patch, profile, isAway }: LabHost,
  fault?: ChangeFault,
  watch?: (host: SimulatedHost, command: ChangeCommand) => void,
): ChangeLab {
  let waited = 0;
  const clock: Clock = {
    now: () => Date.now() + waited,
    sleep: (ms) => {
      waited += ms;
      return Promise.resolve();
    },
  };
  const simulated = createSimulatedHost(scenarioWith(patch), { now: clock.now });
  const doors = demoChanges(simulated);
  const journal = memoryJournal();
  const ran: RanCommand[] = [];
  let number = 0;
  let isFaulty = true;
  let isBlind = false;
  let armed: GuardOrder | undefined;
  let die: () => void = () => undefined;
  const dead = new Promise<CommandReport>(() => undefined);

  const run = async (
    command: ChangeCommand,
    secrets: Readonly<Record<string, string>>,
  ): Promise<Result<CommandReport>> => {
    const hit =
      isFaulty && fault !== undefined && 'command' in fault && fault.command === number
        ? fault.kind
        : undefined;
    number += 1;
    if (hit !== undefined) isFaulty = false;
    if (hit === 'refused') {
      ran.push({ command, state: 'failed' });
      return succeed(failed('The host refused it.'));
    }
    if (hit === 'killed-before') {
      die();
      return succeed(await dead);
    }
    const report = await doors.run(command, secrets);
    watch?.(simulated, command);
    const isLost = hit === 'lost' || hit === 'killed-after';
    ran.push({ command, state: isLost ? 'lost' : report.ok ? report.value.state : 'failed' });
    if (hit === 'lost') return fail('timed-out', 'No answer came in time.');
    if (hit === 'late-error') return succeed(failed('It says that it failed.'));
    if (hit === 'killed-after') {
      die();
      return succeed(await dead);
    }
    return report;
  };
  const capture = (only: readonly ObservationName[] = observationNames): Capture => {
    const seen: Partial<Record<ObservationName, Observation>> = {};
    for (const name of only) seen[name] = observe(simulated, name);
    return { ...captureHead(simulated.machine), observations: seen };
  };
  const host: Host = {
    source: 'demo',
    label: 'lab',
    changes: {
      ...doors,
      run,
      guard: {
        ...doors.guard,
        arm: (order) => {
          armed = order;
          return doors.guard.arm(order);
        },
      },
    },
    look: ({ only } = {}) =>
      Promise.resolve(isBlind ? fail('timed-out', 'The host does not answer.') : succeed(capture(only))),
    close: () => Promise.resolve(),
  };
  const judge = (taken: Capture): Check =>
    checkCapture(
      taken,
      'demo',
      profile === undefined ? undefined : { from: 'a test', host: noSettings, profile, today, ignored: [] },
    );
  const openTool = (): Changes =>
    createChanges({
      host,
      judge,
      capture: () => capture(),
      tell: (state) => follow(state),
      onEnd: () => undefined,
      clock,
      journal,
      lock: memoryLock(),
    });
  let tool = openTool();

  /** What only a step can bring about. */
  function follow(state: ChangeRun): void {
    // Once the question is open: it is told before anybody can answer.
    if (state.phase === 'asking' && isAway !== true) queueMicrotask(() => tool.stillThere(state.id));
    if (!isFaulty || fault === undefined || !('step' in fault)) return;
    const step = state.steps[fault.step];
    if (fault.kind === 'unseen') {
      if (step?.state === 'verifying') isBlind = true;
      if (step?.state === 'failed') {
        isBlind = false;
        isFaulty = false;
      }
    } else if (step?.state === 'done' && state.phase === 'changing') {
      isFaulty = false;
      tool.cancel(state.id);
    }
  }

  return {
    simulated,
    look: () => judge(capture()),
    plan: ({ findings, fix, answers = {} }) =>
      tool.plan({
        findings,
        ...(fix !== undefined && { fixes: Object.fromEntries(findings.map((id) => [id, fix])) }),
        answers,
      }),
    apply: async (plan, { typed = [], secrets = {} } = {}) => {
      const killed = new Promise<'killed'>((resolve) => {
        die = () => resolve('killed');
      });
      const begun = tool.apply({ planHash: plan.hash, typed, secrets });
      if (!begun.ok) throw new Error(begun.failure.message);
      const ended = tool.settled().then(async () => {
        const { run: state } = await tool.state();
        if (state === undefined) throw new Error('No change ran.');
        return state;
      });
      return Promise.race([ended, killed]);
    },
    changes: () => tool,
    journal,
    ran,
    fireGuard: async () => {
      if (armed === undefined) return false;
      for (const command of armed.undo) await doors.run(command, {});
      return true;
    },
    letTimePass: (ms) => {
      waited += ms;
    },
    restartTool: () => {
      isFaulty = false;
      isBlind = false;
      tool = openTool();
    },
    close: () => doors.close(),
  };
}

function failed(message: string): CommandReport {
  return { state: 'failed', output: [], error: { id: 'Injected', message } };
}
