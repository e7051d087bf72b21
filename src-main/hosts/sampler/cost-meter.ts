/** What reading costs the host, and when it costs too much. */
import type { LiveCost } from '#shared/live.ts';

/** Readings that a figure rests on. */
const lastReadings = 20;
/** Before so many readings nothing is said of the cost: the first ones load modules. */
const fewestReadings = 5;
/** CPU time of one process, in percent of one core. */
const mostCpuPercent = 10;
/** A source that is busy for more than this part of the time has no rest. */
const mostBusyPart = 0.5;
/** Below this part of the limits at the faster pace, the faster pace is taken again. */
const easyPart = 0.6;

interface Spent {
  readonly durationMs: number;
  readonly cpuMs: number | undefined;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export class CostMeter {
  #spent: readonly Spent[] = [];
  /** Readings since the pace was changed: what is known of one pace says nothing of another. */
  #atThisPace = 0;
  #lastCpuMs: number | undefined;

  /** `cpuMs`: of the process since its start. */
  add(durationMs: number, cpuMs: number | undefined): void {
    const before = this.#lastCpuMs;
    // A process that was replaced begins to count anew.
    const own = cpuMs === undefined || before === undefined || cpuMs < before ? undefined : cpuMs - before;
    this.#lastCpuMs = cpuMs;
    this.#spent = [...this.#spent, { durationMs, cpuMs: own }].slice(-lastReadings);
    this.#atThisPace = Math.min(this.#atThisPace + 1, lastReadings);
  }

  paceChanged(): void {
    this.#atThisPace = 0;
  }

  cost(intervalMs: number): LiveCost | undefined {
    return this.#costOf(this.#spent, intervalMs);
  }

  #costOf(spent: readonly Spent[], intervalMs: number): LiveCost | undefined {
    if (spent.length === 0) return undefined;
    const durations = spent.map(({ durationMs }) => durationMs);
    const cpu = spent.flatMap(({ cpuMs }) => cpuMs ?? []);
    const cpuMs = cpu.length === 0 ? undefined : cpu.reduce((sum, one) => sum + one, 0) / cpu.length;
    return {
      medianMs: median(durations),
      slowestMs: Math.max(...durations),
      ...(cpuMs === undefined
        ? {}
        : { cpuMsPerReading: cpuMs, cpuPercent: (100 * cpuMs) / Math.max(1, intervalMs) }),
    };
  }

  /** Why readings every `intervalMs` are too much for the host, in one sentence; undefined where they are not. */
  tooMuch(intervalMs: number): string | undefined {
    if (this.#atThisPace < fewestReadings) return undefined;
    const { medianMs, cpuPercent = 0 } = this.#recent(intervalMs) ?? { medianMs: 0 };
    if (cpuPercent > mostCpuPercent) {
      return `Reading the counters takes ${Math.round(cpuPercent)} % of a processor core, more than the ${mostCpuPercent} % that Switchyard allows itself.`;
    }
    if (medianMs > mostBusyPart * intervalMs) {
      return `This host takes ${Math.round(medianMs)} ms to tell its counters, more than half of the ${intervalMs} ms from one reading to the next.`;
    }
    return undefined;
  }

  /** Whether readings every `intervalMs` would clearly not be too much. */
  isEasy(intervalMs: number): boolean {
    if (this.#atThisPace < lastReadings) return false;
    const { medianMs, cpuPercent = 0 } = this.#recent(intervalMs) ?? { medianMs: Infinity };
    return cpuPercent < easyPart * mostCpuPercent && medianMs < easyPart * mostBusyPart * intervalMs;
  }

  #recent(intervalMs: number): LiveCost | undefined {
    return this.#costOf(this.#spent.slice(-this.#atThisPace), intervalMs);
  }
}
