/** The safe load of a demo host: readers that move bytes over its paths, so that its counters and verdicts follow. */
import { loadBounds, type LoadEnd, type LoadProgress, type LoadSource } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { FoundFile, HostLoad, LoadOrder, RunningLoad } from '../host.ts';
import { refusedText } from '../load/refused-text.ts';
import type { SimLoad } from './load-demand.ts';
import type { Machine } from './machine.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { loadKey } from './traffic-routes.ts';

/** How often it is looked whether a bound is reached. */
const tickMs = 50;
const patienceMs = 10_000;

/** What lies on every simulated share beside the disks of virtual machines. */
const files: readonly FoundFile[] = [
  { name: 'Library\\Windows-Server.iso', bytes: 5_270_000_000 },
  { name: 'Library\\Template-2022.vhdx', bytes: 21_474_836_480 },
];

function shareOf(path: string): { readonly share: string; readonly name: string } | undefined {
  const [, share, name] = /^(\\\\[^\\]+\\[^\\]+)\\(.+)$/.exec(path) ?? [];
  return share === undefined || name === undefined ? undefined : { share, name };
}

/** What the scripts of the load look for on Windows. */
function refusalOf(machine: Machine, { source, identity }: LoadOrder): Result<never> | undefined {
  if (source.kind === 'file') {
    const name = shareOf(source.path)?.name.toLowerCase();
    if (files.some((file) => file.name.toLowerCase() === name)) return undefined;
    return machine.scenario.vms?.some(({ disks = [] }) =>
      disks.some((disk) => disk.toLowerCase() === source.path.toLowerCase()),
    ) === true
      ? refusedText('not-opened', 'The process cannot access the file.', -2147024864)
      : refusedText('not-opened', `Could not find file '${source.path}'.`);
  }
  if (!machine.isElevated) return refusedText('not-elevated');
  const disk = machine.storage.diskNumbered(source.number);
  if (disk === undefined) return refusedText('disk-gone');
  if (disk.uniqueId !== identity?.uniqueId || Number(disk.sizeBytes) !== identity.sizeBytes) {
    return refusedText('another-disk');
  }
  if (disk.scenario.isOffline === true) return refusedText('offline');
  return disk.isSystem ? refusedText('of-windows') : undefined;
}

function placeOf(source: LoadSource): SimLoad['on'] {
  return source.kind === 'disk'
    ? { disk: source.number }
    : { share: shareOf(source.path)?.share ?? source.path };
}

export function demoLoad(host: SimulatedHost): HostLoad {
  let isBusy = false;
  const readSoFar = (): number => host.counters().bytes('load', loadKey, 'in');

  const open = (order: LoadOrder): Result<RunningLoad> => {
    if (isBusy) return fail('refused', 'A load is running already.');
    const refused = refusalOf(host.machine, order);
    if (refused !== undefined) return refused;
    const before = readSoFar();
    const began = performance.now();
    let askedAt = began;
    let over: LoadProgress | undefined;
    isBusy = true;
    const { streams: readers, bytesPerSecond, blockBytes } = order;
    host.setLoad({ on: placeOf(order.source), readers, blockBytes, bytesPerSecond });
    const now = (ended?: LoadEnd): LoadProgress => ({
      bytes: readSoFar() - before,
      seconds: (performance.now() - began) / 1000,
      ...(ended !== undefined && { ended }),
      isUnbuffered: true,
    });
    const end = (ended: LoadEnd): void => {
      if (over !== undefined) return;
      clearInterval(timer);
      over = now(ended);
      host.setLoad(undefined);
      isBusy = false;
    };
    // It ends before the tick in which it would read more than it may.
    const timer = setInterval(() => {
      const { bytes, seconds } = now();
      if (bytes + (bytesPerSecond * 2 * tickMs) / 1000 >= order.bytes) end('bytes');
      else if (seconds + tickMs / 1000 >= order.seconds) end('time');
      else if (performance.now() - askedAt > patienceMs) end('unattended');
    }, tickMs);
    timer.unref();
    return succeed({
      progress: () => {
        askedAt = performance.now();
        return Promise.resolve(succeed(over ?? now()));
      },
      stop: () => {
        end('stopped');
        return Promise.resolve(succeed(over ?? now('stopped')));
      },
      close: () => {
        end('stopped');
        return Promise.resolve();
      },
    });
  };
  return {
    open: (order) => Promise.resolve(open(order)),
    findFiles: () =>
      Promise.resolve(succeed(files.filter(({ bytes }) => bytes >= loadBounds.leastSizeBytes))),
  };
}
