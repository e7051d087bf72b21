/** What the readers of a load want of a simulated host: as much as requests one after the other get, within its rate. */
import type { Machine } from './machine.ts';
import { streamsOf, type Demand } from './traffic-routes.ts';

/** How long a request takes on an idle host beside the time that it is on the cable. */
export const quietLatencySeconds = 0.0006;

export interface SimLoad {
  readonly on: { readonly disk: number } | { readonly share: string };
  /** Each has one request under way. */
  readonly readers: number;
  readonly blockBytes: number;
  /** Of all readers together, at most. */
  readonly bytesPerSecond: number;
}

/** Throws where what it reads is not there. */
export function loadDemand(machine: Machine, { on, readers, blockBytes, bytesPerSecond }: SimLoad): Demand {
  const demand: Demand = { on, in: 1, out: 0, readers };
  const requestSeconds = streamsOf(machine, [demand])
    .filter(({ way }) => way === 'in')
    .reduce((sum, { share, cables }) => {
      const slowest = Math.min(Infinity, ...cables.map(({ speed }) => speed / 8));
      return sum + share * (blockBytes / slowest + quietLatencySeconds);
    }, 0);
  const wanted = requestSeconds === 0 ? 0 : (readers * blockBytes) / requestSeconds;
  return { ...demand, in: Math.min(bytesPerSecond, wanted) };
}
