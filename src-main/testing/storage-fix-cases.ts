/** The fixes on storage, each on hosts that need it. */
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import type { FixCase } from './fix-cases.ts';
import { scenarioWith } from './host-with.ts';
import {
  iqn,
  oneSessionOfTwo,
  onePair,
  session,
  shownTwice,
  smbTwoAdapters,
  smbWith,
  twoIscsiAdapters,
} from './storage-hosts.ts';

const target = `'${iqn}'`;

const hostile = "iqn.2001-04.com.example:o'br\u2019ien$(x)`;[*]\u30a4\u30fc";

function connect(from: string | undefined, to: string, isPersistent = true): string {
  const initiator = from === undefined ? '' : ` -InitiatorPortalAddress '${from}'`;
  return `Connect-IscsiTarget -NodeAddress ${target} -TargetPortalAddress '${to}' -TargetPortalPortNumber 3260${initiator} -IsMultipathEnabled $true -IsPersistent $${String(isPersistent)} -ErrorAction Stop`;
}

const id = (ordinal: number): string => `ffffb60ea0d2b58c-400001370000000${ordinal}`;

function logOut(ordinal: number): readonly string[] {
  return [
    `Unregister-IscsiSession -SessionIdentifier '${id(ordinal)}' -ErrorAction Stop`,
    `Disconnect-IscsiTarget -NodeAddress ${target} -SessionIdentifier '${id(ordinal)}' -Confirm:$false -ErrorAction Stop`,
  ];
}

/** Both adapters and both portals in one subnet. */
const oneSubnet = {
  ...twoIscsiAdapters,
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
    { interface: 'iSCSI2', address: '10.0.10.12/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
  },
} satisfies FixCase['host'];

function guid(name: string): string {
  return createSimulatedHost(scenarioWith(smbTwoAdapters)).machine.network.interfaceNamed(name)?.guid ?? '';
}

function index(name: string): string {
  return `((Get-NetAdapter -ErrorAction SilentlyContinue | Where-Object { $_.InterfaceGuid -eq '${guid(name).toUpperCase()}' }).InterfaceIndex)`;
}

const profile: VendorProfile = {
  id: 'test-vendor',
  name: 'Test vendor',
  source: 'a page',
  values: { pathVerification: 1, pdoRemovePeriod: 130, retryCount: 6, diskTimeout: 60 },
};

