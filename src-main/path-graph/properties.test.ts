/** What holds for every host: ids survive a refresh, no stream beats the fastest NIC, less seen is never more known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostModel } from '#shared/host/host-model.ts';
import type { VMNetworkAdapterRecord } from '#shared/host/network-records.ts';
import type { Reading, Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph, TargetCeilings } from '#shared/path-graph.ts';
import { buildGraph } from './build-graph.ts';
import { buildModel } from './build-model.ts';
import { targetCeilings } from './ceilings.ts';
import {
  address,
  connection,
  convergedLbfo,
  convergedSet,
  dedicatedPaths,
  disk,
  everyName,
  gigabit,
  guid,
  hostVNic,
  iqn,
  iscsiOnTeam,
  mac,
  member,
  nic,
  queue,
  route,
  session,
  snapshotWith,
  teamNic,
  vnicAdapter,
  vswitch,
  withReadings,
  without,
} from './hand-built-snapshot.ts';
import { sessionsByDiskGroup, storageEndpoints } from './walks.ts';

/** Hosts that Windows could really be: every record agrees with every other. */
const anyHost: fc.Arbitrary<Snapshot> = fc
  .record({
    speeds: fc.array(fc.constantFrom(gigabit, 10 * gigabit, 25 * gigabit, null), {
      minLength: 1,
      maxLength: 5,
    }),
    fabric: fc.constantFrom('plain', 'lbfo', 'lbfo-switch', 'set'),
    algorithm: fc.constantFrom('HyperVPort', 'Dynamic', 'TransportPorts'),
    modes: fc.array(fc.constantFrom('Active', 'Standby', 'Failed'), { minLength: 5, maxLength: 5 }),
    up: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    endpoints: fc.integer({ min: 1, max: 3 }),
    sessions: fc.array(
      fc.record({
        endpoint: fc.nat(2),
        portal: fc.nat(2),
        disks: fc.subarray([1, 2, 3]),
        isBound: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
    places: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
    mapped: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    pairs: fc.array(fc.record({ endpoint: fc.nat(2), server: fc.nat(1), isSelected: fc.boolean() }), {
      maxLength: 4,
    }),
  })
  .map(({ speeds, fabric, algorithm, modes, up, endpoints, sessions, places, mapped, pairs }) => {
    const nics = speeds.map((speedBitsPerSecond, index) =>
      nic(index + 1, { speedBitsPerSecond, status: up[index] === false ? 'Disconnected' : 'Up' }),
    );
    const isVNic = fabric === 'lbfo-switch' || fabric === 'set';
    const count = fabric === 'plain' ? Math.min(endpoints, nics.length) : fabric === 'lbfo' ? 1 : endpoints;
    const holders = Array.from({ length: count }, (_, index) =>
      fabric === 'plain' ? index + 1 : fabric === 'lbfo' ? 20 : 31 + index,
    );
    const holder = (number: number) => holders[number % holders.length] ?? 0;
    const isLbfo = fabric === 'lbfo' || fabric === 'lbfo-switch';
    const lbAlgorithm = fabric === 'set' && algorithm === 'TransportPorts' ? 'Dynamic' : algorithm;
    const place = (index: number) => `NIC${((places[index] ?? 0) % nics.length) + 1}`;
    const descriptions = nics.map(({ interfaceDescription }) => interfaceDescription);
    const ip = (index: number) => `10.0.10.${index}`;
    // An unbound session leaves by the best route: that of the first endpoint with a link.
    const routed = fabric === 'plain' ? Math.max(0, up.slice(0, count).indexOf(true)) : 0;
    const leaving = (endpoint: number, isBound: boolean) => ip((isBound ? endpoint % count : routed) + 11);
    return snapshotWith({
      NetAdapter: [
        ...nics,
        ...(isLbfo ? [teamNic(20, 'Team1', { speedBitsPerSecond: 99 * gigabit })] : []),
        ...(isVNic ? holders.map((number) => vnicAdapter(number, `S${number}`)) : []),
      ],
      NetAdapterBinding: nics.map(({ name }) => ({
        name,
        componentId: 'ms_tcpip',
        enabled: fabric === 'plain',
      })),
      NetLbfoTeam: isLbfo
        ? [
            {
              name: 'Team1',
              members: nics.map(({ name }) => name),
              teamNics: ['Team1'],
              teamingMode: 'SwitchIndependent',
              lbAlgorithm,
            },
          ]
        : [],
      NetLbfoTeamMember: isLbfo
        ? nics.map((_, index) => member('Team1', index + 1, { operationalStatus: modes[index] as 'Active' }))
        : [],
      NetLbfoTeamNic: isLbfo
        ? [
            {
              name: 'Team1',
              team: 'Team1',
              interfaceDescription: 'Microsoft Network Adapter Multiplexor Driver #20',
            },
          ]
        : [],
      VMSwitch: !isVNic
        ? []
        : [
            fabric === 'set'
              ? vswitch(50, {
                  uplinkDescription: 'Teamed-Interface',
                  uplinkDescriptions: descriptions,
                  isEmbeddedTeam: true,
                })
              : vswitch(50, { uplinkDescription: 'Microsoft Network Adapter Multiplexor Driver #20' }),
          ],
      VMSwitchTeam:
        fabric === 'set'
          ? [{ name: 'Switch50', id: guid(50), memberDescriptions: descriptions, lbAlgorithm }]
          : [],
      VMNetworkAdapter: isVNic ? holders.map((number) => hostVNic(number, `S${number}`, 50)) : [],
      VMNetworkAdapterVlan: isVNic
        ? holders.map((number) => ({
            vnicName: `S${number}`,
            isManagementOs: true,
            operationMode: 'Access' as const,
            accessVlanId: number,
          }))
        : [],
      VMNetworkAdapterTeamMapping:
        fabric === 'set'
          ? holders.flatMap((number, index) =>
              mapped[index] ? [{ vnicName: `S${number}`, memberName: place(index) }] : [],
            )
          : [],
      NetAdapterVmqQueue: isVNic ? holders.map((number, index) => queue(place(index), mac(number))) : [],
      NetIPAddress: holders.map((number, index) => address(number, ip(index + 11))),
      NetRoute: holders.map((number, index) => route(number, '10.0.10.0/24', { routeMetric: 256 + index })),
      IscsiSession: sessions.map(({ endpoint, disks, isBound }, index) =>
        session(index + 1, {
          initiatorPortalAddress: isBound ? leaving(endpoint, isBound) : null,
          diskNumbers: disks,
        }),
      ),
      IscsiConnection: sessions.map(({ endpoint, portal, isBound }, index) =>
        connection(index + 1, isBound ? leaving(endpoint, isBound) : null, ip(portal + 101)),
      ),
      NetTCPConnection: sessions.map(({ endpoint, portal, isBound }, index) => ({
        localAddress: leaving(endpoint, isBound),
        localPort: 50_001 + index,
        remoteAddress: ip(portal + 101),
        remotePort: 3260,
      })),
      IscsiTarget: sessions.length === 0 ? [] : [{ nodeAddress: iqn, isConnected: true }],
      Disk: [1, 2, 3].map((number) => disk(number)),
      SmbConnection: pairs.map(({ server }) => ({
        serverName: `NAS${server}`,
        shareName: 'vms',
        smbInstance: 'CSV' as const,
      })),
      SmbMultichannelConnection: pairs.map(({ endpoint, server, isSelected }, index) => ({
        serverName: `NAS${server}`,
        clientInterfaceIndex: holder(endpoint),
        clientIpAddress: ip((endpoint % count) + 11),
        serverInterfaceIndex: index,
        serverIpAddress: ip(200 + server * 10 + index),
        isSelected,
      })),
    });
  });

interface Picture {
  readonly model: HostModel;
  readonly graph: PathGraph;
  readonly ceilings: readonly TargetCeilings[];
}

function pictureOf(snapshot: Snapshot): Picture {
  const model = buildModel(snapshot);
  const graph = buildGraph(model, snapshot);
  return { model, graph, ceilings: targetCeilings(model, graph, snapshot) };
}

/** A rotation and a reversal bring every order that matters and need no state. */
function reordered<T>(records: readonly T[], seed: number): readonly T[] {
  const at = records.length === 0 ? 0 : seed % records.length;
  const rotated = [...records.slice(at), ...records.slice(0, at)];
  return seed % 2 === 0 ? rotated : rotated.reverse();
}

const indexNames = new Set(['interfaceIndex', 'clientInterfaceIndex']);

/** What a later look may bring: rows in another order, and other interface indices throughout. */
function refreshed(snapshot: Snapshot, seed: number): Snapshot {
  const renumber = (record: object): object =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        indexNames.has(key) ? Number(value) * 7 + seed : (value as unknown),
      ]),
    );
  const readings = Object.fromEntries(
    everyName.map((name) => {
      const reading: Reading<object> = snapshot.readings[name];
      return [
        name,
        reading.status === 'ok'
          ? { ...reading, records: reordered(reading.records.map(renumber), seed) }
          : reading,
      ];
    }),
  );
  return { ...snapshot, readings: readings as unknown as Snapshot['readings'] };
}

