/** Every row of docs/ceilings.md, by its name, worked out by hand. Figures in Gbit/s. */
import { describe, expect, it } from 'vitest';
import type { Ceiling, ToldFacts } from '#shared/path-graph.ts';
import { gigabit, iqn } from './hand-built-snapshot.ts';
import { ceilingsOf, portalAddress } from './host-for-ceilings.ts';
import type { CeilingHost } from './host-for-ceilings.ts';

type Range = readonly [guaranteed: number | null, possible: number | null];

interface Row {
  readonly host: CeilingHost;
  readonly told?: ToldFacts;
  readonly single: number | null;
  /** Both where the directions are equal. */
  readonly read: Range;
  readonly write?: Range;
  /** The same as `possible` of the higher direction where not given. */
  readonly copy?: number | null;
  readonly isBound?: true;
  readonly now?: number;
  readonly limitedBy?: readonly string[];
  readonly says?: RegExp;
  readonly assumes?: RegExp;
  readonly because?: RegExp;
  /** Of reading. */
  readonly afterFailover?: Range;
}

const two = [
  [0, 0],
  [1, 1],
] as const;
const four = [...two, [2, 2], [3, 3]] as const;
/** Four sessions from the one address of a team NIC. */
const fourOfOne = [
  [0, 0],
  [0, 1],
  [0, 2],
  [0, 3],
] as const;
/** Two sessions from each of two vNICs. */
const twoOfTwo = [
  [0, 0],
  [0, 1],
  [1, 2],
  [1, 3],
] as const;

const teamNic = { fabric: 'team', speeds: [1, 1, 1, 10], sessions: fourOfOne, policy: 'LQD' } as const;
const overTeam = {
  fabric: 'team-and-switch',
  speeds: [1, 1, 10, 10],
  vnics: 2,
  sessions: twoOfTwo,
  policy: 'LQD',
} as const;
const set = { ...overTeam, fabric: 'set' } as const;
const plain = { fabric: 'plain', speeds: [10, 10], sessions: two } as const;
const alua = { fabric: 'plain', speeds: [10, 10, 25, 1], sessions: four } as const;
const optimized = 'Active/Optimized';
const unoptimized = 'Active/Unoptimized';

const rss = {
  clientRssCapable: true,
  serverRssCapable: true,
  clientRdmaCapable: false,
  serverRdmaCapable: false,
  clientLinkBitsPerSecond: 10 * gigabit,
  serverLinkBitsPerSecond: 10 * gigabit,
} as const;
const rdma = { ...rss, clientRdmaCapable: true, serverRdmaCapable: true } as const;
const noRss = { ...rss, clientRssCapable: false } as const;

function slot(name: string, bus: number, width: number, code = 2) {
  return { name, segment: 0, bus, device: 0, slot: bus, pcieLinkWidth: width, pcieLinkSpeedCode: code };
}

function told(...portals: readonly (readonly [portal: number, gigabits: number])[]): ToldFacts {
  return {
    targets: [
      {
        id: iqn.toUpperCase(),
        portals: portals.map(([portal, gigabits]) => ({
          address: portalAddress(portal),
          bitsPerSecond: gigabits * gigabit,
        })),
      },
    ],
  };
}

