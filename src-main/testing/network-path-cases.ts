/** The fixes that give storage further ways through the network, each on hosts that need them. */
import { escapedPattern } from '#shared/command-values.ts';
import type { FixCase, RefusedCase } from './fix-cases.ts';
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { scenarioWith } from './host-with.ts';
import {
  convergedLbfo,
  convergedSet,
  fileServer,
  iqn,
  iscsiOnTeam,
  oneWayOnly,
  session,
} from './storage-hosts.ts';

type HostPart = FixCase['host'];

const oneVNic = {
  ...convergedSet,
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged' },
  ],
  addresses: [
    { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
  ],
  iscsi: oneWayOnly.iscsi,
} satisfies HostPart;

const oneVNicLbfo = {
  ...convergedLbfo,
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged', vlanId: 10 },
  ],
  addresses: oneVNic.addresses,
  iscsi: oneWayOnly.iscsi,
} satisfies HostPart;

type StepCase = FixCase['steps'][number];

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function addedVNic(name: string, how: string, ...more: readonly string[]): StepCase {
  return {
    lines: [
      `Add-VMNetworkAdapter -ManagementOS -SwitchName 'Converged' -Name ${quoted(name)} -Confirm:$false -ErrorAction Stop`,
      ...more,
    ],
    changes: [`vNIC ${name}: none → ${how}`],
    impact: 'adds',
    undo: ['Remove-VMNetworkAdapter'],
  };
}

function addressed(
  name: string,
  address: string,
  index = `((Get-NetAdapter -ErrorAction SilentlyContinue | Where-Object { $_.Name -eq ${quoted(name)} }).InterfaceIndex)`,
): StepCase {
  return {
    lines: [
      `Set-DnsClient -InterfaceIndex ${index} -RegisterThisConnectionsAddress $false -Confirm:$false -ErrorAction Stop`,
      `New-NetIPAddress -InterfaceIndex ${index} -IPAddress '${address}' -PrefixLength 24 -Confirm:$false -ErrorAction Stop`,
    ],
    changes: [
      `RegisterThisConnectionsAddress of ${name}: True → False`,
      `Address of ${name}: none by hand → ${address}/24`,
    ],
    impact: 'adds',
    undo: ['Remove-NetIPAddress', 'Set-DnsClient'],
  };
}

function mapped(vnic: string, member: string, impact: StepCase['impact']): StepCase {
  return {
    lines: [
      `Set-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName 'Converged' -VMNetworkAdapterName ${quoted(escapedPattern(vnic))} -PhysicalNetAdapterName '${member}' -Confirm:$false -ErrorAction Stop`,
    ],
    changes: [`Team mapping of ${vnic}: none → ${member}`],
    impact,
    undo: ['Remove-VMNetworkAdapterTeamMapping'],
  };
}

function connected(from: string, to: string): StepCase {
  return {
    lines: [
      `Connect-IscsiTarget -NodeAddress '${iqn}' -TargetPortalAddress '${to}' -TargetPortalPortNumber 3260 -InitiatorPortalAddress '${from}' -IsMultipathEnabled $true -IsPersistent $true -ErrorAction Stop`,
    ],
    changes: [`Session from ${from} to ${to}: none → connected, persistent`],
    impact: 'adds',
    undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
  };
}

const defaultOnTeam = {
  ...iscsiOnTeam,
  windows: { release: '2012R2' },
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['NIC1', 'NIC2', 'NIC3', { name: 'NIC4', mode: 'Standby' }],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'Dynamic',
    },
  ],
  iscsi: { ...iscsiOnTeam.iscsi, sessions: [session(null, '10.0.10.101')] },
} satisfies HostPart;

export const smallMember = {
  ...convergedSet,
  adapters: [
    { name: 'pNIC1', speed: 10e9, mtu: 9000 },
    { name: 'pNIC2', speed: 10e9, mtu: 1500 },
  ],
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged', mappedTo: 'pNIC1', mtu: 9000 },
    { name: 'iSCSI2', vswitch: 'Converged', mappedTo: 'pNIC2', mtu: 9000 },
  ],
} satisfies HostPart;

const smallAdapter: StepCase = {
  lines: [
    `Set-NetAdapterAdvancedProperty -Name 'pNIC2' -RegistryKeyword '\`*JumboPacket' -RegistryValue '9014' -Confirm:$false -ErrorAction Stop`,
  ],
  changes: ['*JumboPacket: 1514 → 9014'],
  impact: 'link',
  undo: ['Set-NetAdapterAdvancedProperty'],
};

