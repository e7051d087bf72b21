import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/finding.ts';
import type { Disk } from '#shared/host/host-model.ts';
import { loadBounds, type LoadRefusalReason, type LoadSource, type LoadWish } from '#shared/load.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { planLoad } from './plan-load.ts';

const array = demoCheck('mpio-dedicated');
const server = demoCheck('smb-stuck');
const disk = (number: number): LoadSource => ({ kind: 'disk', number });
const file = (path: string): LoadSource => ({ kind: 'file', path });

function withDisk(check: Check, patch: Partial<Record<keyof Disk, unknown>>): Check {
  const disks = check.model.disks.map((one) => (one.number === 1 ? ({ ...one, ...patch } as Disk) : one));
  return { ...check, model: { ...check.model, disks } };
}

function reasons(wish: LoadWish, check: Check): readonly LoadRefusalReason[] {
  return planLoad(wish, check).refusals.map(({ reason }) => reason);
}

describe('a plan of a load', () => {
  it('of a disk says what is opened, from whom it takes, and how much at most', () => {
    const plan = planLoad({ source: disk(1) }, array);
    expect(plan).toMatchObject({
      refusals: [],
      opened: '\\\\.\\PhysicalDrive1',
      name: 'Disk 1 (1.1 TB)',
      streams: 4,
      seconds: 20,
      bitsPerSecond: 5_000_000_000,
      ceilings: { singleStream: 10_000_000_000, guaranteed: 20_000_000_000, possible: 20_000_000_000 },
    });
    expect(plan.takes).toMatch(
      /^It takes up to 5 Gb\/s, 25 % of the 20 Gb\/s that are certain from array1 for twice 20 seconds, and reads 27\.5 GB at most\./,
    );
  });

  it('of a file goes to the server that this host knows', () => {
    const plan = planLoad({ source: file('\\\\fs01\\vms\\Library\\a.iso') }, server);
    expect(plan).toMatchObject({ refusals: [], target: { name: 'FS01' }, bitsPerSecond: 5_000_000_000 });
  });

  it('takes half of what is certain where that is little, and little where nothing is known', () => {
    expect(planLoad({ source: disk(1) }, demoCheck('iscsi-on-team')).bitsPerSecond).toBe(500_000_000);
    expect(planLoad({ source: disk(1) }, demoCheck('fibre-channel')).bitsPerSecond).toBe(400_000_000);
  });
});

describe('nothing is read of a disk', () => {
  it.each<[string, LoadRefusalReason, Check, number?]>([
    ['without elevation', 'not-elevated', { ...array, host: { ...array.host, elevated: false } }],
    ['that is not there', 'unknown-disk', array, 99],
    ['of the host itself', 'local-disk', demoCheck('s2d-set'), 1],
    ['that Windows starts from', 'of-windows', withDisk(array, { isBootOrSystem: true })],
    ['of which that is not known', 'of-windows', withDisk(array, { isBootOrSystem: undefined })],
    ['that is offline', 'offline', withDisk(array, { isOffline: true, isClustered: false })],
    ['that another node may own', 'other-node', withDisk(array, { isOffline: true, isClustered: true })],
    [
      'of which nothing of that is known',
      'other-node',
      withDisk(array, { isOffline: undefined, isClustered: undefined }),
    ],
    ['without identity', 'unidentified', withDisk(array, { uniqueId: null })],
    ['with one that cannot be shown', 'unidentified', withDisk(array, { uniqueId: 'a\u202eb' })],
    ['of unknown size', 'unidentified', withDisk(array, { sizeBytes: undefined })],
    ['that is too small', 'too-small', withDisk(array, { sizeBytes: 1_000_000 })],
    ['that no path leads to', 'no-path', { ...array, graph: { ...array.graph, routes: [] } }],
    ['in a recording', 'recorded', { ...array, source: 'capture' }],
  ])('%s', (_, reason, check, number = 1) => {
    expect(reasons({ source: disk(number) }, check)).toContain(reason);
  });

  it.each(['not-elevated', 'names', 'large', 'everything-failed', 'empty'])(
    'of %s without a reason',
    (demo) => {
      const check = demoCheck(demo);
      for (let number = 0; number < 4; number += 1) {
        const { refusals, target, identity } = planLoad({ source: disk(number) }, check);
        if (refusals.length === 0) {
          expect(check.host.elevated && target !== null && identity !== undefined).toBe(true);
        }
      }
    },
  );
});