const rowsA: readonly (readonly [string, Row])[] = [
  [
    'plain NICs',
    {
      host: { ...plain, speeds: [10, 1], policy: 'LQD' },
      single: 10,
      read: [11, 11],
      limitedBy: ['NIC1', 'NIC2'],
    },
  ],
  [
    'plain NICs: one NIC with any number of sessions is its speed',
    {
      host: { fabric: 'plain', speeds: [10], sessions: fourOfOne, policy: 'LQD' },
      single: 10,
      read: [10, 10],
      limitedBy: ['NIC1'],
      says: /^All 4 sessions leave through NIC1 \(10 Gb\/s\)\.$/,
    },
  ],
  ['plain NICs: two by two without a team, both are guaranteed', { host: plain, single: 10, read: [20, 20] }],
  [
    'NICs on one port or slot: the slot is less than its ports',
    {
      // Four lanes of 5 GT/s leave 16 Gbit/s for two ports of 10.
      host: { ...plain, hardware: [slot('NIC1', 5, 4), slot('NIC2', 5, 4)] },
      single: 10,
      read: [16, 16],
      limitedBy: ['NIC1', 'NIC2'],
      says: /^NIC1 and NIC2 share one slot of 16 Gb\/s\.$/,
    },
  ],
  [
    'NICs on one port or slot: one lane holds a single NIC back',
    {
      host: { ...plain, hardware: [slot('NIC1', 5, 1, 1), slot('NIC2', 6, 8)] },
      single: 10,
      read: [4, 4],
      limitedBy: ['NIC1'],
    },
  ],
  [
    'NICs on one port or slot: a wide one changes nothing',
    {
      host: { ...plain, hardware: [slot('NIC1', 5, 8, 3), slot('NIC2', 5, 8, 3)] },
      single: 10,
      read: [20, 20],
    },
  ],
  [
    'vSwitch on one NIC',
    {
      host: { fabric: 'switch-on-nic', speeds: [10], vnics: 2, sessions: two },
      single: 10,
      read: [10, 10],
      limitedBy: ['NIC1'],
    },
  ],
  [
    'LBFO switch independent, address hash, team NIC: by connection',
    { host: { ...teamNic, algorithm: 'TransportPorts' }, single: 10, read: [1, 10], write: [1, 13] },
  ],
  [
    'LBFO switch independent, address hash, team NIC: by pair of addresses',
    {
      host: {
        ...teamNic,
        sessions: [
          [0, 0],
          [0, 0],
          [0, 1],
        ],
        algorithm: 'IPAddresses',
      },
      single: 10,
      read: [1, 10],
      write: [1, 11],
    },
  ],
  [
    'LBFO switch independent, address hash, team NIC: by pair of MAC addresses',
    {
      host: {
        ...teamNic,
        sessions: [
          [0, 0],
          [0, 0],
          [0, 1],
        ],
        algorithm: 'MacAddresses',
      },
      single: 10,
      read: [1, 10],
      write: [1, 11],
    },
  ],
  [
    'LBFO switch independent, address hash, team NIC: equal members read on one',
    {
      host: { ...teamNic, speeds: [1, 1, 1, 1], algorithm: 'TransportPorts' },
      single: 1,
      read: [1, 1],
      write: [1, 4],
    },
  ],
  [
    'LBFO switch independent, address hash, team NIC: the primary member is known by its address',
    {
      host: { ...teamNic, primary: 3, algorithm: 'TransportPorts' },
      single: 10,
      read: [10, 10],
      write: [1, 13],
    },
  ],
  [
    'LBFO switch independent, address hash, team NIC: a primary member that is down is one no more',
    {
      host: { ...teamNic, speeds: [1, 1, 10], primary: 2, down: [2], algorithm: 'TransportPorts' },
      single: 1,
      read: [1, 1],
      write: [1, 2],
    },
  ],
  [
    'LBFO switch independent, address hash, under a vSwitch: one member reads for all vNICs',
    { host: { ...overTeam, algorithm: 'TransportPorts' }, single: 10, read: [1, 10], write: [1, 22] },
  ],
  [
    'LBFO switch independent, address hash, under a vSwitch: the primary member is known by its address',
    {
      host: { ...overTeam, primary: 0, algorithm: 'TransportPorts' },
      single: 10,
      read: [1, 1],
      write: [1, 22],
    },
  ],
  [
    'LBFO switch independent, Hyper-V port, under a vSwitch',
    {
      host: { ...overTeam, algorithm: 'HyperVPort' },
      single: 10,
      read: [1, 20],
      limitedBy: ['NIC3', 'NIC4'],
    },
  ],
  [
    'LBFO switch independent, Hyper-V port, under a vSwitch: two vNICs over two members',
    {
      host: { ...overTeam, speeds: [10, 10], sessions: two, policy: 'RR', algorithm: 'HyperVPort' },
      single: 10,
      read: [10, 20],
    },
  ],
  [
    'LBFO switch independent, Hyper-V port, under a vSwitch: one vNIC over eight members',
    {
      host: {
        fabric: 'team-and-switch',
        speeds: [10, 10, 10, 10, 10, 10, 10, 10],
        sessions: fourOfOne,
        algorithm: 'HyperVPort',
      },
      single: 10,
      read: [10, 10],
      says: /^All 4 sessions share one vNIC, which uses one of the 8 members of team Team1 at a time \(10 Gb\/s\)\.$/,
    },
  ],
  [
    'LBFO switch independent, Hyper-V port, team NIC: one port',
    { host: { ...teamNic, algorithm: 'HyperVPort' }, single: 10, read: [1, 10] },
  ],
  [
    'LBFO switch independent, Dynamic, under a vSwitch',
    { host: { ...overTeam, algorithm: 'Dynamic' }, single: 10, read: [1, 20], write: [1, 22] },
  ],
  [
    'LBFO switch independent, Dynamic, team NIC: one MAC address',
    { host: { ...teamNic, algorithm: 'Dynamic' }, single: 10, read: [1, 10], write: [1, 13] },
  ],
  [
    'LBFO LACP or static, hash or Dynamic: Dynamic',
    { host: { ...teamNic, mode: 'Lacp', algorithm: 'Dynamic' }, single: 10, read: [1, 13] },
  ],
  [
    'LBFO LACP or static, hash or Dynamic: by pair of addresses',
    {
      host: {
        ...teamNic,
        mode: 'Static',
        sessions: [
          [0, 0],
          [0, 0],
          [0, 1],
        ],
        algorithm: 'IPAddresses',
      },
      single: 10,
      read: [1, 12],
      write: [1, 11],
    },
  ],
  [
    'LBFO LACP or static, Hyper-V port: one vNIC may receive over several members',
    {
      host: { ...overTeam, mode: 'Lacp', algorithm: 'HyperVPort' },
      single: 10,
      read: [1, 22],
      write: [1, 20],
    },
  ],
  [
    'one active member: the rest stands by, and takes over after a failover',
    {
      host: {
        ...teamNic,
        speeds: [1, 10],
        members: ['Active', 'Standby'],
        algorithm: 'TransportPorts',
      },
      single: 1,
      read: [1, 1],
      limitedBy: ['NIC1'],
      afterFailover: [10, 10],
    },
  ],
  [
    'one active member: the rest has failed',
    {
      host: { ...teamNic, speeds: [1, 10], members: ['Active', 'Failed'], algorithm: 'Dynamic' },
      single: 1,
      read: [1, 1],
    },
  ],
  ['SET, Hyper-V port', { host: { ...set, algorithm: 'HyperVPort' }, single: 10, read: [1, 20] }],
  [
    'SET, Dynamic, TCP',
    { host: { ...set, algorithm: 'Dynamic' }, single: 10, read: [1, 20], write: [1, 22] },
  ],
  [
    'SET, Hyper-V port: RDMA is placed as TCP is',
    {
      host: {
        fabric: 'set',
        speeds: [10, 25, 25],
        vnics: 2,
        algorithm: 'HyperVPort',
        pairs: [0, 1].map((at) => ({ ...rdma, from: at, to: at, serverLinkBitsPerSecond: 100 * gigabit })),
        mapped: [0, 1],
      },
      single: 25,
      read: [35, 35],
    },
  ],
  [
    'SET, Dynamic, RDMA: a connection stays on its member',
    {
      host: {
        fabric: 'set',
        speeds: [25, 25, 25, 25],
        vnics: 2,
        algorithm: 'Dynamic',
        pairs: [0, 1].map((at) => ({
          ...rdma,
          from: at,
          to: at,
          currentChannels: 2,
          serverLinkBitsPerSecond: 100 * gigabit,
        })),
      },
      single: 25,
      read: [25, 50],
    },
  ],
  [
    'SET, vNICs mapped: the sum of the distinct members',
    { host: { ...set, algorithm: 'HyperVPort', mapped: [0, 2] }, single: 10, read: [11, 11] },
  ],
  [
    'SET, vNICs mapped: two on one member share it',
    { host: { ...set, algorithm: 'HyperVPort', mapped: [2, 2] }, single: 10, read: [10, 10] },
  ],
  [
    'SET, vNICs mapped: TCP of Dynamic may leave the member when sending',
    { host: { ...set, algorithm: 'Dynamic', mapped: [0, 2] }, single: 10, read: [11, 11], write: [11, 22] },
  ],
  [
    'SET, vNICs mapped: a free vNIC joins the worst member',
    { host: { ...set, speeds: [10, 10], algorithm: 'HyperVPort', mapped: [0] }, single: 10, read: [10, 20] },
  ],
  [
    'SET, vNICs mapped: after the member is down the rest is shared',
    {
      host: { ...set, speeds: [10, 10, 10], algorithm: 'HyperVPort', mapped: [0, 1], down: [0] },
      single: 10,
      read: [10, 20],
    },
  ],
  [
    'placement seen: an extra number, and the others unchanged',
    {
      host: {
        ...overTeam,
        speeds: [10, 10],
        sessions: two,
        policy: 'RR',
        algorithm: 'HyperVPort',
        seen: [0, 0],
      },
      single: 10,
      read: [10, 20],
      now: 10,
    },
  ],
  [
    'internal switch, loopback, guest NIC: no wire',
    {
      host: { fabric: 'internal-switch', speeds: [10], sessions: [[0, 0]] },
      single: null,
      read: [null, null],
      because: /without an uplink: its traffic meets no wire/,
    },
  ],
  [
    'internal switch, loopback, guest NIC: the target is this very host',
    {
      host: { ...plain, sessions: [[0, 1]], isOwnTarget: true },
      single: null,
      read: [null, null],
      because: /on this very host: no wire/,
    },
  ],
  [
    'internal switch, loopback, guest NIC: the speed of a guest is nominal',
    {
      host: { ...plain, isVirtualMachine: true },
      single: null,
      read: [null, null],
      because: /a virtual machine's NIC: the speed that it reports is nominal/,
    },
  ],
  [
    'vNIC MaximumBandwidth',
    {
      host: { ...set, algorithm: 'HyperVPort', mapped: [2, 3], caps: [2, 3] },
      single: 3,
      read: [5, 5],
      limitedBy: ['vEthernet (V0)', 'vEthernet (V1)'],
      says: /is limited to 2 Gb\/s/,
    },
  ],
  [
    'throttle policy: of what the host sends, by template',
    {
      host: {
        ...plain,
        qos: [
          { name: 'Slow', template: 'iSCSI', throttleRate: 3 * gigabit },
          { name: 'Other', template: 'SMB', throttleRate: gigabit },
          { name: 'Datagrams', template: 'None', ipPort: 3260, ipProtocol: 'UDP', throttleRate: gigabit },
          { name: 'Program', template: 'None', ipPort: 3260, appPath: 'ftp.exe', throttleRate: gigabit },
        ],
      },
      single: 10,
      read: [20, 20],
      write: [3, 3],
    },
  ],
  [
    'throttle policy: of what the host sends, by port',
    {
      host: { ...plain, qos: [{ name: 'Slow', template: 'None', ipPort: 3260, throttleRate: 3 * gigabit }] },
      single: 10,
      read: [20, 20],
      write: [3, 3],
    },
  ],
  [
    'throttle policy: one by other conditions is named and not counted',
    {
      host: { ...plain, qos: [{ name: 'Slow', template: 'None', ipPort: 0, throttleRate: gigabit }] },
      single: 10,
      read: [20, 20],
      assumes: /QoS policy Slow slows some of what the host sends/,
    },
  ],
  [
    'throttle policy: not counted on Windows Server 2012, whose unit is not certain',
    {
      host: {
        ...plain,
        buildNumber: 9200,
        qos: [{ name: 'Slow', template: 'iSCSI', throttleRate: 3 * gigabit }],
      },
      single: 10,
      read: [20, 20],
      assumes: /QoS policy Slow slows .+ could not be read/,
    },
  ],
  [
    'throttle policy: none that gives only a priority',
    {
      host: { ...plain, qos: [{ name: 'P', template: 'iSCSI', throttleRate: 0 }] },
      single: 10,
      read: [20, 20],
    },
  ],
  [
    'bandwidth limit of SMB: of the kind of the share, both ways',
    {
      host: {
        fabric: 'plain',
        speeds: [10, 10],
        pairs: [0, 1].map((from) => ({ ...rss, from, to: from })),
        smbLimits: [
          { category: 'VirtualMachine', bytesPerSecond: gigabit / 2 },
          { category: 'Default', bytesPerSecond: gigabit / 8 },
          { category: 'LiveMigration', bytesPerSecond: gigabit / 16 },
        ],
      },
      single: 4,
      read: [4, 4],
      limitedBy: ['HV01'],
      says: /^SMB traffic of the kind VirtualMachine is limited to 4 Gb\/s\.$/,
      assumes: /all servers together/,
    },
  ],
];

