/** A Windows host made from a scenario: answers the calls of cmdlets as Windows would. */
import type { ObservationName } from '#shared/capture.ts';
import type { CimClass, CimRow } from './cim.ts';
import type { CmdletAnswer, CmdletCall } from './cmdlet-value.ts';
import { refuse, type Command } from './command.ts';
import { classOf, commands } from './commands.ts';
import * as errors from './errors.ts';
import { layOutMachine, type Machine } from './machine.ts';
import { Parameters } from './parameters.ts';
import type { Scenario } from './scenario.ts';

export interface SimulatedHost {
  readonly machine: Machine;
  /** Names of the commands that exist on it, by release and features. */
  readonly commands: () => string[];
  /** The module that has a command on Windows; empty for a program, undefined where the host lacks it. */
  readonly moduleOf: (command: string) => string | undefined;
  readonly call: (call: CmdletCall) => CmdletAnswer;
  /** Calls since the start or the last reset, by command. */
  readonly counts: () => Record<string, number>;
  readonly resetCounts: () => void;
}

/** For an observation that never answers: one day. */
export const neverMs = 86_400_000;

/** Throws where parts of the scenario do not fit together. */
export function createSimulatedHost(scenario: Scenario): SimulatedHost {
  const machine = layOutMachine(scenario);
  const counts = new Map<string, number>();
  const rendered = new Map<CimClass, readonly CimRow[]>();
  const rows = (cls: CimClass) => {
    const known = rendered.get(cls) ?? cls.rows(machine);
    rendered.set(cls, known);
    return known;
  };
  const existing = new Map(
    Object.entries(commands)
      .filter(([, command]) => exists(machine, command))
      .map(([name, command]) => [name.toLowerCase(), { name, command }]),
  );

  return {
    machine,
    commands: () => [...existing.values()].map((entry) => entry.name),
    moduleOf: (command) => existing.get(command.toLowerCase())?.command.module,
    counts: () => Object.fromEntries(counts),
    resetCounts: () => counts.clear(),
    call: (call) => {
      const entry = existing.get(call.name.toLowerCase());
      if (entry === undefined) return refuse(errors.commandNotFound(call.name));
      const { name, command } = entry;
      const parameters = new Parameters(call.parameters);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (name !== 'Get-CimInstance') {
        return guard(machine, name, command) ?? command.answer(machine, parameters, { rows }, name);
      }
      const cls = classOf(machine, parameters);
      if ('message' in cls) return refuse(cls);
      if (isAbsent(machine, cls.observation) || !hasNeededFeature(machine, cls)) {
        return refuse(errors.classMissing(machine, cls.name));
      }
      return guard(machine, name, cls) ?? command.answer(machine, parameters, { rows }, name);
    },
  };
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

function exists(machine: Machine, command: Command): boolean {
  if (command.since !== undefined && !machine.since(command.since)) return false;
  if (command.isServerOnly === true && machine.isClient) return false;
  if (command.feature !== undefined && !machine.hasFeature(command.feature)) return false;
  return !isAbsent(machine, command.observation);
}

function hasNeededFeature(machine: Machine, cls: CimClass): boolean {
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
]);

function deniedBy(machine: Machine, name: string) {
  const module = commands[name]?.module ?? '';
  if (module === 'Hyper-V') return errors.hyperVAccessDenied(machine, name);
  return cimModules.has(module)
    ? errors.cimAccessDenied(machine, name)
    : errors.plainAccessDenied(machine, name);
}
