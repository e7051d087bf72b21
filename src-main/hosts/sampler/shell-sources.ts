/** The two PowerShell processes that read the counters of this machine. */
import { fail, succeed, type Result } from '#shared/result.ts';
import { readResource } from '../../platform/resources.ts';
import type { Engine } from '../../powershell/engine.ts';
import { openSession } from '../../powershell/session.ts';
import type { ScriptRequest, Shell } from '../../powershell/shell.ts';
import type { CounterSource, SourceReading } from './counter-source.ts';
import { readReply } from './read-reply.ts';

/** An answer that takes longer is none: the process is replaced. */
const statisticsDeadlineMs = 5_000;
/** Longer than the half minute for which these stall now and then and come back by themselves. */
const performanceDeadlineMs = 30_000;
/** The first answer of a process takes longer: modules are loaded for it. */
const firstDeadlineMs = 30_000;

/** A process that ends by itself so often is ended by something on the host, and starting it again mends nothing. */
const mostEnds = 3;
const endsWithinMs = 5 * 60_000;

const adapters = 'MSFT_NetAdapterStatisticsSettingData';

const statisticsClasses = [
  adapters,
  'MSiSCSI_SessionStatistics',
  'MSiSCSI_ConnectionStatistics',
  'MPIO_DEVINSTANCE_HEALTH_INFO',
];
const performanceClasses = [
  'Win32_PerfRawData_PerfDisk_PhysicalDisk',
  'Win32_PerfRawData_Counters_SMBClientShares',
  'Win32_PerfRawData_Counters_RDMAActivity',
  'Win32_PerfRawData_NvspNicStats_HyperVVirtualNetworkAdapter',
];

/** `extra` runs before the scripts of the product; tests lay a simulated Windows over the engine with it. */
function samplingPrelude(part: 'statistics' | 'performance', extra = ''): string {
  return [
    extra,
    ...['probes/common', 'sampling/common', `sampling/${part}`].map((file) =>
      readResource(`powershell/${file}.ps1`),
    ),
  ].join('\n');
}

function shellSource(
  shell: Shell,
  { name, classes }: Pick<CounterSource, 'name' | 'classes'>,
  request: () => ScriptRequest,
): CounterSource {
  let isWarm = false;
  let ends: readonly number[] = [];
  let stopped: Result<never> | undefined;
  /** Stops, and asks the person, where the process ends again and again. */
  const noteEnd = (detail: string | undefined): Result<never> | undefined => {
    const now = performance.now();
    ends = [...ends.filter((at) => now - at < endsWithinMs), now];
    if (ends.length < mostEnds) return undefined;
    stopped = fail(
      'exited',
      `The PowerShell that reads these counters ended by itself ${mostEnds} times within five minutes, so it is not started again.`,
      {
        remedy: 'See what ends it on this host, such as security software. Then switch live off and on.',
        ...(detail !== undefined && { detail }),
      },
    );
    return stopped;
  };
  return {
    name,
    classes,
    read: async (): Promise<Result<SourceReading>> => {
      if (stopped !== undefined) return stopped;
      const { deadlineMs, ...asked } = request();
      const reply = await shell.run({
        ...asked,
        deadlineMs: isWarm ? deadlineMs : Math.max(deadlineMs, firstDeadlineMs),
      });
      isWarm = reply.ok;
      if (!reply.ok) {
        const givenUp = reply.failure.kind === 'exited' ? noteEnd(reply.failure.detail) : undefined;
        return givenUp ?? reply;
      }
      const facts = await shell.facts();
      return readReply(reply.value, facts.ok ? facts.value.isElevated : undefined);
    },
    close: () => shell.close(),
  };
}

type OpenShell = (engine: Engine, prelude: string) => Shell;

const openOwnSession: OpenShell = (engine, prelude) => openSession({ engine, prelude });

/** One short question each time; the functions were read when the process began. */
export function shellSources(
  engine: Engine,
  open: OpenShell = openOwnSession,
  extraPrelude?: string,
): readonly CounterSource[] {
  /** Where the adapters' own statistics are missing, the performance counters stand in. */
  let lacksStatistics = false;
  const statistics = shellSource(
    open(engine, samplingPrelude('statistics', extraPrelude)),
    { name: 'statistics', classes: statisticsClasses },
    () => ({ script: 'Read-StatisticsCounter', deadlineMs: statisticsDeadlineMs }),
  );
  const performance = shellSource(
    open(engine, samplingPrelude('performance', extraPrelude)),
    { name: 'performance', classes: performanceClasses },
    () => ({
      script: lacksStatistics ? 'Read-PerformanceCounter -WithAdapter' : 'Read-PerformanceCounter',
      deadlineMs: performanceDeadlineMs,
    }),
  );
  return [
    {
      ...statistics,
      read: async () => {
        const reading = await statistics.read();
        if (!reading.ok) return reading;
        lacksStatistics = reading.value.answers.some(
          (answer) => answer.counterClass === adapters && 'missing' in answer,
        );
        return succeed(reading.value);
      },
    },
    performance,
  ];
}
