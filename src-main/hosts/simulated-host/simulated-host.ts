/** A Windows host made from a scenario: answers the calls of cmdlets as Windows would, and changes as it would. */
import type { ObservationName } from '#shared/capture.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import type { CimClass, CimRow } from './cim.ts';
import type { CmdletAnswer, CmdletCall } from './cmdlet-value.ts';
import { refuse, type ChangingCommand, type Command, type Outcome } from './command.ts';
import { changes, classOf, commands } from './commands.ts';
import * as errors from './errors.ts';
import { FaultList, type Fault } from './faults.ts';
import { renameIdentities } from './identities.ts';
import { layOutMachine, type Machine } from './machine.ts';
import type { SimLoad } from './load-demand.ts';
import { createMeter, type CounterReading, type Meter } from './meter.ts';
import { Parameters } from './parameters.ts';
import type { Scenario } from './scenario.ts';
import { TaskRunner, type Launch } from './task-runner.ts';
import { restarted, settled } from './time.ts';

export interface SimulatedHost {
  /** The host as it is now: another one after each change. */
  readonly machine: Machine;
  /** Names of the commands that exist on it, by release and features. */
  readonly commands: () => string[];
  /** The module that has a command on Windows; empty for a program, undefined where the host lacks it. */
  readonly moduleOf: (command: string) => string | undefined;
  readonly call: (call: CmdletCall) => CmdletAnswer;
  /** The parameters of its changing commands, by command. */
  readonly parameters: () => Record<string, string[]>;
  /** Starts Windows anew: only what survives that is left, and what was waiting for it takes effect. */
  readonly restart: () => void;
  /** Lets what time brings happen: also done with every call. */
  readonly settle: () => void;
  /** Lets a coming call go wrong. */
  readonly inject: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** What its counters read now. */
  readonly counters: () => CounterReading;
  /** From now on somebody reads like that beside what it moves anyway; undefined: nobody. */
  readonly setLoad: (load: SimLoad | undefined) => void;
  /** Calls since the start or the last reset, by command. */
  readonly counts: () => Record<string, number>;
  readonly resetCounts: () => void;
}

/** For an observation that never answers: one day. */
export const neverMs = 86_400_000;

export interface SimulatedHostSettings {
  /** Milliseconds since 1970; default the clock of this machine. */
  readonly now?: () => number;
  /** Seconds since the host began to move anything; default: real time. */
  readonly seconds?: () => number;
  /** Runs the action of a scheduled task; without one it ends at once, without effect. */
  readonly launch?: Launch;
}

/** Demos begin as if they had run for so long as was recorded of them. */
function realSeconds(scenario: Scenario): () => number {
  const began = performance.now() - (scenario.traffic?.recordedSeconds ?? 0) * 1000;
  return () => (performance.now() - began) / 1000;
}

