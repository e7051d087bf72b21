import { describe, expect, it } from 'vitest';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { demoScenario } from '../testing/demo-check.ts';
import { judgedTraffic, targetNamed } from '../testing/judged-traffic.ts';

/** Three windows of the usual length, whatever the demo itself brings. */
function counted(id: string, patch: (demo: Scenario) => Partial<Scenario> = () => ({})): Scenario {
  const demo = demoScenario(id);
  const changed = { ...demo, ...patch(demo) };
  return {
    ...changed,
    traffic: { demands: [], ...changed.traffic, recordedSeconds: 190, everySeconds: id === 'large' ? 5 : 2 },
  };
}

describe('every demo host with storage gets the verdict that its configuration implies', () => {
  it.each([
    ['iscsi-on-team', 'vol1', 'one-path', /one session with one connection/],
    ['converged-set', 'storage', 'spreads', undefined],
    ['converged-2012r2', 'storage', 'one-path', /stand on the same member, NIC\d/],
    ['mpio-dedicated', 'array1', 'spreads', undefined],
    ['s2d-set', 'HV07', 'spreads', undefined],
    ['smb-stuck', 'FS01', 'one-path', /SMB uses one interface to FS01: SMB-B could reach it as well/],
    ['fibre-channel', 'Disk 1', 'spreads', undefined],
    ['german-2019', 'storage', 'one-path', /MPIO does not hold its disks/],
    ['names', 'storage', 'spreads', undefined],
    ['large', 'vol1', 'spreads', undefined],
    ['large', 'FS02', 'spreads', undefined],
  ] as const)('%s: %s', (id, target, verdict, reason) => {
    const found = targetNamed(judgedTraffic(counted(id)), target);
    expect({ id, verdict: found.verdict, message: found.message }).toMatchObject({ verdict });
    if (reason !== undefined) expect(found.reason).toMatch(reason);
    expect(found.message).toMatch(
      / of [\d.]+ [GM]B (?:read|written|that team \S+ (?:received|sent)) in \d+ seconds/,
    );
  });

  it('one that could not be asked about storage gets none', () => {
    const { targets } = judgedTraffic(counted('not-elevated'));
    expect(targets.filter(({ verdict }) => verdict !== 'not-enough-traffic')).toEqual([]);
  });
});

describe('the verdict changes with the configuration', () => {
  it.each<[string, string, string, (demo: Scenario) => Partial<Scenario>, string]>([
    [
      'storage vNICs mapped to one member instead of apart',
      'converged-set',
      'storage',
      ({ vnics = [] }) => ({
        vnics: vnics.map((vnic) => (vnic.mappedTo === undefined ? vnic : { ...vnic, mappedTo: 'NIC1' })),
      }),
      'one-path',
    ],
    [
      'storage vNICs placed apart instead of on one member',
      'converged-2012r2',
      'storage',
      ({ vnics = [] }) => ({
        vnics: vnics.map((vnic, at) =>
          vnic.placedOn === undefined ? vnic : { ...vnic, placedOn: at % 2 === 0 ? 'NIC1' : 'NIC2' },
        ),
      }),
      'spreads',
    ],
    [
      'failover only instead of round robin',
      'mpio-dedicated',
      'array1',
      ({ mpio }) => ({
        mpio: {
          ...mpio,
          disks: (mpio?.disks ?? []).map(({ disk }) => ({
            disk,
            policy: 'FOO' as const,
            pathStates: ['Active/Optimized', 'Standby', 'Standby', 'Standby'] as const,
          })),
        },
      }),
      'by-design',
    ],
    [
      'a path that nothing gets through',
      'mpio-dedicated',
      'array1',
      ({ mpio }) => ({
        mpio: { ...mpio, disks: (mpio?.disks ?? []).map((disk) => ({ ...disk, quietPaths: [2] })) },
      }),
      'idle-path',
    ],
    ['no traffic', 'mpio-dedicated', 'array1', () => ({ traffic: { demands: [] } }), 'not-enough-traffic'],
  ])('%s', (_, id, target, patch, verdict) => {
    expect(targetNamed(judgedTraffic(counted(id, patch)), target).verdict).toBe(verdict);
  });
});