function probed(...ends: readonly (readonly [from: string, to: string])[]): StepCase {
  const ping = '& "$env:SystemRoot\\System32\\ping.exe"';
  return {
    lines: ends.flatMap(([from, to]) => [
      `${ping} '-n' '2' '-S' '${from}' '${to}'`,
      `${ping} '-f' '-n' '2' '-l' '8972' '-S' '${from}' '${to}'`,
    ]),
    changes: [],
    impact: 'none',
    undo: ['Set-NetAdapterAdvancedProperty'],
  };
}

function byGuid(host: HostPart, name: string): string {
  const found = createSimulatedHost(scenarioWith(host)).machine.network.interfaceNamed(name);
  return `((Get-NetAdapter -ErrorAction SilentlyContinue | Where-Object { $_.InterfaceGuid -eq '${(found?.guid ?? '').toUpperCase()}' }).InterfaceIndex)`;
}

function outOfTeam(
  host: HostPart,
  name: string,
  address: string,
  mode: 'Active' | 'Standby' = 'Active',
): readonly StepCase[] {
  return [
    {
      lines: [`Remove-NetLbfoTeamMember -Name '${name}' -Team 'Team1' -Confirm:$false -ErrorAction Stop`],
      changes: [`Member of Team1: ${mode} → no member`],
      impact: 'path',
      undo: ['Add-NetLbfoTeamMember'],
    },
    addressed(name, address, byGuid(host, name)),
    connected(address, '10.0.10.101'),
  ];
}

function loggedOut(from: string, id: string): StepCase {
  return {
    lines: [
      `Unregister-IscsiSession -SessionIdentifier '${id}' -ErrorAction Stop`,
      `Disconnect-IscsiTarget -NodeAddress '${iqn}' -SessionIdentifier '${id}' -Confirm:$false -ErrorAction Stop`,
    ],
    changes: [`Session from ${from} to 10.0.10.101: connected, persistent → none`],
    impact: 'path',
    undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
  };
}