/** Without order and without interface indices, which are no part of what a thing is. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => settled(one)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !indexNames.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, settled(one)]),
  );
}

describe('for every host', () => {
  it('a refresh with other indices and in another order gives the same picture under the same ids', () =>
    fc.assert(
      fc.property(anyHost, fc.integer({ min: 1, max: 97 }), (snapshot, seed) => {
        const before = pictureOf(snapshot);
        const after = pictureOf(refreshed(snapshot, seed));
        expect(settled(after)).toEqual(settled(before));
      }),
      { numRuns: 80 },
    ));

  it('no id stands for two things, and no link or route leads to a hop that is not there', () =>
    fc.assert(
      fc.property(anyHost, (snapshot) => {
        const { model, graph } = pictureOf(snapshot);
        const entities = [
          ...model.adapters,
          ...model.teams,
          ...model.teamNics,
          ...model.vswitches,
          ...model.vnics,
          ...model.addresses,
          ...model.targets,
          ...model.targetPortals,
          ...model.sessions,
          ...model.disks,
          ...model.smbServers,
          ...model.sessions.flatMap(({ connections }) => connections),
          ...model.smbServers.flatMap(({ channels, shares }) => [...channels, ...shares]),
        ];
        expect(new Set(entities.map(({ id }) => id)).size).toBe(entities.length);
        const hops = new Set(graph.hops.map(({ id }) => id));
        for (const { from, to } of graph.links) expect(hops.has(from) && hops.has(to)).toBe(true);
        for (const { hopIds, egress } of graph.routes) {
          expect([...hopIds, ...egress.adapterIds].every((id) => hops.has(id))).toBe(true);
        }
      }),
      { numRuns: 80 },
    ));

  it('a single stream never beats the fastest physical NIC that is up', () =>
    fc.assert(
      fc.property(anyHost, (snapshot) => {
        const { model, ceilings } = pictureOf(snapshot);
        const speeds = model.adapters.flatMap((one) =>
          one.isUp && one.speedBitsPerSecond ? [one.speedBitsPerSecond] : [],
        );
        for (const { singleStream, singleStreamLimitedBy } of ceilings) {
          expect(singleStream.bitsPerSecond ?? 0).toBeLessThanOrEqual(Math.max(0, ...speeds));
          expect(singleStream.bitsPerSecond === null).toBe(singleStreamLimitedBy.length === 0);
          expect(singleStream.bitsPerSecond === null).toBe(singleStream.unknownBecause !== undefined);
        }
      }),
      { numRuns: 150 },
    ));

  it('losing observations never throws, and never makes known what was not', () =>
    fc.assert(
      fc.property(anyHost, fc.subarray(everyName, { minLength: 1, maxLength: 6 }), (snapshot, lost) => {
        const before = pictureOf(snapshot);
        const after = pictureOf(without(snapshot, ...lost));
        const ceilingBefore = new Map(before.ceilings.map((one) => [one.id, one.singleStream.bitsPerSecond]));
        for (const { id, singleStream } of after.ceilings) {
          if (singleStream.bitsPerSecond !== null)
            expect(ceilingBefore.get(id)).toBe(singleStream.bitsPerSecond);
        }
        const placeBefore = new Map(before.graph.routes.map((one) => [one.id, one.egress.nowAdapterId]));
        for (const { id, egress } of after.graph.routes) {
          if (egress.nowAdapterId !== undefined) expect(placeBefore.get(id)).toBe(egress.nowAdapterId);
        }
        const vitalBefore = new Map(
          before.ceilings.map((one) => [
            one.id,
            new Set(one.singlePointsOfFailure.map(({ kind, name }) => `${kind} ${name}`)),
          ]),
        );
        for (const { id, singlePointsOfFailure } of after.ceilings) {
          for (const vital of singlePointsOfFailure)
            expect([...(vitalBefore.get(id) ?? [])]).toContain(`${vital.kind} ${vital.name}`);
        }
        const diskBefore = new Map(before.model.disks.map((one) => [one.id, one.sessionIds]));
        for (const { id, sessionIds } of after.model.disks) {
          if (sessionIds !== undefined) expect(diskBefore.get(id)).toEqual(sessionIds);
        }
      }),
      { numRuns: 150 },
    ));

  it('the loss of everything leaves an empty picture', () => {
    const { model, graph, ceilings } = pictureOf(without(convergedSet(), ...everyName));
    expect([model.adapters, graph.routes, ceilings]).toEqual([[], [], []]);
  });
});

it.each([
  ['iscsiOnTeam', iscsiOnTeam()],
  ['convergedLbfo', convergedLbfo()],
  ['convergedSet', convergedSet()],
  ['dedicatedPaths', dedicatedPaths()],
])('%s without any one observation is still a picture', (_name, snapshot) => {
  for (const name of everyName) expect(() => pictureOf(without(snapshot, name))).not.toThrow();
});

describe('hostile names', () => {
  const anyName = fc.constantFrom(
    'NIC1',
    'nic1',
    '',
    '*',
    '[x]',
    '__proto__',
    'constructor',
    'Ünïcödé 网卡',
    'vEthernet (a (b))',
    'Teamed-Interface',
  );

  it('are data: nothing throws and no id comes twice', () =>
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 2, maxLength: 8 }), (given) => {
        const snapshot = snapshotWith({
          NetAdapter: given.map((name, index) =>
            nic((index % 4) + 1, {
              name,
              interfaceDescription: name,
              interfaceIndex: index % 3,
              macAddress: mac(index % 2),
            }),
          ),
          NetLbfoTeam: given.map((name) => ({ name, members: [name, name], teamNics: [name] })),
          NetLbfoTeamNic: given.map((name) => ({ name, team: name, interfaceDescription: name })),
          VMSwitch: given.map((name, index) => vswitch(index % 3, { name, uplinkDescription: name })),
          VMNetworkAdapter: given.map((name, index) =>
            hostVNic(index % 4, name, index % 3, { switchName: name }),
          ),
          NetIPAddress: given.map((name, index) => address(index % 3, name)),
          IscsiSession: given.map((name, index) =>
            session(index % 2, { targetNodeAddress: name, diskNumbers: [index % 2] }),
          ),
          IscsiConnection: given.map((name, index) => connection(index % 2, name, name)),
          IscsiTarget: given.map((name) => ({ nodeAddress: name, portals: [{ address: name, port: 3260 }] })),
          Disk: given.map((name, index) => disk(index % 2, { uniqueId: name })),
          SmbConnection: given.map((name) => ({ serverName: name, shareName: name })),
          SmbMultichannelConnection: given.map((name, index) => ({
            serverName: name,
            clientInterfaceIndex: index,
            clientIpAddress: name,
            serverInterfaceIndex: 0,
            serverIpAddress: name,
            isSelected: true,
          })),
          VMHardDiskDrive: given.map((path) => ({ path: `\\\\${path}\\${path}` })),
          MpioDisk: given.map((instanceName) => ({ instanceName, serialNumber: instanceName, paths: [] })),
        });
        const { model } = pictureOf(snapshot);
        const ids = [
          ...model.adapters,
          ...model.teamNics,
          ...model.vnics,
          ...model.vswitches,
          ...model.addresses,
          ...model.sessions,
          ...model.disks,
        ];
        expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
      }),
      { numRuns: 80 },
    ));
});

it('4,000 vNICs and 4,000 addresses are joined each to its own', () => {
  const numbers = Array.from({ length: 4000 }, (_, index) => 1000 + index);
  const ip = (number: number) => `10.${number >> 8}.${number & 255}.11`;
  const model = buildModel(
    withReadings(convergedSet(), {
      NetAdapter: [nic(1), nic(2), ...numbers.map((number) => vnicAdapter(number, `V${number}`))],
      VMNetworkAdapter: numbers.map((number): VMNetworkAdapterRecord => hostVNic(number, `V${number}`, 50)),
      VMNetworkAdapterTeamMapping: numbers.map((number) => ({
        vnicName: `V${number}`,
        memberName: `NIC${(number % 2) + 1}`,
      })),
      NetIPAddress: numbers.map((number) => address(number, ip(number))),
      IscsiSession: numbers.map((number) => session(number, { diskNumbers: [number] })),
      IscsiConnection: numbers.map((number) => connection(number, ip(number), '10.200.0.1')),
      Disk: numbers.map((number) => disk(number)),
      MpioDisk: [],
    }),
  );
  expect(model.unjoined).toEqual([]);
  expect(model.vnics.every(({ mappedMember }) => mappedMember?.adapterId !== undefined)).toBe(true);
  expect(storageEndpoints(model)).toHaveLength(4000);
  expect(sessionsByDiskGroup(model)).toHaveLength(4000);
});
