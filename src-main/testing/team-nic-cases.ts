/** The fixes on NICs of LBFO teams, each on hosts that need it. */
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import type { FixCase, RefusedCase } from './fix-cases.ts';
import { scenarioWith } from './host-with.ts';
import { convergedLbfo, iscsiOnTeam } from './storage-hosts.ts';

type HostPart = FixCase['host'];

type TeamPart = NonNullable<HostPart['lbfoTeams']>[number];

function teamWith(members: readonly string[], teamNics: NonNullable<TeamPart['teamNics']>): TeamPart {
  return { name: 'Team1', members, teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic', teamNics };
}

const two = ['pNIC1', 'pNIC2'];
const four = ['NIC1', 'NIC2', 'NIC3', 'NIC4'];
const beside = 'Team1 - VLAN 42';

/** Management on a team NIC beside the vSwitch, with all that can be set on an interface by hand. */
export const managementBeside = {
  ...convergedLbfo,
  lbfoTeams: [teamWith(two, [{ name: 'Team1' }, { name: beside, vlanId: 42 }])],
  vnics: convergedLbfo.vnics.filter(({ name }) => name !== 'Management'),
  addresses: [
    ...convergedLbfo.addresses.filter((one) => !one.interface.includes('Management')),
    { interface: beside, address: '192.168.42.10/24', gateway: '192.168.42.1' },
    { interface: beside, address: '192.168.42.20/24', skipAsSource: true },
  ],
  routes: [{ interface: beside, prefix: '172.16.0.0/16', nextHop: '192.168.42.254', metric: 40 }],
  settings: [
    { interface: beside, metric: 15, dnsServers: ['192.168.42.2', '192.168.42.3'], registersInDns: false },
  ],
} satisfies HostPart;

const twoUntagged = {
  ...iscsiOnTeam,
  lbfoTeams: [teamWith(four, [{ name: 'Team1' }, { name: 'Backup', vlanId: 0 }])],
} satisfies HostPart;

function guidOf(host: HostPart, name: string): string {
  const found = createSimulatedHost(scenarioWith(host)).machine.network.interfaceNamed(name);
  return (found?.guid ?? '').toUpperCase();
}

function numbered(condition: string): string {
  return `((Get-NetAdapter -ErrorAction SilentlyContinue | Where-Object { ${condition} }).InterfaceIndex)`;
}

const from = numbered(`$_.InterfaceGuid -eq '${guidOf(managementBeside, beside)}'`);
const to = numbered(`$_.Name -eq 'vEthernet (Management)'`);
const sure = '-Confirm:$false -ErrorAction Stop';

const plain = {
  ...managementBeside,
  addresses: managementBeside.addresses.filter(({ address }) => address !== '192.168.42.20/24'),
  routes: [],
  settings: [{ interface: beside, dnsServers: ['192.168.42.2'] }],
} satisfies HostPart;

export const teamNicCases: readonly FixCase[] = [
  {
    name: 'management on a team NIC beside the vSwitch',
    fix: 'management-onto-vnic',
    finding: 'team-nic-beside-vswitch',
    host: plain,
    steps: [
      {
        lines: [
          `Add-VMNetworkAdapter -ManagementOS -SwitchName 'Converged' -Name 'Management' ${sure}`,
          `Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName 'Management' -Access -VlanId 42 ${sure}`,
          `Set-DnsClientServerAddress -InterfaceIndex ${to} -ServerAddresses '192.168.42.2' ${sure}`,
        ],
        changes: [
          'vNIC Management: none → in VLAN 42',
          'DNS servers of vEthernet (Management): none → 192.168.42.2',
        ],
        impact: 'adds',
        undo: ['Remove-VMNetworkAdapter'],
      },
      {
        lines: [
          `Remove-NetRoute -InterfaceIndex ${from} -DestinationPrefix '0.0.0.0/0' -NextHop '192.168.42.1' ${sure}`,
          `Remove-NetIPAddress -InterfaceIndex ${from} -IPAddress '192.168.42.10' ${sure}`,
          `Remove-NetLbfoTeamNic -Team 'Team1' -VlanID 42 ${sure}`,
          `New-NetIPAddress -InterfaceIndex ${to} -IPAddress '192.168.42.10' -PrefixLength 24 ${sure}`,
          `New-NetRoute -InterfaceIndex ${to} -DestinationPrefix '0.0.0.0/0' -NextHop '192.168.42.1' -RouteMetric 256 ${sure}`,
        ],
        changes: [
          `Holder of 192.168.42.10/24: ${beside} → vEthernet (Management)`,
          `Gateway 192.168.42.1: ${beside} → vEthernet (Management)`,
          `Team NIC ${beside}: VLAN 42 → none`,
        ],
        impact: 'outage',
        undo: [
          ...['Remove-NetRoute', 'Remove-NetIPAddress', 'Add-NetLbfoTeamNic'],
          ...['Set-DnsClientServerAddress', 'New-NetIPAddress', 'New-NetRoute'],
        ],
      },
    ],
  },
  {
    name: 'management there with two addresses, a gateway, a route, DNS servers and a metric',
    fix: 'management-onto-vnic',
    finding: 'team-nic-beside-vswitch',
    host: managementBeside,
    steps: [
      {
        lines: [
          `Add-VMNetworkAdapter -ManagementOS -SwitchName 'Converged' -Name 'Management' ${sure}`,
          `Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName 'Management' -Access -VlanId 42 ${sure}`,
          `Set-DnsClient -InterfaceIndex ${to} -RegisterThisConnectionsAddress $false ${sure}`,
          `Set-DnsClientServerAddress -InterfaceIndex ${to} -ServerAddresses '192.168.42.2', '192.168.42.3' ${sure}`,
          `Set-NetIPInterface -InterfaceIndex ${to} -AddressFamily 'IPv4' -InterfaceMetric 15 ${sure}`,
        ],
        changes: [
          'vNIC Management: none → in VLAN 42',
          'RegisterThisConnectionsAddress of vEthernet (Management): none → False',
          'DNS servers of vEthernet (Management): none → 192.168.42.2, 192.168.42.3',
          'InterfaceMetric of vEthernet (Management): none → 15',
        ],
        impact: 'adds',
        undo: ['Remove-VMNetworkAdapter'],
      },
      {
        lines: [
          `Remove-NetRoute -InterfaceIndex ${from} -DestinationPrefix '172.16.0.0/16' -NextHop '192.168.42.254' ${sure}`,
          `Remove-NetRoute -InterfaceIndex ${from} -DestinationPrefix '0.0.0.0/0' -NextHop '192.168.42.1' ${sure}`,
          `Remove-NetIPAddress -InterfaceIndex ${from} -IPAddress '192.168.42.10' ${sure}`,
          `Remove-NetIPAddress -InterfaceIndex ${from} -IPAddress '192.168.42.20' ${sure}`,
          `Remove-NetLbfoTeamNic -Team 'Team1' -VlanID 42 ${sure}`,
          `New-NetIPAddress -InterfaceIndex ${to} -IPAddress '192.168.42.10' -PrefixLength 24 ${sure}`,
          `New-NetIPAddress -InterfaceIndex ${to} -IPAddress '192.168.42.20' -PrefixLength 24 -SkipAsSource $true ${sure}`,
          `New-NetRoute -InterfaceIndex ${to} -DestinationPrefix '172.16.0.0/16' -NextHop '192.168.42.254' -RouteMetric 40 ${sure}`,
          `New-NetRoute -InterfaceIndex ${to} -DestinationPrefix '0.0.0.0/0' -NextHop '192.168.42.1' -RouteMetric 256 ${sure}`,
        ],
        changes: [
          `Holder of 192.168.42.10/24: ${beside} → vEthernet (Management)`,
          `Holder of 192.168.42.20/24: ${beside} → vEthernet (Management)`,
          `Route to 172.16.0.0/16 by 192.168.42.254: ${beside} → vEthernet (Management)`,
          `Gateway 192.168.42.1: ${beside} → vEthernet (Management)`,
          `Team NIC ${beside}: VLAN 42 → none`,
        ],
        impact: 'outage',
        undo: [
          ...['Remove-NetRoute', 'Remove-NetRoute', 'Remove-NetIPAddress', 'Remove-NetIPAddress'],
          ...['Add-NetLbfoTeamNic', 'Set-DnsClient', 'Set-DnsClientServerAddress', 'Set-NetIPInterface'],
          ...['New-NetIPAddress', 'New-NetIPAddress', 'New-NetRoute', 'New-NetRoute'],
        ],
      },
    ],
  },
  {
    name: 'two team NICs without a VLAN, one of them under a name of its own',
    fix: 'team-nic-vlan',
    finding: 'tnic-vlan',
    host: twoUntagged,
    answers: { 'team-nic-vlan.vlan:Backup': '30' },
    steps: [
      {
        lines: [`Set-NetLbfoTeamNic -Name 'Backup' -VlanID 30 ${sure}`],
        changes: ['VlanID: 0 → 30'],
        impact: 'link',
        undo: ['Set-NetLbfoTeamNic', 'Rename-NetAdapter'],
      },
    ],
  },
];

function besideWith(patch: Partial<HostPart>): HostPart {
  return { ...managementBeside, ...patch };
}

export const teamNicRefusals: readonly RefusedCase[] = [
  {
    name: 'management has its address by DHCP',
    fix: 'management-onto-vnic',
    finding: 'team-nic-beside-vswitch',
    host: besideWith({ settings: [{ interface: beside, dhcp: true }] }),
    reason: 'does-not-fit',
    message: /from a DHCP server/,
  },
  {
    name: 'the vSwitch passes one VLAN alone',
    fix: 'management-onto-vnic',
    finding: 'team-nic-beside-vswitch',
    host: besideWith({
      lbfoTeams: [
        teamWith(two, [
          { name: 'Team1', vlanId: 7 },
          { name: beside, vlanId: 42 },
        ]),
      ],
    }),
    reason: 'does-not-fit',
    message: /passes VLAN 7 alone/,
  },
  {
    name: 'management is on the first NIC of the team',
    fix: 'management-onto-vnic',
    finding: 'team-nic-beside-vswitch',
    host: besideWith({
      lbfoTeams: [teamWith(two, [{ name: beside, vlanId: 42 }, { name: 'Under' }])],
      vswitches: [{ name: 'Converged', uplink: { team: 'Under' } }],
    }),
    reason: 'does-not-fit',
    message: /first NIC of its team/,
  },
  {
    name: 'the VLAN belongs to another team NIC',
    fix: 'team-nic-vlan',
    finding: 'tnic-vlan',
    host: {
      ...twoUntagged,
      lbfoTeams: [
        teamWith(four, [{ name: 'Team1' }, { name: 'Backup', vlanId: 0 }, { name: 'LM', vlanId: 30 }]),
      ],
    },
    answers: { 'team-nic-vlan.vlan:Backup': '30' },
    reason: 'problem',
    message: /VLAN 30 is that of LM already/,
  },
];