/** Throws where parts of the scenario do not fit together. */
export function createSimulatedHost(
  scenario: Scenario,
  {
    now = Date.now,
    seconds = realSeconds(scenario),
    launch = () => Promise.resolve(0),
  }: SimulatedHostSettings = {},
): SimulatedHost {
  let machine = layOutMachine(scenario);
  let meter: Meter | undefined;
  let load: SimLoad | undefined;
  const counters = (): CounterReading => {
    meter ??= createMeter(machine);
    return meter.read(machine, seconds(), load);
  };
  const counts = new Map<string, number>();
  const faults = new FaultList();
  const rendered = new Map<CimClass, readonly CimRow[]>();
  const rows = (cls: CimClass) => {
    if ('count' in cls) return cls.count(machine, counters());
    const known = rendered.get(cls) ?? cls.rows(machine);
    rendered.set(cls, known);
    return known;
  };
  let existing = existingOn(machine);

  function become(next: Scenario, renamed: NonNullable<Outcome['renamed']> = []): void {
    // What was moved up to now was moved over the host as it was.
    if (meter !== undefined) counters();
    machine = layOutMachine(next, renameIdentities(machine.identities, renamed));
    rendered.clear();
    existing = existingOn(machine);
  }

  const runner = new TaskRunner({ scenario: () => machine.scenario, become, now, launch });

  function settle(): void {
    const scenario = settled(machine, now());
    if (scenario !== machine.scenario) become(scenario);
    runner.look();
  }

  function restart(): void {
    runner.reset();
    become(restarted(machine));
    runner.startAtBoot();
  }

  function answerOf({ name, command }: Existing, parameters: Parameters): CmdletAnswer {
    if ('change' in command) {
      const stop = guard(machine, name, command) ?? refusedParameters(machine, name, command, parameters);
      if (stop !== undefined) return stop;
      const outcome = command.change({ machine, parameters, command: name, now: now() });
      const isPreview = parameters.flag('WhatIf');
      if (outcome.scenario !== undefined && !isPreview) become(outcome.scenario, outcome.renamed);
      if (!isPreview) {
        for (const key of outcome.startsTasks ?? []) runner.start(key);
        for (const key of outcome.stopsTasks ?? []) runner.stop(key);
        if (outcome.restarts === true) restart();
      }
      return {
        output: isPreview ? [] : (outcome.output?.(machine) ?? []),
        errors: outcome.errors ?? [],
        ...(outcome.warnings === undefined ? {} : { warnings: outcome.warnings }),
        ...(outcome.exitCode === undefined ? {} : { exitCode: outcome.exitCode }),
      };
    }
    if (name !== 'Get-CimInstance') {
      return guard(machine, name, command) ?? command.answer(machine, parameters, { rows }, name);
    }
    const cls = classOf(machine, parameters);
    if ('message' in cls) return refuse(cls);
    if (isAbsent(machine, cls.observation) || !hasNeededFeature(machine, cls)) {
      return refuse(errors.classMissing(machine, cls.name));
    }
    return guard(machine, name, cls) ?? command.answer(machine, parameters, { rows }, name);
  }

  return {
    get machine() {
      settle();
      return machine;
    },
    restart,
    counters,
    setLoad: (next) => {
      // What was moved up to now was moved without it, or with the one before.
      counters();
      load = next;
      counters();
    },
    settle,
    commands: () => [...existing.values()].map((entry) => entry.name),
    moduleOf: (command) => existing.get(command.toLowerCase())?.command.module,
    parameters: () =>
      Object.fromEntries(
        [...existing.values()].flatMap(({ name, command }) =>
          'change' in command ? [[name, parametersOf(machine, command)]] : [],
        ),
      ),
    counts: () => Object.fromEntries(counts),
    resetCounts: () => counts.clear(),
    inject: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    call: (call) => {
      settle();
      const name = call.name.toLowerCase();
      // A program may be called without its ending.
      const entry = existing.get(name) ?? existing.get(`${name}.exe`);
      if (entry === undefined) return refuse(errors.commandNotFound(call.name));
      counts.set(entry.name, (counts.get(entry.name) ?? 0) + 1);
      const fault = faults.take(entry.name);
      const failure = fault?.error ?? errors.failure(machine, entry.name);
      if (fault?.kind === 'error') return refuse(failure);
      if (fault?.kind === 'hang') return { output: [], errors: [], delayMs: neverMs };
      const answer = answerOf(entry, new Parameters(call.parameters));
      if (fault?.kind === 'lost') return { ...answer, isLost: true };
      return fault?.kind === 'late-error' ? refuse(failure) : answer;
    },
  };
}

interface Existing {
  readonly name: string;
  readonly command: Command | ChangingCommand;
}

function existingOn(machine: Machine): Map<string, Existing> {
  return new Map(
    Object.entries({ ...commands, ...changes })
      .filter(([, command]) => exists(machine, command))
      .map(([name, command]) => [name.toLowerCase(), { name, command }]),
  );
}

const common = new Set([
  'debug',
  'erroraction',
  'errorvariable',
  'informationaction',
  'informationvariable',
  'outbuffer',
  'outvariable',
  'pipelinevariable',
  'verbose',
  'warningaction',
  'warningvariable',
]);

function parametersOf(machine: Machine, command: ChangingCommand): string[] {
  return command.takes.split(' ').flatMap((word) => {
    const [parameter = '', since] = word.split('@');
    return since === undefined || machine.since(since as WindowsRelease) ? [parameter] : [];
  });
}

