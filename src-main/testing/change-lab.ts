/**
 * A simulated host in the hands of the product, for tests of changes: the planner, the executor, the journal and the
 * guard are the real ones, the host is simulated, the clock stands still but for what is waited for, and what a test
 * says goes wrong.
 */
import { observationNames, type Capture, type ObservationName } from '#shared/capture.ts';
import type { ChangeCommand, CommandReport } from '#shared/change-command.ts';
import type { Check } from '#shared/finding.ts';
import type { ChangeRun, ChoiceValue, FixPlan } from '#shared/fix-plan.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { noSettings } from '#shared/settings.ts';
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { createChanges, type Changes } from '../app/changes.ts';
import { checkCapture } from '../app/check.ts';
import type { Host, HostChanges } from '../hosts/host.ts';
import { demoChanges } from '../hosts/simulated-host/demo-changes.ts';
import type { GuardClock } from '../hosts/simulated-host/demo-guard.ts';
import { captureHead, observe } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { createSimulatedHost, type SimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import type { Launch } from '../hosts/simulated-host/task-runner.ts';
import type { JournalEvent } from '../remediation/journal-event.ts';
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
  /** The tool dies when the command has taken effect, before it hears of it. */
  | { readonly kind: 'killed-after'; readonly command: number }
  /** The tool dies before it writes that line of the journal, or when it has written it. */
  | { readonly kind: 'killed-noting' | 'killed-noted'; readonly line: number };

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
  readonly capture: () => Capture;
  readonly judge: (capture: Capture) => Check;
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
  /** The clock of the host goes on: links that start anew come up, and a guard whose deadline passes undoes its change. */
  readonly letTimePass: (ms: number) => void;
  readonly hasGuard: () => Promise<boolean>;
  /** Runs the way back of a change once more, whatever the product thinks of that. */
  readonly undoAgain: (id: string) => Promise<readonly Result<CommandReport>[]>;
  /** A new tool on the same host, as after a crash. */
  readonly restartTool: () => void;
  readonly close: () => Promise<void>;
}

interface RanCommand {
  readonly command: ChangeCommand;
  readonly state: CommandReport['state'] | 'lost';
}

export interface LabOptions {
  readonly fault?: ChangeFault;
  /** Called after each command that may have changed the host. */
  readonly watch?: (host: SimulatedHost, command: ChangeCommand) => void;
  /** How the host is changed; default: as a demo is, without PowerShell. */
  readonly doorsTo?: (host: SimulatedHost) => HostChanges;
  /** Runs the actions of the host's scheduled tasks. */
  readonly launch?: Launch;
}

const today = '2026-01-15';

/** Real time and all that was waited for, so that nobody waits. */
class LabClock implements Clock, GuardClock {
  private waited = 0;
  private readonly timers = new Set<{ readonly at: number; readonly work: () => void }>();

  readonly now = (): number => Date.now() + this.waited;

  readonly sleep = (ms: number): Promise<void> => {
    this.goOn(ms);
    return Promise.resolve();
  };

