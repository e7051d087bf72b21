/** The fixes on the network, each on hosts that need it. */
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import type { FixCase, RefusedCase } from './fix-cases.ts';
import { scenarioWith } from './host-with.ts';
import {
  convergedLbfo,
  convergedSet,
  iscsiOnTeam,
  smbTwoAdapters,
  twoIscsiAdapters,
} from './storage-hosts.ts';

type HostPart = FixCase['host'];

function guid(host: HostPart, name: string): string {
  const found = createSimulatedHost(scenarioWith(host)).machine.network.interfaceNamed(name);
  return (found?.guid ?? '').toUpperCase();
}

function adapterText(host: HostPart, name: string): string {
  return `(Get-NetAdapter -ErrorAction SilentlyContinue | Where-Object { $_.InterfaceGuid -eq '${guid(host, name)}' })`;
}

const inDns = {
  ...twoIscsiAdapters,
  settings: [
    { interface: 'iSCSI1', registersInDns: true },
    { interface: 'iSCSI2', registersInDns: true },
  ],
} satisfies HostPart;

const withoutRss = {
  ...smbTwoAdapters,
  settings: [
    { interface: 'SMB1', rss: false },
    { interface: 'SMB2', rss: false },
  ],
} satisfies HostPart;

const resting = {
  ...twoIscsiAdapters,
  settings: [{ interface: 'iSCSI2', advanced: { '*EEE': '1' } }],
} satisfies HostPart;

const boundMember = {
  ...iscsiOnTeam,
  adapters: [
    { name: 'NIC1' },
    { name: 'NIC2', extraBindings: ['ms_tcpip6', 'ms_server'] },
    { name: 'NIC3' },
    { name: 'NIC4' },
  ],
} satisfies HostPart;

const onePort = {
  ...iscsiOnTeam,
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
    },
  ],
} satisfies HostPart;

const byHash = {
  ...convergedLbfo,
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['pNIC1', 'pNIC2'],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'TransportPorts',
    },
  ],
} satisfies HostPart;

const crowded = {
  ...convergedSet,
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged', mappedTo: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', mappedTo: 'pNIC1' },
  ],
} satisfies HostPart;

const crowdedLbfo = {
  ...convergedLbfo,
  vnics: [
    { name: 'Management', vswitch: 'Converged', placedOn: 'pNIC2' },
    { name: 'iSCSI1', vswitch: 'Converged', placedOn: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', placedOn: 'pNIC1' },
  ],
} satisfies HostPart;

export const networkFixCases: readonly FixCase[] = [
  {
    name: 'two storage interfaces in DNS',
    fix: 'storage-dns-off',
    finding: 'storage-dns',
    host: inDns,
    steps: ['iSCSI1', 'iSCSI2'].map((name) => ({
      lines: [
        `Set-DnsClient -InterfaceIndex (${adapterText(inDns, name)}.InterfaceIndex) -RegisterThisConnectionsAddress $false -Confirm:$false -ErrorAction Stop`,
      ],
      changes: ['RegisterThisConnectionsAddress: True → False'],
      impact: 'none' as const,
      undo: ['Set-DnsClient'],
    })),
  },
  {
    name: 'two SMB adapters without it',
    fix: 'rss-on',
    finding: 'rss-off',
    host: withoutRss,
    steps: ['SMB1', 'SMB2'].map((name) => ({
      lines: [`Enable-NetAdapterRss -Name '${name}' -Confirm:$false -ErrorAction Stop`],
      changes: ['RSS Enabled: False → True'],
      impact: 'link' as const,
      undo: ['Disable-NetAdapterRss'],
    })),
  },
  {
    name: 'a storage adapter whose link rests',
    fix: 'eee-off',
    finding: 'power-management',
    host: resting,
    steps: [
      {
        lines: [
          `Set-NetAdapterAdvancedProperty -Name 'iSCSI2' -RegistryKeyword '\`*EEE' -RegistryValue '0' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['*EEE: 1 → 0'],
        impact: 'link',
        undo: ['Set-NetAdapterAdvancedProperty'],
      },
    ],
  },
  {
    name: 'two protocols on one member',
    fix: 'member-bindings-off',
    finding: 'member-bindings',
    host: boundMember,
    steps: [
      {
        lines: ['ms_tcpip6', 'ms_server'].map(
          (id) =>
            `Disable-NetAdapterBinding -Name 'NIC2' -ComponentID '${id}' -Confirm:$false -ErrorAction Stop`,
        ),
        changes: ['Binding ms_tcpip6: True → False', 'Binding ms_server: True → False'],
        impact: 'link',
        undo: ['Enable-NetAdapterBinding', 'Enable-NetAdapterBinding'],
      },
    ],
  },
  {
    name: 'one port for all',
    fix: 'team-algorithm',
    finding: 'lb-mode-blocks',
    host: onePort,
    steps: [
      {
        lines: [
          `Set-NetLbfoTeam -Name 'Team1' -LoadBalancingAlgorithm 'Dynamic' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['LoadBalancingAlgorithm: HyperVPort → Dynamic'],
        impact: 'path',
        undo: ['Set-NetLbfoTeam'],
      },
    ],
  },
  {
    name: 'all reads by one member, Dynamic chosen',
    fix: 'team-algorithm',
    finding: 'lbfo-receive-primary',
    host: byHash,
    answers: { 'team-algorithm.algorithm': 'Dynamic' },
    steps: [
      {
        lines: [
          `Set-NetLbfoTeam -Name 'Team1' -LoadBalancingAlgorithm 'Dynamic' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['LoadBalancingAlgorithm: TransportPorts → Dynamic'],
        impact: 'path',
        undo: ['Set-NetLbfoTeam'],
      },
    ],
  },
  {
    name: 'two storage vNICs on one member of an LBFO team, which nothing maps',
    fix: 'team-algorithm',
    finding: 'same-member',
    host: crowdedLbfo,
    steps: [
      {
        lines: [
          `Set-NetLbfoTeam -Name 'Team1' -LoadBalancingAlgorithm 'Dynamic' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['LoadBalancingAlgorithm: HyperVPort → Dynamic'],
        impact: 'path',
        undo: ['Set-NetLbfoTeam'],
      },
    ],
    // Only counted traffic tells whether it spreads now.
    outcome: 'goal-not-reached',
  },
  {
    name: 'two storage vNICs on one member',
    fix: 'vnics-map-apart',
    finding: 'same-member',
    host: crowded,
    steps: [
      {
        lines: [
          `Set-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName 'Converged' -VMNetworkAdapterName 'iSCSI2' -PhysicalNetAdapterName 'pNIC2' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['Team mapping: pNIC1 → pNIC2'],
        impact: 'path',
        undo: ['Set-VMNetworkAdapterTeamMapping'],
      },
    ],
  },
];

export const networkRefusals: readonly RefusedCase[] = [
  {
    name: 'an LBFO team has no mapping',
    fix: 'vnics-map-apart',
    finding: 'same-member',
    host: crowdedLbfo,
    reason: 'does-not-fit',
    message: /LBFO team cannot be told/,
  },
  {
    name: 'the member holds an address',
    fix: 'member-bindings-off',
    finding: 'member-bindings',
    host: {
      ...boundMember,
      adapters: boundMember.adapters.map((one) =>
        one.name === 'NIC2' ? { name: 'NIC2', extraBindings: ['ms_tcpip'] } : one,
      ),
      addresses: [...boundMember.addresses, { interface: 'NIC2', address: '172.16.9.9/24' }],
    },
    reason: 'does-not-fit',
    message: /NIC2 holds 172\.16\.9\.9/,
  },
];
