/** The fixes that give storage further ways through the network, each on hosts that need them. */
import { escapedPattern } from '#shared/command-values.ts';
import type { FixCase, RefusedCase } from './fix-cases.ts';
import { convergedLbfo, convergedSet, fileServer, iqn, oneWayOnly } from './storage-hosts.ts';

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
        `Set-VMNetworkAdapterIsolation -ManagementOS -VMNetworkAdapterName 'Storage''s \`[b\`]\`*' -IsolationMode 'Vlan' -DefaultIsolationID 20 -Confirm:$false -ErrorAction Stop`,
      ),
      addressed(`vEthernet (Storage's [b]*)`, '10.0.10.200'),
      mapped(`Storage's [b]*`, 'pNIC1', 'adds'),
    ],
  },
];

export const networkPathRefusals: readonly RefusedCase[] = [
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
