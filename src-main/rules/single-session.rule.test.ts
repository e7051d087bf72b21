import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import {
  convergedLbfo,
  convergedSet,
  iqn,
  iscsiOnTeam,
  oneSessionOfTwo,
  oneWayOnly,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './single-session.rule.ts';

const withoutDisks = withoutProperty('IscsiSession', 'DiskNumbers');

testRule(rule, {
  reports: {
    'one session where two adapters and two portals are there': {
      host: oneSessionOfTwo,
      severity: 'warning',
      message:
        'Disk 1 has one connected iSCSI session with one connection, 10.0.10.11 to 10.0.10.101: that is one path, while 2 adapters (iSCSI1 and iSCSI2) and 2 target portals (10.0.10.101 and 10.0.20.101) could carry more.',
      subjects: [iqn],
      evidence: { sessions: 1, usableAdapters: ['iSCSI1', 'iSCSI2'], disks: [1] },
      advice: /^Make one session for each pair .* \(2 here/,
    },
    'one session over a team of four': {
      host: iscsiOnTeam,
      severity: 'warning',
      message: /4 adapters \(NIC1, NIC2, NIC3 and NIC4\)/,
      advice: /^Move iSCSI off the team; then make one session/,
    },
    'one session from one vNIC over a team of two': {
      host: {
        ...convergedSet,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.101')],
        },
      },
      severity: 'warning',
      message: /2 adapters \(pNIC1 and pNIC2\) could carry more/,
      advice: /second storage vNIC/,
    },
    'one adapter, but two portals in its subnet': {
      host: {
        ...oneWayOnly,
        iscsi: { ...oneWayOnly.iscsi, targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }] },
      },
      severity: 'warning',
      message: /while 2 target portals \(10\.0\.10\.101 and 10\.0\.10\.102\) could carry more/,
    },
    'one session without MPIO, which comes first': {
      host: { ...oneSessionOfTwo, features: ['Hyper-V'], mpio: undefined } as never,
      severity: 'warning',
      message: /^Disk 1/,
      advice: /^Install Multipath I\/O/,
    },
    'one session of two that is still connected': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false }),
          ],
        },
        mpio: { disks: [{ disk: 1, policy: 'RR', pathStates: ['Active/Optimized', 'Failed'] }] },
      },
      severity: 'warning',
      message: /one connected iSCSI session/,
      evidence: { sessionsNotConnected: 1 },
      advice: /^Find out why 1 further session to the same target is not connected/,
    },
    'every one of several targets with one session each, in one finding': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [
            { iqn, portals: ['10.0.10.101', '10.0.20.101'] },
            { iqn: 'iqn.b', portals: ['10.0.10.101', '10.0.20.101'] },
          ],
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.10.11', '10.0.10.101', { iqn: 'iqn.b', disks: [2] }),
          ],
        },
        disks: [{ number: 1 }, { number: 2 }],
      },
      severity: 'warning',
      message: /^Disk 1 and Disk 2 have one connected iSCSI session with one connection each/,
    },
    'an unbound session': {
      host: {
        ...oneSessionOfTwo,
        iscsi: { ...oneSessionOfTwo.iscsi, sessions: [session(null, '10.0.10.101')] },
      },
      severity: 'warning',
      message: /2 adapters/,
    },
    'a session to a target whose disks are not known, by target': {
      host: oneSessionOfTwo,
      change: withoutDisks,
      severity: 'warning',
      message: /^iqn\.1991-05\.com\.contoso:array1 has one connected iSCSI session .*judged by target/,
    },
    'a session that names no disk, though an iSCSI disk is there that no session names': {
      host: oneSessionOfTwo,
      change: all(
        changeItems('IscsiSession', (item) => ({ ...item, DiskNumbers: [] })),
        failed('MpioDisk', 'feature-missing'),
      ),
      severity: 'warning',
      message: /judged by target/,
    },
    'one session inside a virtual machine, as a note': {
      host: { ...oneSessionOfTwo, computer: { name: 'VM01', model: 'Virtual Machine' } },
      severity: 'info',
      message: /^Disk 1/,
    },
    'one session in IPv6': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: 'fd00:10::11/64' },
          { interface: 'iSCSI2', address: 'fd00:20::11/64' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['fd00:10::101', 'fd00:20::101'] }],
          sessions: [session('fd00:10::11', 'fd00:10::101')],
        },
      },
      severity: 'warning',
      message: /2 adapters .* 2 target portals/,
    },
  },
  staysSilent: {
    'a session from each adapter': { host: twoIscsiAdapters },
    'a session from each storage vNIC': { host: convergedSet },
    'a session from each storage vNIC over LBFO': { host: convergedLbfo },
    'two sessions in one subnet': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.101')],
        },
      },
    },
    'several connections in one session': {
      host: {
        ...oneSessionOfTwo,
        iscsi: {
          ...oneSessionOfTwo.iscsi,
          sessions: [
            {
              iqn,
              disks: [1],
              connections: [
                { from: '10.0.10.11', to: '10.0.10.101' },
                { from: '10.0.20.11', to: '10.0.20.101' },
              ],
            },
          ],
        },
      },
    },
    'one adapter and one portal: one way is all there is': { host: oneWayOnly },
    'a slower adapter in the same subnet': {
      host: {
        ...oneWayOnly,
        adapters: [...oneWayOnly.adapters, { name: 'Slow', speed: 1e9 }],
        addresses: [...oneWayOnly.addresses, { interface: 'Slow', address: '10.0.10.12/24' }],
      },
    },
    'the adapter with the default gateway in the same subnet': {
      host: {
        ...oneWayOnly,
        adapters: [
          { name: 'LAN', speed: 10e9 },
          { name: 'iSCSI1', speed: 10e9 },
        ],
        addresses: [
          { interface: 'LAN', address: '10.0.10.5/24', gateway: '10.0.10.1' },
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
        ],
      },
    },
    'an adapter without a cable': {
      host: {
        ...oneWayOnly,
        adapters: [...oneWayOnly.adapters, { name: 'Spare', speed: 10e9, status: 'Disconnected' }],
        addresses: [...oneWayOnly.addresses, { interface: 'Spare', address: '10.0.10.12/24' }],
      },
    },
    'an adapter with an address that is in use elsewhere': {
      host: {
        ...oneWayOnly,
        adapters: [...oneWayOnly.adapters, { name: 'Twin', speed: 10e9 }],
        addresses: [
          ...oneWayOnly.addresses,
          { interface: 'Twin', address: '10.0.10.12/24', state: 'Duplicate' },
        ],
      },
    },
    'a portal in a subnet that this host has no part in': {
      host: {
        ...oneWayOnly,
        iscsi: { ...oneWayOnly.iscsi, targets: [{ iqn, portals: ['10.0.10.101', '10.0.99.101'] }] },
      },
    },
    'a portal that the array gave itself': {
      host: {
        ...oneWayOnly,
        iscsi: { ...oneWayOnly.iscsi, targets: [{ iqn, portals: ['10.0.10.101', '169.254.7.7'] }] },
      },
    },
    'a login that was redirected from the one portal on offer': {
      host: {
        ...oneWayOnly,
        iscsi: { ...oneWayOnly.iscsi, sessions: [session('10.0.10.11', '10.0.10.117')] },
      },
    },
    'one node and port for each IQN: a disk behind two targets': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [
            { iqn: 'iqn.a', portals: ['10.0.10.101'] },
            { iqn: 'iqn.b', portals: ['10.0.20.101'] },
          ],
          sessions: [
            session('10.0.10.11', '10.0.10.101', { iqn: 'iqn.a' }),
            session('10.0.20.11', '10.0.20.101', { iqn: 'iqn.b' }),
          ],
        },
      },
    },
    'the same, where only MPIO tells that each disk has two paths': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [
            { iqn: 'iqn.a', portals: ['10.0.10.101', '10.0.10.102'] },
            { iqn: 'iqn.b', portals: ['10.0.20.101', '10.0.20.102'] },
          ],
          sessions: [
            session('10.0.10.11', '10.0.10.101', { iqn: 'iqn.a' }),
            session('10.0.20.11', '10.0.20.101', { iqn: 'iqn.b' }),
          ],
        },
      },
      change: withoutDisks,
    },
    'a mirror of two nodes: one path to itself, one to the partner': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [
            { iqn: 'iqn.self', portals: ['127.0.0.1'] },
            { iqn: 'iqn.partner', portals: ['10.0.10.12', '10.0.20.12'] },
          ],
          sessions: [
            session('127.0.0.1', '127.0.0.1', { iqn: 'iqn.self' }),
            session('10.0.10.11', '10.0.10.12', { iqn: 'iqn.partner' }),
          ],
        },
      },
    },
    'the disk it boots from': { host: { ...oneSessionOfTwo, disks: [{ number: 1, isBoot: true }] } },
    'a session that brings no disk': {
      host: {
        ...oneSessionOfTwo,
        iscsi: {
          ...oneSessionOfTwo.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101', { disks: [] })],
        },
        disks: [],
        mpio: { disks: [] },
      },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters, reason: /initiator service is stopped/ },
    'an adapter with an initiator of its own': {
      host: {
        ...oneSessionOfTwo,
        iscsi: {
          ...oneSessionOfTwo.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101', { initiatorInstance: 'PCI\\VEN_14E4\\0' })],
        },
      },
    },
  },
  notEvaluated: {
    'a denied disk list': { host: oneSessionOfTwo, change: failed('Disk'), reason: /Disk could not be read/ },
    'a lone session where routes cannot tell what the second adapter is for': {
      host: {
        ...oneWayOnly,
        adapters: [...oneWayOnly.adapters, { name: 'NIC3', speed: 10e9 }],
        addresses: [...oneWayOnly.addresses, { interface: 'NIC3', address: '10.0.10.12/24' }],
      },
      change: failed('NetRoute'),
      reason: /NIC3/,
    },
    'a target that does not say which portals it offers': {
      host: oneWayOnly,
      change: withoutProperty('IscsiTarget', 'PortalGroups'),
      reason: /portals/i,
    },
    'a lone session whose switch cannot be asked': {
      host: oneWayOnly,
      change: failed('VMSwitch', 'cmdlet-missing'),
      reason: /VMSwitch/,
    },
    'disks that neither sessions nor MPIO can name': {
      host: oneSessionOfTwo,
      change: all(withoutDisks, failed('MpioDisk'), failed('Mpclaim')),
      reason: /MPIO could not be asked/,
    },
    'addresses that do not say how large their subnet is': {
      host: oneWayOnly,
      change: withoutProperty('NetIPAddress', 'PrefixLength'),
      reason: /subnet/,
    },
    'two sessions whose disks have no id to compare': {
      host: {
        ...twoIscsiAdapters,
        features: ['Hyper-V', 'Multipath-IO'],
        mpio: { disks: [] },
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101', { disks: [1] }),
            session('10.0.20.11', '10.0.20.101', { disks: [2] }),
          ],
        },
        disks: [{ number: 1 }, { number: 2 }],
      },
      change: withoutProperty('Disk', 'UniqueId'),
      reason: /no id to compare/,
    },
    'a session list with one row that cannot be read': {
      host: twoIscsiAdapters,
      change: changeItems('IscsiSession', (item, index) =>
        index === 0 ? { ...item, SessionIdentifier: undefined } : item,
      ),
    },
  },
});