const rowsB: readonly (readonly [string, Row])[] = [
  ['one session, one connection', { host: { ...plain, sessions: [[1, 0]] }, single: 10, read: [10, 10] }],
  [
    'MPIO Failover Only: the active path, and the standby after it',
    {
      host: { ...plain, speeds: [10, 1], policy: 'FOO', states: [optimized, 'Standby'] },
      single: 10,
      read: [10, 10],
      limitedBy: ['NIC1'],
      afterFailover: [1, 1],
    },
  ],
  [
    'MPIO Failover Only: the standby once the active path has no link',
    {
      host: { ...plain, speeds: [10, 1], policy: 'FOO', states: [optimized, 'Standby'], down: [0] },
      single: 1,
      read: [1, 1],
      limitedBy: ['NIC2'],
    },
  ],
  [
    'MPIO Failover Only: several call themselves active',
    {
      host: { ...plain, speeds: [10, 1], policy: 'FOO' },
      single: 10,
      read: [1, 10],
      isBound: true,
      assumes: /which one is not known/,
    },
  ],
  [
    'MPIO Round Robin (symmetric): 10 G and 1 G under round robin are 2 G',
    {
      host: { ...plain, speeds: [10, 1] },
      single: 10,
      read: [2, 2],
      limitedBy: ['NIC2'],
      says: /strict turn, so the tightest link sets the pace of all 2 paths: NIC2 \(1 Gb\/s\)/,
    },
  ],
  [
    'MPIO Round Robin (symmetric): three sessions over two equal NICs share unevenly',
    {
      host: {
        ...plain,
        sessions: [
          [0, 0],
          [0, 1],
          [1, 2],
        ],
      },
      single: 10,
      read: [15, 15],
      limitedBy: ['NIC1'],
    },
  ],
  [
    'MPIO Round Robin (symmetric): worst and best placement over a team',
    {
      host: {
        ...overTeam,
        speeds: [10, 10],
        sessions: [
          [0, 0],
          [0, 1],
          [1, 2],
        ],
        policy: 'RR',
        algorithm: 'HyperVPort',
      },
      single: 10,
      read: [10, 15],
    },
  ],
  [
    'MPIO Round Robin with Subset, ALUA: optimized paths only',
    {
      host: { ...alua, policy: 'RRWS', states: [optimized, optimized, unoptimized, 'Standby'] },
      single: 10,
      read: [20, 20],
      afterFailover: [2, 2],
    },
  ],
  [
    'MPIO Round Robin with Subset, ALUA: others only when no optimized one is left',
    {
      host: { ...alua, policy: 'RRWS', states: ['Failed', 'Failed', unoptimized, 'Standby'] },
      single: 25,
      read: [25, 25],
      afterFailover: [1, 1],
    },
  ],
  [
    'MPIO Least Queue Depth: all that the optimized paths carry',
    {
      host: { ...alua, policy: 'LQD', states: [optimized, unoptimized, optimized, optimized] },
      single: 25,
      read: [36, 36],
      afterFailover: [10, 10],
    },
  ],
  [
    'MPIO Least Blocks: a sequential copy keeps to one path',
    { host: { ...alua, policy: 'LB' }, single: 25, read: [46, 46], copy: 25 },
  ],
  [
    'MPIO Weighted Paths: the lowest weight, then the next',
    {
      host: { ...alua, policy: 'WP', weights: [3, 2, 9, 1] },
      single: 1,
      read: [1, 1],
      afterFailover: [10, 10],
    },
  ],
  [
    'MPIO Weighted Paths: of equal weights the first',
    {
      host: { ...alua, policy: 'WP', weights: [0, 0, 0, 0] },
      single: 10,
      read: [10, 10],
      afterFailover: [10, 10],
    },
  ],
  [
    'policy unknown, vendor DSM: bounds',
    {
      host: { ...alua, policy: 'unknown' },
      single: 25,
      read: [1, 46],
      copy: null,
      isBound: true,
      assumes: /policy of Disk 1 is not known/,
    },
  ],
  [
    'policy unknown, vendor DSM: a vendor decides',
    {
      host: { ...alua, dsmName: 'Vendor DSM' },
      single: 25,
      read: [1, 46],
      copy: null,
      isBound: true,
      assumes: /Vendor DSM decides/,
    },
  ],
  [
    'policy unknown, vendor DSM: the default of the host is taken where there is one',
    {
      host: { ...plain, speeds: [10, 1], policy: 'unknown', globalPolicy: 'RR' },
      single: 10,
      read: [2, 2],
      assumes: /the default of the host is taken/,
    },
  ],
  [
    'policy unknown, vendor DSM: round robin as default is one with subset where the array is asymmetric',
    {
      host: {
        ...alua,
        policy: 'unknown',
        globalPolicy: 'RR',
        states: [optimized, optimized, unoptimized, unoptimized],
      },
      single: 10,
      read: [20, 20],
      afterFailover: [2, 2],
    },
  ],
  [
    'sessions not claimed by MPIO: the one online disk',
    {
      host: { ...plain, speeds: [1, 10], policy: 'unclaimed' },
      single: 1,
      read: [1, 1],
      limitedBy: ['NIC1'],
    },
  ],
  [
    'MCS (several connections in a session): in turn by default',
    {
      host: { ...plain, speeds: [10, 1], sessions: [two] },
      single: 10,
      read: [2, 2],
      assumes: /round robin, its default/,
    },
  ],
  [
    'MCS (several connections in a session): least queue depth',
    { host: { ...plain, speeds: [10, 1], sessions: [two], mcsPolicy: 'LQD' }, single: 10, read: [11, 11] },
  ],
  [
    'MCS (several connections in a session): failover only',
    {
      host: { ...plain, speeds: [10, 1], sessions: [two], mcsPolicy: 'FOO' },
      single: 10,
      read: [1, 10],
      copy: 10,
      isBound: true,
    },
  ],
  ...([rss, noRss] as const).map((kind, at): readonly [string, Row] => [
    `SMB, plain NICs, ${at === 0 ? 'with' : 'without'} RSS`,
    {
      host: { fabric: 'plain', speeds: [10, 10], pairs: [0, 1].map((from) => ({ ...kind, from, to: from })) },
      single: 10,
      read: [20, 20],
    },
  ]),
  [
    'SMB, RDMA: rows of RDMA only',
    {
      host: {
        fabric: 'plain',
        speeds: [10, 10, 10],
        pairs: [
          { ...rdma, from: 0, to: 0 },
          { ...rdma, from: 1, to: 1 },
          { ...rss, from: 2, to: 2 },
        ],
      },
      single: 10,
      read: [20, 20],
    },
  ],
  [
    'SMB, mixed types or speeds: the best class only, type before speed',
    {
      host: {
        fabric: 'plain',
        speeds: [40, 10, 10],
        pairs: [
          {
            ...noRss,
            from: 0,
            to: 0,
            clientLinkBitsPerSecond: 40 * gigabit,
            serverLinkBitsPerSecond: 40 * gigabit,
          },
          { ...rss, from: 1, to: 1 },
          { ...rss, from: 2, to: 2 },
        ],
      },
      single: 10,
      read: [20, 20],
      assumes: /best kind and speed only/,
    },
  ],
  [
    'SMB, mixed types or speeds: then the speed',
    {
      host: {
        fabric: 'plain',
        speeds: [10, 1],
        pairs: [
          { ...rss, from: 0, to: 0 },
          { ...rss, from: 1, to: 1, clientLinkBitsPerSecond: gigabit },
        ],
      },
      single: 10,
      read: [10, 10],
    },
  ],
  [
    'SMB, one client NIC, server with m',
    {
      host: {
        fabric: 'plain',
        speeds: [10],
        pairs: [0, 1, 2].map((to) => ({ ...rss, from: 0, to, serverLinkBitsPerSecond: gigabit })),
      },
      single: 1,
      read: [3, 3],
    },
  ],
  [
    'SMB over a team NIC: four connections with RSS, reads on one member',
    {
      host: {
        ...teamNic,
        sessions: [],
        speeds: [10, 10, 10, 10],
        algorithm: 'TransportPorts',
        pairs: [{ ...rss, from: 0, to: 0, serverLinkBitsPerSecond: 100 * gigabit }],
      },
      single: 10,
      read: [10, 10],
      write: [10, 40],
    },
  ],
  [
    'SMB over a team NIC: one connection without RSS',
    {
      host: {
        ...teamNic,
        sessions: [],
        speeds: [10, 10, 10, 10],
        algorithm: 'TransportPorts',
        pairs: [{ ...noRss, from: 0, to: 0, serverLinkBitsPerSecond: 100 * gigabit }],
      },
      single: 10,
      read: [10, 10],
    },
  ],
  [
    'SMB over a team NIC: as many connections as the settings say',
    {
      host: {
        ...teamNic,
        sessions: [],
        speeds: [10, 10, 10, 10],
        algorithm: 'TransportPorts',
        smb: { connectionsPerRssInterface: 8, maximumConnectionsPerServer: 3 },
        pairs: [{ ...rss, from: 0, to: 0, serverLinkBitsPerSecond: 100 * gigabit }],
      },
      single: 10,
      read: [10, 10],
      write: [10, 30],
    },
  ],
  [
    'SMB over k vNICs',
    {
      host: {
        ...set,
        sessions: [],
        speeds: [10, 10, 10, 10],
        algorithm: 'Dynamic',
        pairs: [0, 1].map((at) => ({ ...rss, from: at, to: at, serverLinkBitsPerSecond: 100 * gigabit })),
      },
      single: 10,
      read: [10, 20],
      write: [10, 40],
    },
  ],
  [
    'Multichannel off, dialect < 3: one connection over the route',
    {
      host: { fabric: 'plain', speeds: [10, 25], smbByTcp: [1] },
      single: 25,
      read: [25, 25],
    },
  ],
  [
    'Multichannel off, dialect < 3: one connection uses one member',
    {
      host: { ...teamNic, sessions: [], algorithm: 'TransportPorts', smbByTcp: [0] },
      single: 10,
      read: [1, 10],
    },
  ],
  [
    'target end: portals of its own add up',
    {
      host: plain,
      told: told([0, 1], [1, 1]),
      single: 1,
      read: [2, 2],
      limitedBy: [`${portalAddress(0)}:3260`, `${portalAddress(1)}:3260`],
      assumes: /^Told by you: one link of 1 Gb\/s behind /,
    },
  ],
  [
    'target end: one teamed address, from one of its links to one for each connection',
    {
      host: {
        ...plain,
        sessions: [
          [0, 0],
          [1, 0],
        ],
      },
      told: told([0, 1], [0, 1], [0, 1]),
      single: 1,
      read: [1, 2],
    },
  ],
  [
    'target end: not told is unlimited, and named',
    {
      host: plain,
      told: told([0, 1]),
      single: 10,
      read: [2, 2],
      assumes: /10\.0\.10\.102:3260 are not known and are taken as unlimited/,
    },
  ],
];

