/** Figures of single disks and shares, and what routes share although they look apart, on whole hosts. */
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import { buildGraph } from './build-graph.ts';
import { buildModel } from './build-model.ts';
import { targetCeilings } from './ceilings.ts';
import { disk, gigabit, withReadings } from './hand-built-snapshot.ts';
import { ceilingsOf, portalAddress, snapshotOf } from './host-for-ceilings.ts';
import type { CeilingHost } from './host-for-ceilings.ts';

function onlyTarget(snapshot: Snapshot): TargetCeilings {
  const model = buildModel(snapshot);
  const [target] = targetCeilings(model, buildGraph(model, snapshot), snapshot);
  if (target === undefined) throw new Error('The host has no target.');
  return target;
}

const inGigabits = ({ bitsPerSecond }: { readonly bitsPerSecond: number | null }): number | null =>
  bitsPerSecond === null ? null : bitsPerSecond / gigabit;

/** Of each part: its names, guaranteed and possible. */
function partsOf({ parts }: TargetCeilings) {
  return parts.map(({ of, guaranteed, possible }) => [
    of.map(({ name }) => name),
    inGigabits(guaranteed),
    inGigabits(possible),
  ]);
}

const twoNics: CeilingHost = {
  fabric: 'plain',
  speeds: [10, 1],
  sessions: [
    [0, 0],
    [1, 1],
  ],
};

describe('the disks of a target', () => {
  const paths = ['5|0|0|0', '5|0|1|0'].map((scsiAddress, at) => ({
    pathId: String(at + 1).padStart(16, '0'),
    state: 'Active/Optimized' as const,
    scsiAddress,
  }));
  const withPolicies = (...policies: readonly ('RR' | 'LQD')[]): Snapshot => {
    const snapshot = snapshotOf(twoNics);
    const { IscsiSession } = snapshot.readings;
    if (IscsiSession.status !== 'ok') throw new Error('The host has no sessions.');
    const numbers = policies.map((_, at) => at + 1);
    return withReadings(snapshot, {
      IscsiSession: IscsiSession.records.map((one) => ({ ...one, diskNumbers: numbers })),
      Disk: numbers.map((number) => disk(number)),
      MpioDisk: policies.map((lbPolicy, at) => ({
        instanceName: `MPIO\\DISK${at}_0`,
        diskNumber: at + 1,
        dsmName: 'Microsoft DSM',
        lbPolicy,
        paths,
      })),
    });
  };

  it('have figures of their own where their policies differ; the target has the lowest and the highest', () => {
    const target = onlyTarget(withPolicies('RR', 'LQD', 'RR'));
    expect(partsOf(target)).toEqual([
      [['Disk 1', 'Disk 3'], 2, 2],
      [['Disk 2'], 11, 11],
    ]);
    expect([inGigabits(target.guaranteed), inGigabits(target.possible)]).toEqual([2, 11]);
    expect(target.assumptions.join(' ')).toMatch(/disks of the target differ/);
  });

  it('have none where they are alike', () => {
    const target = onlyTarget(withPolicies('LQD', 'LQD'));
    expect(target.parts).toEqual([]);
    expect(inGigabits(target.possible)).toBe(11);
  });
});

