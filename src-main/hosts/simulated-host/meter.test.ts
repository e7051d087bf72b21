import { describe, expect, it } from 'vitest';
import { scenarioWith } from '../../testing/host-with.ts';
import { layOutMachine } from './machine.ts';
import { createMeter } from './meter.ts';
import type { Scenario } from './scenario.ts';

const megabyte = 1e6;
const twoPaths = (patch: Partial<Scenario> = {}): Scenario =>
  scenarioWith({
    features: ['Hyper-V', 'Multipath-IO'],
    adapters: [{ name: 'NIC1' }, { name: 'NIC2' }, { name: 'NIC3' }, { name: 'NIC4' }],
    addresses: [
      { interface: 'NIC1', address: '10.0.1.11/24' },
      { interface: 'NIC2', address: '10.0.2.11/24' },
    ],
    iscsi: {
      targets: [{ iqn: 'iqn.2010-01.example:a', portals: ['10.0.1.101', '10.0.2.101'] }],
      sessions: [
        { iqn: 'iqn.2010-01.example:a', connections: [{ from: '10.0.1.11', to: '10.0.1.101' }], disks: [1] },
        { iqn: 'iqn.2010-01.example:a', connections: [{ from: '10.0.2.11', to: '10.0.2.101' }], disks: [1] },
      ],
    },
    mpio: { disks: [{ disk: 1, policy: 'RR' }] },
    traffic: { demands: [{ on: { disk: 1 }, in: 40 * megabyte, out: 10 * megabyte, wave: 0 }] },
    ...patch,
  });

/** Megabytes that each adapter received or sent over ten seconds. */
function moved(scenario: Scenario, way: 'in' | 'out' = 'in'): Record<string, number> {
  const machine = layOutMachine(scenario);
  const meter = createMeter(machine);
  const [before, after] = [meter.read(machine, 5), meter.read(machine, 15)];
  return Object.fromEntries(
    machine.network.interfaces
      .filter(({ kind, isHidden }) => kind === 'physical' && !isHidden)
      .map(({ name, guid }) => [
        name,
        Math.round((after.bytes('interface', guid, way) - before.bytes('interface', guid, way)) / megabyte),
      ]),
  );
}

const carrying = (all: Record<string, number>) => Object.keys(all).filter((name) => (all[name] ?? 0) > 0);

describe('the traffic of a simulated host', () => {
  it.each(['RR', 'LQD', 'LB', 'RRWS'] as const)('under %s takes every path', (policy) => {
    const all = moved(twoPaths({ mpio: { disks: [{ disk: 1, policy }] } }));
    expect(carrying(all)).toEqual(['NIC1', 'NIC2']);
    expect(Math.abs((all['NIC1'] ?? 0) / (all['NIC2'] ?? 1) - 1)).toBeLessThan(0.1);
  });

  it.each(['FOO', 'WP'] as const)('under %s takes one path', (policy) => {
    expect(carrying(moved(twoPaths({ mpio: { disks: [{ disk: 1, policy }] } })))).toEqual(['NIC1']);
  });

  it('leaves paths alone that are not optimised', () => {
    const states = ['Active/Unoptimized', 'Active/Optimized'] as const;
    expect(
      carrying(moved(twoPaths({ mpio: { disks: [{ disk: 1, policy: 'RRWS', pathStates: states }] } }))),
    ).toEqual(['NIC2']);
  });

  const teamed = (
    lbAlgorithm: 'TransportPorts' | 'IPAddresses' | 'MacAddresses' | 'HyperVPort' | 'Dynamic',
    teamingMode: 'SwitchIndependent' | 'Lacp' = 'SwitchIndependent',
  ): Scenario =>
    twoPaths({
      adapters: [{ name: 'NIC1' }, { name: 'NIC2' }],
      lbfoTeams: [{ name: 'T', members: ['NIC1', 'NIC2'], teamingMode, lbAlgorithm }],
      addresses: [{ interface: 'T', address: '10.0.1.11/24' }],
      iscsi: {
        targets: [{ iqn: 'iqn.2010-01.example:a', portals: ['10.0.1.101'] }],
        sessions: Array.from({ length: 12 }, () => ({
          iqn: 'iqn.2010-01.example:a',
          connections: [{ from: '10.0.1.11', to: '10.0.1.101' }],
          disks: [1],
        })),
      },
    });

  it.each([
    ['TransportPorts', 2],
    ['Dynamic', 2],
    ['IPAddresses', 1],
    ['MacAddresses', 1],
    ['HyperVPort', 1],
  ] as const)(
    'of many connections to one address leaves a team by %s over %i members',
    (algorithm, members) => {
      expect(carrying(moved(teamed(algorithm), 'out'))).toHaveLength(members);
    },
  );

  it('comes in on one member where the switch knows nothing of the team, and on all where it does', () => {
    expect(carrying(moved(teamed('Dynamic'), 'in'))).toEqual(['NIC1']);
    expect(carrying(moved(teamed('Dynamic', 'Lacp'), 'in'))).toHaveLength(2);
  });

  it('is no more than a cable carries', () => {
    const busy = { demands: [{ on: { disk: 1 }, in: 900 * megabyte, out: 0, wave: 0 }] };
    const all = moved(twoPaths({ traffic: busy }));
    expect(all['NIC1']).toBeLessThanOrEqual(1250);
    expect(all['NIC1']).toBeGreaterThan(1150);
  });

  it('is there also where the scenario names none', () => {
    const { traffic: _, ...untold } = twoPaths();
    expect(carrying(moved(untold))).toEqual(['NIC1', 'NIC2']);
  });

  it('goes on from where it stood when the host changes, and what is new begins at zero', () => {
    const first = layOutMachine(twoPaths({ adapters: [{ name: 'NIC1' }, { name: 'NIC2' }] }));
    const second = layOutMachine(twoPaths({ mpio: { disks: [{ disk: 1, policy: 'FOO' }] } }));
    const meter = createMeter(first);
    const guidOf = (name: string) => second.network.interfaceNamed(name)?.guid ?? '';
    const at = (machine: typeof first, seconds: number, name: string) =>
      meter.read(machine, seconds).bytes('interface', guidOf(name), 'in');
    const before = at(first, 10.5, 'NIC2');
    expect(before).toBeGreaterThan(0);
    expect(at(second, 10.5, 'NIC2')).toBe(before);
    expect(at(second, 20, 'NIC2')).toBe(before);
    expect(at(second, 20, 'NIC1')).toBeGreaterThan(at(second, 10.5, 'NIC1'));
    expect(at(second, 20, 'NIC3')).toBe(0);
  });
});
