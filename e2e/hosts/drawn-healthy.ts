/** Healthy hosts drawn as scenarios: each a line of the guards, or part of one. */
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import type { CorpusHost } from './corpus-host.ts';

type Part = Omit<CorpusHost, 'capture' | 'alarms'> & { readonly host: Partial<Scenario> };

function healthy({ host, ...rest }: Part): CorpusHost {
  return {
    ...rest,
    alarms: {},
    capture: captureOf({
      id: rest.id,
      title: rest.id,
      story: rest.modelledOn,
      windows: { release: '2019' },
      computer: { name: 'HV01', domain: 'corp.example' },
      features: ['Hyper-V', 'Multipath-IO'],
      adapters: [],
      ...host,
    }),
  };
}

const iqn = 'iqn.2010-06.com.purestorage:flasharray.2f5c8e1a';
const adapters = [
  { name: 'LAN', speed: 1e9 },
  { name: 'iSCSI1', speed: 10e9 },
  { name: 'iSCSI2', speed: 10e9 },
] as const;
const lan = { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' } as const;
const ownSubnets = [
  lan,
  { interface: 'iSCSI1', address: '10.0.10.11/24' },
  { interface: 'iSCSI2', address: '10.0.20.11/24' },
] as const;

const session = (from: string | null, to: string, disks: readonly number[] = [1]) => ({
  iqn,
  connections: [{ from, to }],
  disks,
});
const mesh = (from: readonly string[], to: readonly string[]) =>
  from.flatMap((one) => to.map((other) => session(one, other)));

export const drawnHealthy: readonly CorpusHost[] = [
  healthy({
    id: 'isolated-subnets',
    modelledOn:
      'Two storage switches without a link between them: a session in each subnet, and none across.',
    host: {
      adapters,
      addresses: ownSubnets,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102', '10.0.20.101', '10.0.20.102'] }],
        sessions: [
          ...mesh(['10.0.10.11'], ['10.0.10.101', '10.0.10.102']),
          ...mesh(['10.0.20.11'], ['10.0.20.101', '10.0.20.102']),
        ],
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'LQD' }] },
    },
    silent: ['portal-pairing', 'iscsi-crosses-subnet', 'vlan-mismatch'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'one-subnet-full-mesh',
    modelledOn:
      'Pure Storage on Windows: both ports of the host and four of the array in one subnet, the full mesh of eight sessions.',
    host: {
      adapters,
      addresses: [
        lan,
        { interface: 'iSCSI1', address: '10.0.10.11/24' },
        { interface: 'iSCSI2', address: '10.0.10.12/24' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102', '10.0.10.103', '10.0.10.104'] }],
        sessions: mesh(
          ['10.0.10.11', '10.0.10.12'],
          ['10.0.10.101', '10.0.10.102', '10.0.10.103', '10.0.10.104'],
        ),
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'LQD' }] },
    },
    silent: ['mpio-policy-global-vs-disk', 'storage-metric', 'iscsi-sessions-uneven'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'routed-san',
    modelledOn: 'Storage behind a router by design: two ports, two subnets, portals in neither.',
    host: {
      adapters,
      addresses: ownSubnets,
      routes: [
        { interface: 'iSCSI1', prefix: '172.16.5.0/25', nextHop: '10.0.10.1' },
        { interface: 'iSCSI2', prefix: '172.16.5.128/25', nextHop: '10.0.20.1' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['172.16.5.101', '172.16.5.201'] }],
        sessions: [session('10.0.10.11', '172.16.5.101'), session('10.0.20.11', '172.16.5.201')],
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'RR' }] },
    },
    hints: ['iscsi-crosses-subnet'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'metro-standby',
    modelledOn:
      'A metro cluster with ALUA: two optimized paths to the near array, two standby paths to the far one.',
    host: {
      adapters,
      addresses: ownSubnets,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101', '10.0.10.201', '10.0.20.201'] }],
        sessions: [
          session('10.0.10.11', '10.0.10.101'),
          session('10.0.20.11', '10.0.20.101'),
          session('10.0.10.11', '10.0.10.201'),
          session('10.0.20.11', '10.0.20.201'),
        ],
      },
      disks: [{ number: 1 }],
      mpio: {
        globalPolicy: 'FOO',
        disks: [
          {
            disk: 1,
            policy: 'RRWS',
            pathStates: ['Active/Optimized', 'Active/Optimized', 'Standby', 'Standby'],
          },
        ],
      },
    },
    silent: ['mpio-failover-only', 'mpio-paths-missing'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'failover-only-unequal-paths',
    modelledOn:
      'A small array with one active controller: Failover Only, one optimized path and one that is not.',
    host: {
      adapters,
      addresses: ownSubnets,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101')],
      },
      disks: [{ number: 1 }],
      mpio: {
        disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }],
      },
    },
    silent: ['mpio-failover-only'],
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  healthy({
    id: 'one-dual-port-card-for-everything',
    modelledOn:
      'Two 10 Gbit/s ports and nothing else: an embedded team for machines, management and two storage vNICs.',
    host: {
      adapters: [
        { name: 'NIC1', speed: 10e9, pci: [65, 0, 0, 3] },
        { name: 'NIC2', speed: 10e9, pci: [65, 0, 1, 3] },
      ],
      vswitches: [{ name: 'SET', uplink: { set: ['NIC1', 'NIC2'], lbAlgorithm: 'HyperVPort' } }],
      vnics: [
        { name: 'Mgmt', vswitch: 'SET' },
        { name: 'Stor1', vswitch: 'SET', vlanId: 11, mappedTo: 'NIC1' },
        { name: 'Stor2', vswitch: 'SET', vlanId: 12, mappedTo: 'NIC2' },
      ],
      addresses: [
        { interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
        { interface: 'vEthernet (Stor1)', address: '10.0.10.11/24' },
        { interface: 'vEthernet (Stor2)', address: '10.0.20.11/24' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101')],
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'RR' }] },
    },
    silent: ['wrong-nic', 'one-physical-path', 'same-member', 'pcie-oversubscribed'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'one-nic-by-design',
    modelledOn:
      'A branch server with one port for management, machines and a backup volume on iSCSI; nothing clustered.',
    host: {
      adapters: [{ name: 'LAN', speed: 1e9 }],
      addresses: [lan],
      iscsi: {
        targets: [{ iqn, portals: ['192.168.1.200'] }],
        sessions: [session('192.168.1.10', '192.168.1.200')],
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'RR' }] },
    },
    silent: ['wrong-nic', 'single-session', 'storage-default-gateway'],
    ceilings: { [iqn]: [1, 1, 1] },
  }),
  healthy({
    id: 'backup-target-on-management',
    modelledOn: 'Storage on its own ports, and a backup volume on management on purpose.',
    host: {
      adapters,
      addresses: ownSubnets,
      iscsi: {
        targets: [
          { iqn, portals: ['10.0.10.101', '10.0.20.101'] },
          { iqn: 'iqn.2004-04.com.qnap:ts-873:iscsi.backup', portals: ['192.168.1.60'] },
        ],
        sessions: [
          session('10.0.10.11', '10.0.10.101'),
          session('10.0.20.11', '10.0.20.101'),
          {
            iqn: 'iqn.2004-04.com.qnap:ts-873:iscsi.backup',
            connections: [{ from: '192.168.1.10', to: '192.168.1.60' }],
            disks: [2],
          },
        ],
      },
      disks: [{ number: 1 }, { number: 2 }],
      mpio: {
        disks: [
          { disk: 1, policy: 'RR' },
          { disk: 2, policy: 'RR' },
        ],
      },
    },
    silent: ['wrong-nic', 'single-session', 'one-initiator-address'],
    ceilings: { [iqn]: [10, 20, 20], 'iqn.2004-04.com.qnap:ts-873:iscsi.backup': [1, 1, 1] },
  }),
  healthy({
    id: 'management-and-fast-storage-over-smb',
    modelledOn:
      'A file server that is in reach over 1 Gbit/s management as well as over two fast storage ports: SMB keeps to the fast ones.',
    host: {
      features: ['Hyper-V'],
      adapters: [
        { name: 'LAN', speed: 1e9, rss: true },
        { name: 'SMB1', speed: 25e9, rss: true },
        { name: 'SMB2', speed: 25e9, rss: true },
      ],
      addresses: [
        lan,
        { interface: 'SMB1', address: '10.0.30.11/24' },
        { interface: 'SMB2', address: '10.0.40.11/24' },
      ],
      vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
      smb: {
        servers: [
          {
            name: 'FS01',
            shares: [{ name: 'VMs', user: 'CORP\\HV01$', dialect: '3.1.1', opens: 12 }],
            interfaces: [
              { address: '192.168.1.21', speed: 1e9, rss: true },
              { address: '10.0.30.21', speed: 25e9, rss: true },
              { address: '10.0.40.21', speed: 25e9, rss: true },
            ],
          },
        ],
      },
    },
    silent: ['channel-not-selected', 'wrong-nic', 'smb-single-channel'],
    ceilings: { FS01: [25, 50, 50] },
  }),
  healthy({
    id: 'one-subnet-for-smb',
    modelledOn:
      'Two ports and a file server in one subnet, outside a cluster: SMB Multichannel needs no more.',
    host: {
      features: ['Hyper-V'],
      adapters: [
        { name: 'LAN', speed: 1e9 },
        { name: 'SMB1', speed: 10e9, rss: true },
        { name: 'SMB2', speed: 10e9, rss: true },
      ],
      addresses: [
        lan,
        { interface: 'SMB1', address: '10.0.30.11/24' },
        { interface: 'SMB2', address: '10.0.30.12/24' },
      ],
      vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
      smb: {
        servers: [
          {
            name: 'FS01',
            shares: [{ name: 'VMs', user: 'CORP\\HV01$', dialect: '3.1.1', opens: 12 }],
            interfaces: [
              { address: '10.0.30.21', speed: 10e9, rss: true },
              { address: '10.0.30.22', speed: 10e9, rss: true },
            ],
          },
        ],
      },
    },
    silent: ['smb-single-channel', 'storage-metric'],
    ceilings: { FS01: [10, 20, 20] },
  }),
  healthy({
    id: 'lbfo-2019-for-machines-only',
    modelledOn:
      'Windows Server 2019 with an LBFO team under the vSwitch of the machines; iSCSI on ports of its own.',
    host: {
      adapters: [
        { name: 'NIC1', speed: 1e9 },
        { name: 'NIC2', speed: 1e9 },
        { name: 'iSCSI1', speed: 10e9 },
        { name: 'iSCSI2', speed: 10e9 },
      ],
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', 'NIC2'],
          teamingMode: 'SwitchIndependent',
          lbAlgorithm: 'HyperVPort',
        },
      ],
      vswitches: [{ name: 'VM', uplink: { team: 'Team1' } }],
      vnics: [{ name: 'Mgmt', vswitch: 'VM' }],
      addresses: [
        { interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
        { interface: 'iSCSI1', address: '10.0.10.11/24' },
        { interface: 'iSCSI2', address: '10.0.20.11/24' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101')],
      },
      disks: [{ number: 1 }],
      mpio: { disks: [{ disk: 1, policy: 'RR' }] },
    },
    hints: ['lbfo-under-vswitch'],
    silent: ['iscsi-on-team', 'vmq-off', 'converged-vnics'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  healthy({
    id: 'rdma-ports-under-a-vswitch',
    modelledOn:
      'Ports with RDMA as members of the vSwitch of the machines, RSS off there by design; storage on Fibre Channel.',
    host: {
      adapters: [
        { name: 'CX1', speed: 25e9, rdma: true, rss: false, vmq: true },
        { name: 'CX2', speed: 25e9, rdma: true, rss: false, vmq: true },
      ],
      vswitches: [{ name: 'VM', uplink: { set: ['CX1', 'CX2'], lbAlgorithm: 'HyperVPort' } }],
      vnics: [{ name: 'Mgmt', vswitch: 'VM' }],
      addresses: [{ interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' }],
      disks: [{ number: 1, busType: 'Fibre Channel' }],
      mpio: { claimsIscsi: false, disks: [{ disk: 1, policy: 'RR', pathCount: 4 }] },
    },
    silent: ['rdma-not-usable', 'rss-off', 'rdma-partial', 'dcb-pfc'],
    ceilings: { 'Disk 1': [null, null, null] },
  }),
];