  readonly at = (time: number, work: () => void): (() => void) => {
    const timer = { at: time, work };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  goOn(ms: number): void {
    this.waited += ms;
    for (const timer of [...this.timers].filter(({ at }) => at <= this.now())) {
      this.timers.delete(timer);
      timer.work();
    }
  }
}

/** What was made of something that does not change, made once. */
function onceFor<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** One run of the tool: what it does when it is dead reaches nobody. */
interface Life {
  isDead: boolean;
  /** Lines that it wrote into the journal. */
  noted: number;
}

export function openLab(
  { host: patch, profile, isAway }: LabHost,
  { fault, watch, doorsTo, launch }: LabOptions = {},
): ChangeLab {
  const clock = new LabClock();
  const simulated = createSimulatedHost(scenarioWith(patch), {
    now: clock.now,
    ...(launch !== undefined && { launch }),
  });
  const doors = doorsTo?.(simulated) ?? demoChanges(simulated, clock);
  const journal = memoryJournal();
  const ran: RanCommand[] = [];
  let number = 0;
  let isFaulty = true;
  let isBlind = false;
  let life: Life = { isDead: false, noted: 0 };
  let tellOfDeath: () => void = () => undefined;
  const die = (): void => {
    life.isDead = true;
    tellOfDeath();
  };
  const never = new Promise<never>(() => undefined);

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
    const report = await doors.run(command, secrets);
    watch?.(simulated, command);
    const isLost = hit === 'lost' || hit === 'killed-after';
    ran.push({ command, state: isLost ? 'lost' : report.ok ? report.value.state : 'failed' });
    if (hit === 'lost') return fail('timed-out', 'No answer came in time.');
    if (hit === 'late-error') return succeed(failed('It says that it failed.'));
    if (hit === 'killed-after') {
      die();
      return never;
    }
    return report;
  };
  // A host that did not change answers as before, and is judged as before.
  const observed = onceFor((machine: SimulatedHost['machine']): Capture => ({
    ...captureHead(machine),
    observations: Object.fromEntries(observationNames.map((name) => [name, observe(simulated, name)])),
  }));
  const capture = (only?: readonly ObservationName[]): Capture => {
    const whole = observed(simulated.machine);
    if (only === undefined) return whole;
    const observations = Object.fromEntries(only.map((name) => [name, whole.observations[name]]));
    return { ...whole, observations: observations };
  };
  const judge = onceFor((taken: Capture): Check =>
    checkCapture(
      taken,
      'demo',
      profile === undefined ? undefined : { from: 'a test', host: noSettings, profile, today, ignored: [] },
    ),
  );
  const openTool = (): Changes => {
    const own: Life = { isDead: false, noted: 0 };
    life = own;
    const alive = <T>(work: () => Promise<T>): Promise<T> => (own.isDead ? never : work());
    const host: Host = {
      source: 'demo',
      label: 'lab',
      changes: {
        ...doors,
        ask: (questions) => alive(() => doors.ask(questions)),
        run: (command, secrets) => alive(() => run(command, secrets)),
        guard: {
          arm: (order) => alive(() => doors.guard.arm(order)),
          extend: (id, seconds) => alive(() => doors.guard.extend(id, seconds)),
          disarm: (id) => alive(() => doors.guard.disarm(id)),
          find: () => alive(doors.guard.find),
        },
      },
      look: ({ only } = {}) =>
        alive(() =>
          Promise.resolve(isBlind ? fail('timed-out', 'The host does not answer.') : succeed(capture(only))),
        ),
      close: () => Promise.resolve(),
    };
    return createChanges({
      host,
      judge,
      capture: () => capture(),
      tell: (state) => {
        if (!own.isDead) follow(state);
      },
      onEnd: () => undefined,
      clock,
      journal: { ...journal, append: (event) => noteBy(own, event) },
      lock: memoryLock(),
    });
  };
  let tool = openTool();

  /** What a dead tool writes does not reach the disk. */
  function noteBy(own: Life, event: JournalEvent): Result<void> {
    const hit =
      isFaulty && fault !== undefined && 'line' in fault && fault.line === own.noted ? fault : undefined;
    own.noted += 1;
    if (hit?.kind === 'killed-noting') die();
    if (own.isDead) return succeed(undefined);
    const noted = journal.append(event);
    if (hit?.kind === 'killed-noted') die();
    return noted;
  }

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
    capture: () => capture(),
    judge,
    plan: ({ findings, fix, answers = {} }) =>
      tool.plan({
        findings,
        ...(fix !== undefined && { fixes: Object.fromEntries(findings.map((id) => [id, fix])) }),
        answers,
      }),
    apply: async (plan, { typed = [], secrets = {} } = {}) => {
      const killed = new Promise<'killed'>((resolve) => {
        tellOfDeath = () => resolve('killed');
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
    letTimePass: (ms) => clock.goOn(ms),
    undoAgain: async (id) => {
      const read = journal.read();
      const events = read.ok ? read.value.events : [];
      const begun = events.find((event) => event.event === 'begins' && event.change === id);
      const steps = begun?.event === 'begins' ? begun.steps.toReversed() : [];
      const reports: Result<CommandReport>[] = [];
      for (const command of steps.flatMap(({ undo }) => undo)) reports.push(await doors.run(command, {}));
      return reports;
    },
    hasGuard: async () => {
      const found = await doors.guard.find();
      return found.ok && found.value.length > 0;
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