export const storageFixCases: readonly FixCase[] = [
  {
    name: 'Multipath I/O is not there and a disk is seen twice',
    fix: 'mpio-install',
    finding: 'mpio-missing',
    host: { ...shownTwice, features: ['Hyper-V'], mpio: { disks: [] } },
    steps: [
      {
        lines: [`Install-WindowsFeature -Name 'Multipath-IO' -Confirm:$false -ErrorAction Stop`],
        changes: ['Multipath-IO InstallState: Available → Installed after a restart'],
        impact: 'reboot',
        undo: [],
      },
    ],
    outcome: 'waits-for-restart',
  },
  {
    name: 'Multipath I/O does not claim iSCSI and a disk is seen twice',
    fix: 'mpio-claim-iscsi',
    finding: 'mpio-unclaimed',
    host: shownTwice,
    steps: [
      {
        lines: [`Enable-MSDSMAutomaticClaim -BusType 'iSCSI' -ErrorAction Stop`],
        changes: ['MSDSM automatic claim of iSCSI: False → True'],
        impact: 'reboot',
        undo: ['Disable-MSDSMAutomaticClaim'],
      },
    ],
    outcome: 'waits-for-restart',
  },
  {
    name: 'one session of two',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: oneSessionOfTwo,
    steps: [
      {
        lines: [connect('10.0.20.11', '10.0.20.101')],
        changes: ['Session from 10.0.20.11 to 10.0.20.101: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
    ],
  },
  {
    name: 'one session of four in one subnet, all pairs chosen',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: {
      ...oneSubnet,
      iscsi: { ...oneSubnet.iscsi, sessions: [session('10.0.10.11', '10.0.10.101')] },
    },
    answers: {
      'iscsi-add-sessions.pairs': [
        '10.0.10.11,10.0.10.102',
        '10.0.10.12,10.0.10.101',
        '10.0.10.12,10.0.10.102',
      ],
    },
    steps: [
      ['10.0.10.11', '10.0.10.102'],
      ['10.0.10.12', '10.0.10.101'],
      ['10.0.10.12', '10.0.10.102'],
    ].map(([from = '', to = '']) => ({
      lines: [connect(from, to)],
      changes: [`Session from ${from} to ${to}: none → connected, persistent`],
      impact: 'adds' as const,
      undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
    })),
  },
  {
    name: 'a target whose name is full of what PowerShell reads',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: {
      ...oneSessionOfTwo,
      iscsi: {
        targets: [{ iqn: hostile, portals: ['10.0.10.101', '10.0.20.101'] }],
        sessions: [{ ...session('10.0.10.11', '10.0.10.101'), iqn: hostile }],
      },
    },
    steps: [
      {
        lines: [
          connect('10.0.20.11', '10.0.20.101').replace(target, `'${hostile.replace(/['\u2019]/g, '$&$&')}'`),
        ],
        changes: ['Session from 10.0.20.11 to 10.0.20.101: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
    ],
  },
  {
    name: 'a session with CHAP more',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: {
      ...oneSessionOfTwo,
      iscsi: {
        targets: [
          {
            iqn,
            portals: ['10.0.10.101', '10.0.20.101'],
            chap: { username: "host'01", secret: "s3cret'\u2019$(x)`;" },
          },
        ],
        sessions: [session('10.0.10.11', '10.0.10.101', { chapUser: "host'01" })],
      },
    },
    answers: { [`iscsi-add-sessions.chap-user:${iqn}`]: "host'01" },
    secrets: { [`iscsi-add-sessions.chap-secret:${iqn}`]: "s3cret'\u2019$(x)`;" },
    steps: [
      {
        lines: [
          connect('10.0.20.11', '10.0.20.101').replace(
            ' -ErrorAction Stop',
            ` -AuthenticationType 'ONEWAYCHAP' -ChapUsername 'host''01' -ChapSecret ([Runtime.InteropServices.Marshal]::PtrToStringBSTR([Runtime.InteropServices.Marshal]::SecureStringToBSTR((Read-Host -AsSecureString -Prompt 'ChapSecret')))) -ErrorAction Stop`,
          ),
        ],
        changes: ['Session from 10.0.20.11 to 10.0.20.101: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
    ],
  },
  {
    name: 'a session that is no favourite',
    fix: 'iscsi-sessions-persistent',
    finding: 'not-persistent',
    host: {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        sessions: [
          session('10.0.10.11', '10.0.10.101'),
          session('10.0.20.11', '10.0.20.101', { isPersistent: false }),
        ],
      },
    },
    steps: [
      {
        lines: [
          `if (-not @(Get-IscsiSession -ErrorAction SilentlyContinue | Where-Object { $_.SessionIdentifier -eq '${id(2)}' -and $_.IsPersistent -eq $true }).Count) { Register-IscsiSession -SessionIdentifier '${id(2)}' -IsMultipathEnabled $true -ErrorAction Stop }`,
        ],
        changes: ['IsPersistent: False → True'],
        impact: 'none',
        undo: ['Unregister-IscsiSession'],
      },
    ],
  },
  {
    name: 'sessions that name no address',
    fix: 'iscsi-replace-sessions',
    finding: 'default-portal',
    host: {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        sessions: [session(null, '10.0.10.101'), session(null, '10.0.20.101')],
      },
    },
    steps: [
      {
        lines: [connect('10.0.10.11', '10.0.10.101')],
        changes: ['Session from 10.0.10.11 to 10.0.10.101: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
      {
        lines: logOut(1),
        changes: ['Session from any address to 10.0.10.101: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
      {
        lines: [connect('10.0.20.11', '10.0.20.101')],
        changes: ['Session from 10.0.20.11 to 10.0.20.101: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
      {
        lines: logOut(2),
        changes: ['Session from any address to 10.0.20.101: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
    ],
  },
  {
    name: 'all sessions leave by one adapter',
    fix: 'iscsi-replace-sessions',
    finding: 'one-initiator-address',
    host: oneSubnet,
    steps: [
      {
        lines: [connect('10.0.10.12', '10.0.10.102')],
        changes: ['Session from 10.0.10.12 to 10.0.10.102: none → connected, persistent'],
        impact: 'adds',
        undo: ['Unregister-IscsiSession', 'Disconnect-IscsiTarget'],
      },
      {
        lines: logOut(2),
        changes: ['Session from 10.0.10.11 to 10.0.10.102: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
    ],
  },
  {
    name: 'a pair that has two sessions',
    fix: 'iscsi-remove-sessions',
    finding: 'iscsi-same-pair-twice',
    host: {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        sessions: [
          session('10.0.10.11', '10.0.10.101'),
          session('10.0.20.11', '10.0.20.101'),
          session('10.0.20.11', '10.0.20.101'),
        ],
      },
    },
    steps: [
      {
        lines: logOut(3),
        changes: ['Session from 10.0.20.11 to 10.0.20.101: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
    ],
  },
  {
    name: 'two pairs to one portal that have two sessions each',
    fix: 'iscsi-remove-sessions',
    finding: 'iscsi-same-pair-twice',
    host: {
      ...oneSubnet,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101'] }],
        sessions: ['10.0.10.11', '10.0.10.11', '10.0.10.12', '10.0.10.12'].map((from) =>
          session(from, '10.0.10.101'),
        ),
      },
    },
    steps: [
      {
        lines: logOut(2),
        changes: ['Session from 10.0.10.11 to 10.0.10.101: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
      {
        lines: logOut(4),
        changes: ['Session from 10.0.10.12 to 10.0.10.101: connected, persistent → none'],
        impact: 'path',
        undo: ['Connect-IscsiTarget', 'Register-IscsiSession'],
      },
    ],
  },
  {
    name: 'failover only over two paths',
    fix: 'mpio-policy-of-disk',
    finding: 'mpio-policy',
    host: {
      ...twoIscsiAdapters,
      mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
    },
    steps: [
      {
        lines: [`& "$env:SystemRoot\\System32\\mpclaim.exe" '-l' '-d' '0' '2'`],
        changes: ['LoadBalancePolicy: FOO → RR'],
        impact: 'path',
        undo: ['mpclaim'],
      },
    ],
  },
  {
    name: 'a default policy that the disks do not have',
    fix: 'mpio-policy-default',
    finding: 'mpio-policy-global-vs-disk',
    host: { ...twoIscsiAdapters, mpio: { globalPolicy: 'LQD', disks: [{ disk: 1, policy: 'RR' }] } },
    steps: [
      {
        lines: [`Set-MSDSMGlobalDefaultLoadBalancePolicy -Policy 'RR' -ErrorAction Stop`],
        changes: ['MSDSM default load balance policy: LQD → RR'],
        impact: 'none',
        undo: ['Set-MSDSMGlobalDefaultLoadBalancePolicy'],
      },
    ],
  },
  {
    name: 'disks that do not have the default policy',
    fix: 'mpio-policy-of-disk',
    finding: 'mpio-policy-global-vs-disk',
    host: { ...twoIscsiAdapters, mpio: { globalPolicy: 'LQD', disks: [{ disk: 1, policy: 'RR' }] } },
    steps: [
      {
        lines: [`& "$env:SystemRoot\\System32\\mpclaim.exe" '-l' '-d' '0' '4'`],
        changes: ['LoadBalancePolicy: RR → LQD'],
        impact: 'path',
        undo: ['mpclaim'],
      },
    ],
  },
  {
    name: "timers that are not the vendor's",
    fix: 'mpio-timers-of-vendor',
    finding: 'mpio-timers',
    host: twoIscsiAdapters,
    profile,
    steps: [
      {
        lines: [
          `Set-MPIOSetting -NewPathVerificationState 'Enabled' -NewPDORemovePeriod 130 -NewRetryCount 6 -ErrorAction Stop`,
        ],
        changes: [
          'PathVerificationState: Disabled → Enabled',
          'PDORemovePeriod: 20 → 130',
          'RetryCount: 3 → 6',
        ],
        impact: 'reboot',
        undo: ['Set-MPIOSetting'],
      },
    ],
    outcome: 'waits-for-restart',
  },
  {
    name: 'an initiator that has to be started by hand',
    fix: 'iscsi-service-automatic',
    finding: 'iscsi-service',
    host: { ...twoIscsiAdapters, msiscsi: { status: 'Running', startType: 'Manual' } },
    steps: [
      {
        lines: [
          `Set-Service -Name 'MSiSCSI' -StartupType 'Automatic' -Confirm:$false -ErrorAction Stop`,
          `Start-Service -Name 'MSiSCSI' -Confirm:$false -ErrorAction Stop`,
        ],
        changes: ['StartType: Manual → Automatic'],
        impact: 'none',
        undo: ['Set-Service'],
      },
    ],
  },
  {
    name: 'favourites of a target that is gone, and one that is there twice',
    fix: 'iscsi-remove-favourites',
    finding: 'iscsi-favourite-dead',
    host: {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        logins: [
          { iqn, from: '10.0.10.11', to: '10.0.10.101', isMultipath: true },
          { iqn, from: '10.0.20.11', to: '10.0.20.101', isMultipath: true },
          { iqn: `${iqn}-old`, from: '10.0.10.11', to: '10.0.10.102', isMultipath: true },
          { iqn: `${iqn}-old`, from: '10.0.10.11', to: '10.0.10.102', isMultipath: true },
          { iqn, from: '10.0.20.11', to: '10.0.20.101', isMultipath: true },
        ],
      },
    },
    steps: [
      {
        lines: [
          `& "$env:SystemRoot\\System32\\iscsicli.exe" 'RemovePersistentTarget' 'ROOT\\ISCSIPRT\\0000_0' '${iqn}' '*' '10.0.20.101' '3260'`,
        ],
        changes: ['Favourites at 10.0.20.101: 2 → 1'],
        impact: 'none',
        undo: [],
      },
      {
        lines: Array.from(
          { length: 2 },
          () =>
            `& "$env:SystemRoot\\System32\\iscsicli.exe" 'RemovePersistentTarget' 'ROOT\\ISCSIPRT\\0000_0' '${iqn}-old' '*' '10.0.10.102' '3260'`,
        ),
        changes: ['Favourites at 10.0.10.102: 2 → 0'],
        impact: 'none',
        undo: [],
      },
    ],
  },
  {
    name: 'Multichannel is off',
    fix: 'smb-multichannel-on',
    finding: 'multichannel-off',
    host: smbWith({ selected: onePair }, { isMultichannelEnabled: false }),
    steps: [
      {
        lines: [
          'Set-SmbClientConfiguration -EnableMultiChannel $true -Force -Confirm:$false -ErrorAction Stop',
          'Update-SmbMultichannelConnection -ErrorAction Stop',
        ],
        changes: ['EnableMultiChannel: False → True'],
        impact: 'adds',
        undo: ['Set-SmbClientConfiguration', 'Update-SmbMultichannelConnection'],
      },
    ],
  },
  {
    name: 'a constraint to one interface of two',
    fix: 'smb-constraint-remove',
    finding: 'smb-constraint',
    host: smbWith({ selected: onePair }, { constraints: [{ server: 'FS01', interface: 'SMB1' }] }),
    steps: [
      {
        lines: [
          `Remove-SmbMultichannelConstraint -ServerName 'FS01' -InterfaceIndex ${index('SMB1')} -Force -Confirm:$false -ErrorAction Stop`,
          `Update-SmbMultichannelConnection -ServerName 'FS01' -ErrorAction Stop`,
        ],
        changes: [`Constraint of FS01 to SMB1: ${guid('SMB1').toLowerCase()} → none`],
        impact: 'path',
        undo: ['New-SmbMultichannelConstraint', 'Update-SmbMultichannelConnection'],
      },
    ],
  },
  {
    name: 'a constraint to one interface of two',
    fix: 'smb-constraint-add',
    finding: 'smb-constraint',
    host: smbWith({ selected: onePair }, { constraints: [{ server: 'FS01', interface: 'SMB1' }] }),
    steps: [
      {
        lines: [
          `New-SmbMultichannelConstraint -ServerName 'FS01' -InterfaceIndex ${index('SMB2')} -Force -Confirm:$false -ErrorAction Stop`,
          `Update-SmbMultichannelConnection -ServerName 'FS01' -ErrorAction Stop`,
        ],
        changes: [`Constraint of FS01 to SMB2: none → ${guid('SMB2').toLowerCase()}`],
        impact: 'path',
        undo: ['Remove-SmbMultichannelConstraint', 'Update-SmbMultichannelConnection'],
      },
    ],
  },
  {
    name: 'one pair of two in use',
    fix: 'smb-channels-refresh',
    finding: 'smb-single-channel',
    host: smbWith({ selected: onePair }),
    steps: [
      {
        lines: [`Update-SmbMultichannelConnection -ServerName 'FS01' -ErrorAction Stop`],
        changes: ['Selected pairs of interfaces: 1 → at least 1'],
        impact: 'adds',
        undo: [],
      },
    ],
  },
];
