import { describe, expect, it } from 'vitest';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { listResources } from '../platform/resources.ts';
import { countedDemo, demosWithoutVerdict, impliedVerdicts } from '../testing/demo-verdicts.ts';
import { judgedTraffic, targetNamed } from '../testing/judged-traffic.ts';

describe('every demo host with storage gets the verdict that its configuration implies', () => {
  it.each(impliedVerdicts)('$demo: $target', ({ demo, target, verdict, reason }) => {
    const found = targetNamed(judgedTraffic(countedDemo(demo)), target);
    expect({ demo, verdict: found.verdict, message: found.message }).toMatchObject({ verdict });
    if (reason !== undefined) expect(found.reason).toMatch(reason);
    expect(found.message).toMatch(
      / of [\d.]+ [GM]B (?:read|written|that team \S+ (?:received|sent)) in \d+ seconds/,
    );
  });

  it('is a list of all demo hosts, with those that could not be asked about storage or have none', () => {
    const known = [...impliedVerdicts.map(({ demo }) => demo), ...demosWithoutVerdict];
    expect([...new Set(known)].sort()).toEqual(
      listResources('scenarios')
        .map((file) => file.replace(/\.json$/, ''))
        .sort(),
    );
    const verdicts = demosWithoutVerdict.flatMap((demo) => judgedTraffic(countedDemo(demo)).targets);
    expect(verdicts.filter(({ verdict }) => verdict !== 'not-enough-traffic')).toEqual([]);
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
    expect(targetNamed(judgedTraffic(countedDemo(id, patch)), target).verdict).toBe(verdict);
  });
});