describe('nothing is read of', () => {
  it.each<[string, LoadRefusalReason]>([
    ['C:\\VMs\\a.vhdx', 'not-a-share'],
    ['C:\\ClusterStorage\\Volume1\\a.vhdx', 'not-a-share'],
    ['a.vhdx', 'not-a-share'],
    ['', 'not-a-share'],
    ['\\\\FS01', 'not-a-share'],
    ['\\\\FS01\\VMs', 'not-a-share'],
    ['//FS01/VMs/a.vhdx', 'not-a-share'],
    ['file://FS01/VMs/a.vhdx', 'not-a-share'],
    ['\\\\.\\PhysicalDrive0', 'device-path'],
    ['\\\\?\\C:\\a.vhdx', 'device-path'],
    ['\\\\?\\UNC\\FS01\\VMs\\a.vhdx', 'device-path'],
    ['//./PhysicalDrive0', 'device-path'],
    ['\\??\\C:\\a', 'device-path'],
    ['\\\\FS01\\pipe\\lsass', 'device-path'],
    ['\\\\FS01\\IPC$\\lsass', 'device-path'],
    ['\\\\FS01\\VMs\\NUL', 'device-path'],
    ['\\\\FS01\\VMs\\com1.txt', 'device-path'],
    ['\\\\FS01\\C$\\a.vhdx', 'administrative-share'],
    ['\\\\FS01\\ADMIN$\\a.vhdx', 'administrative-share'],
    ['\\\\FS01\\VMs\\a.vhdx:hidden', 'alternate-stream'],
    ['\\\\FS01\\VMs\\a.vhdx::$DATA', 'alternate-stream'],
    ['\\\\FS01\\VMs\\..\\C$\\a', 'odd-path'],
    ['\\\\FS01\\VMs\\.\\a', 'odd-path'],
    ['\\\\FS01\\VMs\\\\a', 'odd-path'],
    ['\\\\FS01\\VMs\\', 'odd-path'],
    ['\\\\FS01\\VMs\\*.vhdx', 'odd-path'],
    ['\\\\FS01\\VMs\\a?', 'odd-path'],
    ['\\\\FS01\\VMs\\a/b', 'odd-path'],
    ['\\\\FS01\\VMs\\a ', 'odd-path'],
    ['\\\\FS01\\VMs\\a\n', 'odd-path'],
    ['\\\\FS01\\VMs\\a\u202exdhv.', 'odd-path'],
    ['\\\\FS01\\VMs\\a\u202efso.vhdx', 'odd-path'],
    ['\\\\FS01\\VMs\\a\u0000.vhdx', 'odd-path'],
    [`\\\\FS01\\VMs\\${'a'.repeat(1100)}`, 'odd-path'],
    ['\\\\FS01:445\\VMs\\a', 'odd-path'],
    ['\\\\FS99\\VMs\\a.vhdx', 'unknown-server'],
    ['\\\\192.0.2.7\\VMs\\a.vhdx', 'unknown-server'],
    ['\\\\FS01\\Other\\a.vhdx', 'unknown-share'],
  ])('%j', (path, reason) => {
    expect(reasons({ source: file(path) }, server)).toEqual([reason]);
  });

  it('a server that is this host', () => {
    const smbServers = server.model.smbServers.map((one) => ({ ...one, isLoopback: true }));
    const own = { ...server, model: { ...server.model, smbServers } };
    expect(reasons({ source: file('\\\\FS01\\VMs\\a.vhdx') }, own)).toEqual(['own-server']);
  });
});

describe('bounds', () => {
  it.each<[string, Partial<LoadWish>]>([
    ['too few readers', { streams: 1 }],
    ['too many readers', { streams: 33 }],
    ['half a reader', { streams: 2.5 }],
    ['too short', { seconds: 5 }],
    ['too long', { seconds: 121 }],
    ['no time', { seconds: Number.NaN }],
    ['too slow', { bitsPerSecond: 1 }],
    ['more than is possible', { bitsPerSecond: 20_000_000_001 }],
    ['too little', { bytes: 1 }],
    ['too much', { bytes: 2e12 }],
    ['less than nothing', { bytes: -1 }],
  ])('%s is refused, not changed', (_, wish) => {
    expect(new Set(reasons({ source: disk(1), ...wish }, array))).toEqual(new Set(['bounds']));
  });

  it('hold for any wish that is not refused', () => {
    const any = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined));
    fc.assert(
      fc.property(any, any, any, any, (streams, seconds, bitsPerSecond, bytes) => {
        const plan = planLoad(
          {
            source: disk(1),
            ...(streams !== undefined && { streams }),
            ...(seconds !== undefined && { seconds }),
            ...(bitsPerSecond !== undefined && { bitsPerSecond }),
            ...(bytes !== undefined && { bytes }),
          },
          array,
        );
        if (plan.refusals.length > 0) return;
        expect(plan.streams).toBeLessThanOrEqual(loadBounds.streams.most);
        expect(plan.seconds).toBeLessThanOrEqual(loadBounds.seconds.most);
        expect(plan.bitsPerSecond).toBeLessThanOrEqual(plan.ceilings.possible ?? 0);
        expect(plan.bytes).toBeLessThanOrEqual(loadBounds.bytes.most);
      }),
    );
  });
});