/** A parameter that this Windows does not have, or a question that nobody answers. */
function refusedParameters(
  machine: Machine,
  name: string,
  command: ChangingCommand,
  parameters: Parameters,
): CmdletAnswer | undefined {
  const taken = new Set(common);
  for (const parameter of parametersOf(machine, command)) taken.add(parameter.toLowerCase());
  const unknown = parameters.names().find((parameter) => !taken.has(parameter.toLowerCase()));
  if (unknown !== undefined) return refuse(errors.parameterUnknown(name, unknown));
  const isTold = parameters.has('Confirm') ? !parameters.flag('Confirm') : parameters.flag('Force');
  const mustAsk = parameters.flag('Confirm') || (command.asks === true && !isTold);
  return mustAsk && !parameters.flag('WhatIf') ? refuse(errors.cannotAsk(name)) : undefined;
}

const absentKinds: ReadonlySet<string> = new Set([
  'feature-missing',
  'not-on-this-windows',
  'cmdlet-missing',
]);

function isAbsent(machine: Machine, observation: ObservationName | undefined): boolean {
  if (observation === undefined) return false;
  const failure = machine.failureOf(observation);
  return failure !== undefined && failure.hangs !== true && absentKinds.has(failure.kind);
}

function exists(machine: Machine, command: Command | ChangingCommand): boolean {
  if (command.since !== undefined && !machine.since(command.since)) return false;
  if (command.isServerOnly === true && machine.isClient) return false;
  if (command.feature !== undefined && !machine.hasFeature(command.feature)) return false;
  return !isAbsent(machine, command.observation);
}

function hasNeededFeature(machine: Machine, cls: CimClass): boolean {
  if (cls.needs === 'hyper-v') return machine.hasFeature('Hyper-V');
  return cls.needs !== 'multipath-io' || (machine.hasFeature('Multipath-IO') && !machine.isClient);
}

/** What stands between the question and its answer: the scenario's failures, elevation, a stopped service. */
function guard(
  machine: Machine,
  name: string,
  subject: Pick<Command, 'observation' | 'isProtected' | 'needs'>,
): CmdletAnswer | undefined {
  const failure = subject.observation === undefined ? undefined : machine.failureOf(subject.observation);
  if (failure?.hangs === true || failure?.kind === 'timed-out') {
    return { output: [], errors: [], delayMs: neverMs };
  }
  if (failure !== undefined) {
    switch (failure.kind) {
      case 'access-denied':
      case 'not-elevated':
        return refuse(deniedBy(machine, name));
      case 'service-stopped':
        return refuse(errors.serviceStopped(machine, name));
      case 'feature-missing':
      case 'not-on-this-windows':
      case 'cmdlet-missing':
        return refuse(errors.commandNotFound(name));
      case 'cancelled':
      case 'exited':
      case 'start-failed':
      case 'bad-output':
      case 'too-large':
      case 'constrained-language':
      case 'script-error':
      case 'unexpected':
        return refuse(errors.failure(machine, name));
    }
  }
  if (subject.isProtected === true && !machine.isElevated) return refuse(deniedBy(machine, name));
  if (subject.needs === 'msiscsi' && machine.msiscsi.status === 'Stopped') {
    return refuse(errors.serviceStopped(machine, name));
  }
  return undefined;
}

const cimModules: ReadonlySet<string> = new Set([
  'CimCmdlets',
  'NetAdapter',
  'NetLbfo',
  'NetTCPIP',
  'DnsClient',
  'NetQos',
  'DcbQos',
  'iSCSI',
  'Storage',
  'SmbShare',
  'MPIO',
  'ScheduledTasks',
]);

function deniedBy(machine: Machine, name: string) {
  const module = (commands[name] ?? changes[name])?.module ?? '';
  if (module === 'Hyper-V') return errors.hyperVAccessDenied(machine, name);
  return cimModules.has(module)
    ? errors.cimAccessDenied(machine, name)
    : errors.plainAccessDenied(machine, name);
}