export const networkPathCases: readonly FixCase[] = [
  {
    name: 'one storage vNIC over Switch Embedded Teaming',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: oneVNic,
    steps: [
      addedVNic('iSCSI2', 'untagged'),
      addressed('vEthernet (iSCSI2)', '10.0.10.12'),
      mapped('iSCSI2', 'pNIC1', 'adds'),
      connected('10.0.10.12', '10.0.10.101'),
      mapped('iSCSI1', 'pNIC2', 'path'),
    ],
  },
  {
    name: 'one storage vNIC in a VLAN over an LBFO team',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: oneVNicLbfo,
    steps: [
      addedVNic(
        'iSCSI2',
        'in VLAN 10',
        `Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName 'iSCSI2' -Access -VlanId 10 -Confirm:$false -ErrorAction Stop`,
      ),
      addressed('vEthernet (iSCSI2)', '10.0.10.12'),
      connected('10.0.10.12', '10.0.10.101'),
    ],
  },
  {
    name: 'one storage vNIC that is isolated by VLAN, and no Multipath I/O',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: {
      ...oneVNic,
      features: ['Hyper-V'],
      mpio: { disks: [] },
      vnics: [
        { name: 'Management', vswitch: 'Converged' },
        { name: 'iSCSI', vswitch: 'Converged', isolationVlanId: 20 },
      ],
      addresses: [
        { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
        { interface: 'vEthernet (iSCSI)', address: '10.0.10.11/24' },
      ],
    },
    answers: { 'storage-vnic-add.name': "Storage's [b]*", 'storage-vnic-add.address': '10.0.10.200/24' },
    steps: [
      addedVNic(
        `Storage's [b]*`,
        'in VLAN 20',
        `Set-VmNetworkAdapterIsolation -ManagementOS -VMNetworkAdapterName 'Storage''s \`[b\`]\`*' -IsolationMode 'Vlan' -DefaultIsolationID 20 -Confirm:$false -ErrorAction Stop`,
      ),
      addressed(`vEthernet (Storage's [b]*)`, '10.0.10.200'),
      mapped(`Storage's [b]*`, 'pNIC1', 'adds'),
    ],
  },
  {
    name: 'four adapters in a team and one session over it',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: iscsiOnTeam,
    steps: [
      ...outOfTeam(iscsiOnTeam, 'NIC4', '10.0.10.12'),
      ...outOfTeam(iscsiOnTeam, 'NIC3', '10.0.10.13'),
      loggedOut('10.0.10.11', 'ffffb60ea0d2b58c-4000013700000001'),
    ],
  },
  {
    name: 'a session that names no address, and a member that stands by',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: defaultOnTeam,
    answers: { 'iscsi-members-out-of-team.address:NIC3': '10.0.10.40/24' },
    steps: [
      ...outOfTeam(defaultOnTeam, 'NIC4', '10.0.10.12', 'Standby'),
      ...outOfTeam(defaultOnTeam, 'NIC3', '10.0.10.40'),
      loggedOut('any address', 'ffffe001a0d2b58c-4000013700000001'),
    ],
  },
  {
    name: 'two vNICs send large packets and one member takes none',
    fix: 'jumbo-along-route',
    finding: 'jumbo-mismatch',
    host: smallMember,
    steps: [smallAdapter, probed(['10.0.10.11', '10.0.10.101'], ['10.0.20.11', '10.0.20.101'])],
  },
  {
    name: 'the same where echoes are blocked',
    fix: 'jumbo-along-route',
    finding: 'jumbo-mismatch',
    host: smallMember,
    answers: { 'jumbo-along-route.probe': 'no' },
    steps: [smallAdapter],
  },
];

export const networkPathRefusals: readonly RefusedCase[] = [
  {
    name: 'every address of the team NIC moves',
    fix: 'iscsi-vnics-on-team',
    finding: 'iscsi-on-team',
    host: iscsiOnTeam,
    reason: 'by-hand',
    message: /is a runbook: Every address on the team NIC stands still/,
  },
  {
    name: 'this Windows binds no vSwitch to a team',
    fix: 'iscsi-vnics-on-team',
    finding: 'iscsi-on-team',
    host: { ...iscsiOnTeam, windows: { release: '2022' } },
    reason: 'unsupported-windows',
    message: /Windows Server 2022 binds no vSwitch/,
  },
  {
    name: 'a frame that is smaller than what is sent',
    fix: 'jumbo-along-route',
    finding: 'jumbo-mismatch',
    host: smallMember,
    answers: { 'jumbo-along-route.frame': '4088' },
    reason: 'problem',
    message: /It has to be 9000 at least/,
  },
  {
    name: 'Multipath I/O does not hold the disk',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: { ...iscsiOnTeam, features: ['Hyper-V'], mpio: { disks: [] } },
    reason: 'does-not-fit',
    message: /Multipath I\/O does not hold Disk 1/,
  },
  {
    name: 'the physical switch has a part in the team',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: {
      ...iscsiOnTeam,
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
          teamingMode: 'Lacp',
          lbAlgorithm: 'Dynamic',
        },
      ],
    },
    reason: 'does-not-fit',
    message: /is in the mode Lacp/,
  },
  {
    name: 'the team has two members',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: {
      ...iscsiOnTeam,
      adapters: [{ name: 'NIC1' }, { name: 'NIC2' }],
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', 'NIC2'],
          teamingMode: 'SwitchIndependent',
          lbAlgorithm: 'Dynamic',
        },
      ],
    },
    reason: 'does-not-fit',
    message: /has 2 members that are up/,
  },
  {
    name: 'no active member would stay',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: defaultOnTeam,
    answers: { 'iscsi-members-out-of-team.members': ['NIC1', 'NIC2', 'NIC3'] },
    reason: 'problem',
    message: /An active member has to stay/,
  },
  {
    name: 'two adapters with one address',
    fix: 'iscsi-members-out-of-team',
    finding: 'iscsi-on-team',
    host: iscsiOnTeam,
    answers: { 'iscsi-members-out-of-team.address:NIC3': '10.0.10.12/24' },
    reason: 'problem',
    message: /10\.0\.10\.12 is given to another interface/,
  },
  {
    name: 'the team has no member left for one',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: {
      ...oneVNic,
      vnics: [...oneVNic.vnics, { name: 'SMB1', vswitch: 'Converged' }],
      addresses: [...oneVNic.addresses, { interface: 'vEthernet (SMB1)', address: '10.0.30.11/24' }],
      vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
      smb: { servers: [fileServer] },
    },
    reason: 'does-not-fit',
    message: /2 active members, and 3 vNICs for storage stand on it already/,
  },
  {
    name: 'the address belongs to the array',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: oneVNic,
    answers: { 'storage-vnic-add.address': '10.0.10.101/24' },
    reason: 'problem',
    message: /10\.0\.10\.101 is in use already/,
  },
  {
    name: 'the address is in no subnet of the array',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: oneVNic,
    answers: { 'storage-vnic-add.address': '10.0.99.11/24' },
    reason: 'problem',
    message: /No portal of .* is in the subnet of 10\.0\.99\.11\/24/,
  },
  {
    name: 'the name is taken',
    fix: 'storage-vnic-add',
    finding: 'converged-vnics',
    host: oneVNic,
    answers: { 'storage-vnic-add.name': 'Management' },
    reason: 'problem',
    message: /called Management already/,
  },
];
