/** This machine, asked through its own Windows PowerShell. */
import { fail, succeed, type Result } from '#shared/result.ts';
import { defaultSideBySide, discover, type DiscoverOptions } from '../discovery/discover.ts';
import { probePackets } from '../discovery/probe-packets.ts';
import { probes as allProbes } from '../discovery/probes/index.ts';
import { readResource } from '../platform/resources.ts';
import { findEngine, type Engine } from '../powershell/engine.ts';
import { openPool } from '../powershell/pool.ts';
import type { Shell } from '../powershell/shell.ts';
import { openCounterSampler } from './sampler/sampler.ts';
import type { CounterSource } from './sampler/counter-source.ts';
import { shellSources } from './sampler/shell-sources.ts';
import type { Host, HostChanges, HostLoad } from './host.ts';
import { createSilentQuestions } from './silent-questions.ts';
import { localLoad } from './load/local-load.ts';

interface LocalHostOptions {
  readonly platform?: NodeJS.Platform;
  /** Default: the Windows PowerShell of this machine. Tests pass an engine of their own. */
  readonly findEngine?: () => Result<Engine>;
  readonly openShell?: (engine: Engine) => Shell;
  readonly openSources?: (engine: Engine) => readonly CounterSource[];
  /** Tests read files in the place of disks. */
  readonly load?: HostLoad;
  /** How it is changed; without it it can only be looked at. */
  readonly changes?: HostChanges;
  /** Milliseconds; never goes back. */
  readonly now?: () => number;
  readonly discover?: Pick<DiscoverOptions, 'probes' | 'now' | 'tool' | 'sideBySide'>;
}

function openLocalShell(engine: Engine): Shell {
  return openPool({
    engine,
    size: defaultSideBySide,
    prelude: readResource('powershell/probes/common.ps1'),
  });
}

/**
 * PowerShell starts with the first look and stays until `close`. Where this is not Windows a look fails with
 * `start-failed`; on Windows it never fails: what could not be observed is in the capture, with the reason.
 */
export function localHost(options: LocalHostOptions = {}): Host {
  const { platform = process.platform, openShell = openLocalShell } = options;
  const openSources = options.openSources ?? ((engine: Engine) => shellSources(engine));
  const silent = createSilentQuestions(options.now ?? (() => performance.now()));
  let shell: Shell | undefined;
  const notWindows = (what: string): Result<never> | undefined =>
    platform === 'win32' || options.findEngine !== undefined
      ? undefined
      : fail('start-failed', `This machine does not run Windows, so there ${what}.`, {
          remedy: 'Look at a demo host (--demo NAME) or at a capture of another machine (--capture FILE).',
        });
  const { changes } = options;
  return {
    source: 'local',
    label: 'this machine',
    ...(changes !== undefined && { changes }),
    load:
      options.load ??
      localLoad(() => notWindows('is nothing to read') ?? (options.findEngine ?? findEngine)()),
    async look({ only, ...lookOptions } = {}) {
      const refused = notWindows('is nothing to look at');
      if (refused !== undefined) return refused;
      const engine = (options.findEngine ?? findEngine)();
      const { probes = allProbes, ...discoverOptions } = options.discover ?? {};
      const wanted = only === undefined ? probes : probes.filter(({ name }) => only.includes(name));
      const left = new Map(
        wanted.flatMap(({ name }) => {
          const answer = silent.answerFor(name);
          return answer === undefined ? [] : [[name, answer] as const];
        }),
      );
      const asked = {
        ...discoverOptions,
        ...lookOptions,
        probes: wanted.filter(({ name }) => !left.has(name)),
      };
      // Windows without its PowerShell: every observation says so, as it does for one that does not start.
      if (!engine.ok) return discover(shellThatFails(engine), asked);
      shell ??= openShell(engine.value);
      const looked = await discover(shell, asked);
      if (!looked.ok) return looked;
      const { observations } = looked.value;
      silent.note(observations);
      const inOrder = wanted.flatMap(({ name }) => {
        const observation = left.get(name) ?? observations[name];
        return observation === undefined ? [] : [[name, observation] as const];
      });
      return succeed({ ...looked.value, observations: Object.fromEntries(inOrder) });
    },
    probePackets(pairs, probeOptions) {
      const engine = (options.findEngine ?? findEngine)();
      if (!engine.ok) return probePackets(shellThatFails(engine), pairs, probeOptions);
      shell ??= openShell(engine.value);
      return probePackets(shell, pairs, probeOptions);
    },
    openSampler(samplerOptions) {
      const refused = notWindows('are no counters to read');
      if (refused !== undefined) return refused;
      const engine = (options.findEngine ?? findEngine)();
      return engine.ok ? succeed(openCounterSampler(openSources(engine.value), samplerOptions)) : engine;
    },
    async close() {
      await shell?.close();
      shell = undefined;
    },
  };
}

function shellThatFails(failure: Result<never>): Shell {
  return {
    facts: () => Promise.resolve(failure),
    run: () => Promise.resolve(failure),
    close: () => Promise.resolve(),
  };
}