describe('the shares of a server', () => {
  const rss = { clientRssCapable: true, serverRssCapable: true } as const;
  /** `vms` over the instance of the cluster, `backup` over the one of everybody. */
  const host = (pairs: CeilingHost['pairs']): Snapshot =>
    withReadings(snapshotOf({ fabric: 'plain', speeds: [10, 1], pairs: pairs ?? [] }), {
      SmbConnection: [
        { serverName: 'NAS1', shareName: 'vms', smbInstance: 'CSV' },
        { serverName: 'NAS1', shareName: 'backup', smbInstance: 'Default', numOpens: 3 },
        { serverName: 'NAS1', shareName: 'IPC$', smbInstance: 'Default' },
      ],
    });

  it('have figures of their own where each instance of SMB uses other pairs', () => {
    const target = onlyTarget(
      host([
        { ...rss, from: 0, to: 0 },
        { ...rss, from: 1, to: 1, smbInstance: 'Default' },
      ]),
    );
    expect(partsOf(target)).toEqual([
      [['\\\\NAS1\\vms'], 10, 10],
      [['\\\\NAS1\\backup'], 1, 1],
    ]);
    expect(target.parts.map(({ routeIds }) => routeIds.length)).toEqual([1, 1]);
    expect([inGigabits(target.guaranteed), inGigabits(target.possible)]).toEqual([1, 10]);
    expect(target.assumptions.join(' ')).toMatch(/shares of the server differ/);
  });

  it('have figures of their own where SMB limits one kind of traffic more than another', () => {
    const pairs = (['CSV', 'Default'] as const).map((smbInstance) => ({
      ...rss,
      from: 0,
      to: 0,
      smbInstance,
    }));
    const target = onlyTarget(
      withReadings(host(pairs), {
        SmbBandwidthLimit: [
          { category: 'VirtualMachine', bytesPerSecond: gigabit / 2 },
          { category: 'Default', bytesPerSecond: gigabit / 4 },
        ],
      }),
    );
    expect(partsOf(target)).toEqual([
      [['\\\\NAS1\\vms'], 4, 4],
      [['\\\\NAS1\\backup'], 2, 2],
    ]);
    expect([inGigabits(target.guaranteed), inGigabits(target.possible)]).toEqual([2, 4]);
  });

  it('have none where both instances use pairs of the same figures', () => {
    const target = onlyTarget(
      host([
        { ...rss, from: 0, to: 0 },
        { ...rss, from: 0, to: 0, smbInstance: 'Default' },
      ]),
    );
    expect(target.parts).toEqual([]);
    expect([inGigabits(target.guaranteed), inGigabits(target.possible)]).toEqual([10, 10]);
  });
});

describe('what looks apart and is shared', () => {
  const slot = (name: string) => ({ name, segment: 0, bus: 5, device: 0, slot: 5 });
  const table: readonly (readonly [string, CeilingHost, object])[] = [
    [
      'two sessions on one NIC',
      {
        fabric: 'plain',
        speeds: [10],
        sessions: [
          [0, 0],
          [0, 1],
        ],
      },
      { what: 'adapter', shared: ['NIC1'], between: 2, sentence: '2 sessions leave through NIC1.' },
    ],
    [
      'two vNICs on one member',
      {
        fabric: 'set',
        speeds: [10, 10],
        vnics: 2,
        algorithm: 'HyperVPort',
        mapped: [1, 1],
        sessions: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        what: 'member',
        shared: ['NIC2'],
        between: 2,
        sentence: 'vEthernet (V0) and vEthernet (V1) are on NIC2 now, one member of the team.',
      },
    ],
    [
      'two NICs on one PCIe card',
      { ...twoNics, hardware: [slot('NIC1'), slot('NIC2')] },
      {
        what: 'card',
        shared: ['NIC1', 'NIC2'],
        between: 2,
        sentence: 'NIC1 and NIC2 are ports of one card.',
      },
    ],
    [
      'two sessions to one address of the target',
      {
        fabric: 'plain',
        speeds: [10, 10],
        sessions: [
          [0, 0],
          [1, 0],
        ],
      },
      {
        what: 'portal',
        shared: [`${portalAddress(0)}:3260`],
        between: 2,
        sentence: `2 sessions lead to the one address ${portalAddress(0)}:3260.`,
      },
    ],
  ];

  it.each(table)('%s', (_what, host, expected) => {
    expect(
      ceilingsOf(host).sharedBehind.map(({ what, shared, between, sentence }) => ({
        what,
        shared: shared.map(({ name }) => name),
        between: between.length,
        sentence,
      })),
    ).toEqual([expected]);
  });

  it.each([
    ['two NICs of their own', { ...twoNics }],
    [
      'two NICs on cards of their own',
      { ...twoNics, hardware: [slot('NIC1'), { ...slot('NIC2'), bus: 6, slot: 6 }] },
    ],
    [
      'two vNICs on members of their own',
      {
        fabric: 'set',
        speeds: [10, 10],
        vnics: 2,
        algorithm: 'HyperVPort',
        mapped: [0, 1],
        sessions: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
  ] as const)('is nothing with %s', (_what, host) => {
    expect(ceilingsOf(host).sharedBehind).toEqual([]);
  });
});
