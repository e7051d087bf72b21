/** Whether a session of hours stays as large as it was: what is judged, from figures taken while nothing was under way. */

export interface Figures {
  /** Simulated hours since the start. */
  readonly hours: number;
  readonly processes: number;
  /** Open files of this process, pipes and sockets among them; 0 where the system does not tell. */
  readonly openFiles: number;
  readonly sockets: number;
  readonly timers: number;
  /** Who listens to the application. */
  readonly listeners: number;
  /** After a garbage collection: heap and buffers, in MB. */
  readonly memoryMb: number;
}

/** The live series keep an hour; until it is full, memory is meant to grow. */
const warmUpHours = 1.2;
const mostMbPerHour = 5;

/** Least squares, in MB for each simulated hour; undefined for fewer than three points or less than an hour. */
export function memorySlope(figures: readonly Figures[]): number | undefined {
  const points = figures.filter(({ hours }) => hours >= warmUpHours);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3 || last.hours - first.hours < 1)
    return undefined;
  const mean = (of: (one: Figures) => number): number =>
    points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const hours = mean((one) => one.hours);
  const memory = mean((one) => one.memoryMb);
  const above = points.reduce((sum, one) => sum + (one.hours - hours) * (one.memoryMb - memory), 0);
  return above / points.reduce((sum, one) => sum + (one.hours - hours) ** 2, 0);
}

const counted = ['processes', 'openFiles', 'sockets', 'timers', 'listeners'] as const;
/** A timer or two more is a matter of the moment; a leak shows one more each hour. */
const slack = { processes: 0, openFiles: 0, sockets: 0, timers: 2, listeners: 0 } as const;

/** What is not flat, in sentences; empty where all is. The first figures are what the others are held to. */
export function notFlat(figures: readonly Figures[]): readonly string[] {
  const [base, ...later] = figures;
  if (base === undefined || later.length === 0) return ['Too few figures to judge anything by.'];
  const grown = counted.flatMap((name) => {
    const most = later.reduce((worst, one) => (one[name] > worst[name] ? one : worst));
    return most[name] > base[name] + slack[name]
      ? [`${name}: ${base[name]} at first, ${most[name]} after ${most.hours.toFixed(1)} h.`]
      : [];
  });
  const slope = memorySlope(figures);
  return slope !== undefined && slope > mostMbPerHour
    ? [...grown, `memory: grows by ${slope.toFixed(1)} MB an hour, more than ${mostMbPerHour}.`]
    : grown;
}
