/**
 * The host of a soak: a simulated Windows behind everything that the product has for a real one. Pool, sessions and
 * sampler are the product's own and talk to real processes; these stand in for PowerShell, and print what the simulated
 * Windows answers, or do what a bad day does.
 */
import { gzipSync } from 'node:zlib';
import { succeed } from '../../src-main/shared/result.ts';
import type { CounterRow } from '../../src-main/shared/sample.ts';
import { probes } from '../../src-main/discovery/probes/index.ts';
import type { Host } from '../../src-main/hosts/host.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { simulatedSource } from '../../src-main/hosts/simulated-host/counter-source.ts';
import { demoChanges } from '../../src-main/hosts/simulated-host/demo-changes.ts';
import { observe } from '../../src-main/hosts/simulated-host/observe.ts';
import type { SimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import { openSession } from '../../src-main/powershell/session.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import { standIn } from '../powershell/stand-in/launch.ts';
import type { Busy } from './busy.ts';

/** What a process does instead of an answer. The first word is an act of the stand-in. */
export const shellFaults = [
  'exit 1',
  'kill',
  'stall',
  'half',
  'not-json',
  'other-shape',
  'print rubbish of some module',
  'throw The provider failed.',
] as const;

type ShellFault = (typeof shellFaults)[number];

export interface SoakHost {
  readonly host: Host;
  /** The next question of that kind meets it. */
  readonly fault: (kind: 'look' | 'sample', fault: ShellFault) => void;
  readonly clear: () => void;
}

interface Answer {
  readonly data?: readonly unknown[];
  readonly errors?: readonly unknown[];
  readonly fatal?: unknown;
}

/** What the stand-in prints as its reply. */
function replyWith({ fatal, data = [], errors = [] }: Answer): string {
  const status = fatal === undefined ? 'ok' : 'failed';
  const envelope = JSON.stringify({
    status,
    durationMs: 5,
    data,
    errors,
    warnings: [],
    ...(fatal !== undefined && { fatal }),
  });
  return `reply ${gzipSync(envelope).toString('base64')}`;
}

/** Columns and lines as the sampling scripts write them; elements of a list are lines of their own. */
function tableOf(rows: readonly CounterRow[]): { readonly Columns: string[]; readonly Lines: string[] } {
  const flat = rows.flatMap((row) => {
    const list = Object.entries(row).find(([, value]) => Array.isArray(value));
    if (list === undefined) return [row];
    return (list[1] as readonly Readonly<Record<string, unknown>>[]).map((element) => ({
      Instance: row['Instance'],
      ...Object.fromEntries(Object.entries(element).map(([name, value]) => [`${list[0]}.${name}`, value])),
    }));
  });
  const Columns = [...new Set(['Instance', ...flat.flatMap((row) => Object.keys(row))])];
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return {
    Columns,
    Lines: flat.map((row) => Columns.map((name) => text((row as Record<string, unknown>)[name])).join('\t')),
  };
}

const statistics = /NetAdapterStatistics|MSiSCSI|MPIO|MSDSM/;

export function openSoakHost(simulated: SimulatedHost, journalFolder: string, busy: Busy): SoakHost {
  const due: Record<'look' | 'sample', ShellFault | undefined> = { look: undefined, sample: undefined };
  const take = (kind: 'look' | 'sample'): ShellFault | undefined => {
    const fault = due[kind];
    due[kind] = undefined;
    return fault;
  };
  const probeOf = new Map(
    probes.map(({ name, script }) => [readResource(`powershell/${script}`), name] as const),
  );
  const counters = simulatedSource(simulated);
  let cpuMs = 0;

  const lookScript = (script: string): string => {
    const name = probeOf.get(script);
    if (name === undefined) throw new Error('No probe has this script.');
    const seen = observe(simulated, name);
    if (seen.status === 'ok') {
      const errors = seen.itemErrors?.map(({ item, message }) => ({ message, target: item }));
      return replyWith({ data: seen.data, ...(errors !== undefined && { errors }) });
    }
    return replyWith({ fatal: { message: seen.error.message, kind: seen.error.kind } });
  };
  const sampleScript = async (script: string): Promise<string> => {
    const reading = await counters.read();
    if (!reading.ok) throw new Error(reading.failure.message);
    cpuMs += 5;
    const isStatistics = script.startsWith('Read-StatisticsCounter');
    const Classes = reading.value.answers
      .filter(({ counterClass }) => statistics.test(counterClass) === isStatistics)
      .map((answer) =>
        'missing' in answer
          ? {
              Class: answer.counterClass,
              Error: { message: answer.missing.message, kind: answer.missing.kind },
            }
          : { Class: answer.counterClass, Tick: answer.tickMs, ...tableOf(answer.rows) },
      );
    return replyWith({ data: [{ At: reading.value.at, CpuMs: cpuMs, Classes }] });
  };

  /** The product's shell, in which what is asked is answered by the simulated Windows. */
  const answered = (kind: 'look' | 'sample', shell: Shell): Shell => ({
    ...shell,
    run: async (request) => {
      const fault = take(kind);
      const script =
        fault ?? (kind === 'look' ? lookScript(request.script) : await sampleScript(request.script));
      const reply = shell.run({ ...request, script });
      // What never answers is not waited for: it is time that has to pass.
      return fault === 'stall' || fault?.startsWith('print') === true ? reply : busy.track(reply);
    },
    facts: (signal) => busy.track(shell.facts(signal)),
  });

  return {
    host: localHost({
      platform: 'win32',
      findEngine: () => succeed(standIn({ lineEnd: 'lf', isElevated: true })),
      openShell: (engine) => answered('look', openPool({ engine, size: 3 })),
      openSources: (engine) =>
        shellSources(engine, (found, prelude) => answered('sample', openSession({ engine: found, prelude }))),
      changes: { ...demoChanges(simulated), journalFolder },
    }),
    fault: (kind, fault) => {
      due[kind] = fault;
    },
    clear: () => {
      due.look = undefined;
      due.sample = undefined;
    },
  };
}
