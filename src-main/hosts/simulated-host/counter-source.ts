/** Reads the counters of a simulated host in this process, through the same cmdlets as the sampling scripts. */
import { fail, succeed } from '#shared/result.ts';
import { classifyScriptError } from '../../discovery/classify-error.ts';
import { counterClasses, type CounterClass } from '../../sampling/counters.ts';
import type { ClassAnswer, CounterSource } from '../sampler/counter-source.ts';
import { objectsIn } from './capture-item.ts';
import type { CmdletAnswer } from './cmdlet-value.ts';
import { counterRows } from './counter-rows.ts';
import type { SimulatedHost } from './simulated-host.ts';

/** Asked for where the class before it is missing. */
const standIns: Readonly<Record<string, string>> = {
  Win32_PerfRawData_Tcpip_NetworkAdapter: 'MSFT_NetAdapterStatisticsSettingData',
  MSDSM_DEVICE_PERF: 'MPIO_DEVINSTANCE_HEALTH_INFO',
};

function ask(host: SimulatedHost, { name, namespace }: CounterClass): CmdletAnswer {
  return name === 'MSFT_NetAdapterStatisticsSettingData'
    ? host.call({ name: 'Get-NetAdapterStatistics', parameters: {} })
    : host.call({ name: 'Get-CimInstance', parameters: { Namespace: namespace, ClassName: name } });
}

function read(host: SimulatedHost, cls: CounterClass): ClassAnswer {
  const { output, errors, delayMs } = ask(host, cls);
  const counterClass = cls.name;
  if (delayMs !== undefined) {
    return {
      counterClass,
      missing: { kind: 'timed-out', message: 'Windows does not answer: the call does not come back.' },
    };
  }
  const [error] = errors;
  if (error === undefined) {
    const rows = counterRows(cls, output.flatMap(objectsIn));
    return { counterClass, tickMs: host.counters().uptime * 1000, rows };
  }
  const { message, id, category, hresult, exception } = error;
  const kind = classifyScriptError(
    {
      message,
      id,
      category,
      ...(hresult === undefined ? {} : { hresult }),
      ...(exception === undefined ? {} : { exception }),
    },
    {
      isElevated: host.machine.isElevated,
      ...(cls.absence === undefined ? {} : { absence: cls.absence }),
    },
  );
  return { counterClass, missing: { kind, message } };
}

export function simulatedSource(host: SimulatedHost): CounterSource {
  return {
    name: 'simulated',
    classes: [],
    read: () => {
      const began = performance.now();
      const answers: ClassAnswer[] = [];
      const isMissing = (name: string | undefined): boolean =>
        answers.some((answer) => answer.counterClass === name && 'missing' in answer);
      try {
        for (const cls of counterClasses) {
          if (cls.name in standIns && !isMissing(standIns[cls.name])) continue;
          answers.push(read(host, cls));
        }
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return Promise.resolve(fail('unexpected', 'The simulated host could not be read.', { detail }));
      }
      const at = new Date().toISOString();
      return Promise.resolve(succeed({ at, answers, durationMs: performance.now() - began }));
    },
    close: () => Promise.resolve(),
  };
}