function shown({ bitsPerSecond }: Ceiling): number | null {
  return bitsPerSecond === null ? null : bitsPerSecond / gigabit;
}

describe.each([
  ['below the endpoint', rowsA],
  ['above the endpoint', rowsB],
])('%s', (_part, rows) => {
  it.each(rows)('%s', (_name, row) => {
    const { read, write = read } = row;
    const found = ceilingsOf(row.host, row.told);
    expect({
      single: shown(found.singleStream),
      read: [shown(found.read.guaranteed), shown(found.read.possible)],
      write: [shown(found.write.guaranteed), shown(found.write.possible)],
    }).toEqual({ single: row.single, read, write });
    const lower = read[0] === null || write[0] === null ? null : Math.min(read[0], write[0]);
    const higher = read[1] === null || write[1] === null ? null : Math.max(read[1], write[1]);
    expect([shown(found.guaranteed), shown(found.possible)]).toEqual([lower, higher]);
    expect(found.guaranteed.direction).toBe(
      read[0] === write[0] ? undefined : lower === read[0] ? 'read' : 'write',
    );
    expect(found.possible.direction).toBe(
      read[1] === write[1] ? undefined : higher === read[1] ? 'read' : 'write',
    );
    expect(shown(found.oneCopy)).toBe(row.copy === undefined ? higher : row.copy);
    expect([found.guaranteed.isBound, found.possible.isBound]).toEqual([row.isBound, row.isBound]);
    if (row.now !== undefined) expect(found.read.now).toEqual({ bitsPerSecond: row.now * gigabit });
    if (row.limitedBy !== undefined) expect(found.limitedBy.map(({ name }) => name)).toEqual(row.limitedBy);
    if (row.says !== undefined) expect(found.limitedByText).toMatch(row.says);
    if (row.assumes !== undefined) expect(found.assumptions.join(' ')).toMatch(row.assumes);
    expect(found.afterFailover.map((one) => [shown(one.read.guaranteed), shown(one.read.possible)])).toEqual(
      row.afterFailover === undefined ? [] : [row.afterFailover],
    );
    for (const direction of ['read', 'write'] as const) {
      const { guaranteedHeldBack, possibleHeldBack } = found[direction];
      for (const { by, sentence } of [guaranteedHeldBack, possibleHeldBack]) {
        expect(by.length > 0).toBe(higher !== null);
        expect(sentence ?? 'Fine.').toMatch(/^[A-Z\d][^\n]+[^.]\.$/);
        expect(sentence ?? '').not.toMatch(/undefined|NaN|Infinity|\[object|\s\s/);
      }
    }
    if (row.because !== undefined) expect(found.possible.unknownBecause).toMatch(row.because);
  });
});
