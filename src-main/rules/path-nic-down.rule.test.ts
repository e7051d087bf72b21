import { changeItems, failed, testRule, withoutProperty, all } from '../testing/rule-cases.ts';
import {
  convergedSet,
  iscsiOnTeam,
  iqn,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './path-nic-down.rule.ts';

const down = { speed: 10e9, status: 'Disconnected' } as const;
const spare = { name: 'Spare', status: 'Disconnected' } as const;

testRule(rule, {
  reports: {
    'a member of an embedded team without a link': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 10e9 },
          { name: 'pNIC2', ...down },
        ],
      },
      severity: 'warning',
      message:
        /^1 member of 2 in team Converged has no link \(pNIC2: Disconnected\); 1 adapter \(10 Gb\/s\) carries everything/,
      subjects: ['pNIC2', 'Converged'],
      evidence: { withoutLink: ['pNIC2'], withLink: ['pNIC1'], carriesStorage: true },
    },
    'a disabled member of an LBFO team': {
      host: {
        ...iscsiOnTeam,
        adapters: [
          { name: 'NIC1' },
          { name: 'NIC2', status: 'Disabled' },
          { name: 'NIC3' },
          { name: 'NIC4' },
        ],
      },
      severity: 'warning',
      message: /NIC2: Disabled\); 3 adapters \(3 Gb\/s\) carry everything/,
    },
    'an adapter whose sessions are lost with it while another goes on': {
      host: {
        ...twoIscsiAdapters,
        adapters: [{ name: 'LAN' }, { name: 'iSCSI1', speed: 10e9 }, { name: 'iSCSI2', ...down }],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false }),
          ],
        },
      },
      severity: 'warning',
      message: /^iSCSI2 carries iSCSI sessions or SMB channels and has no link .* lost, others carry on\.$/,
    },
    'the last adapter to a target': {
      host: {
        ...twoIscsiAdapters,
        adapters: [{ name: 'LAN' }, { name: 'iSCSI1', ...down }, { name: 'iSCSI2', speed: 10e9 }],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.101', { isConnected: false })],
        },
      },
      severity: 'error',
      message:
        /^iSCSI1 carries iSCSI sessions or SMB channels and has no link .* the paths over it are lost\.$/,
    },
  },
  staysSilent: {
    'teams and adapters with a link, beside spares without a cable': {
      host: {
        ...convergedSet,
        adapters: [...convergedSet.adapters, spare, { name: 'Off', status: 'Disabled' }],
      },
    },
    'dedicated adapters beside a management controller and radio that are off': {
      host: {
        ...smbTwoAdapters,
        adapters: [
          ...smbTwoAdapters.adapters,
          { name: 'iDRAC', kind: 'management-usb', status: 'Disconnected' },
          { name: 'WLAN', kind: 'wireless', status: 'Disconnected' },
        ],
      },
    },
  },
  notApplicable: {
    'a host without a team and without storage': { host: { adapters: [{ name: 'NIC1' }, spare] } },
    'a virtual machine': {
      host: { ...twoIscsiAdapters, computer: { name: 'VM', model: 'Virtual Machine' } },
      reason: /virtual machine/,
    },
  },
  notEvaluated: {
    'members whose state is not told': {
      host: convergedSet,
      change: all(
        withoutProperty('NetAdapter', 'Status'),
        withoutProperty('NetAdapter', 'MediaConnectionState'),
      ),
      reason: /pNIC1 and pNIC2 has a link is not known/,
    },
    'teams that could not be read': { host: twoIscsiAdapters, change: failed('NetLbfoTeam') },
    'a member that no adapter fits': {
      host: iscsiOnTeam,
      change: changeItems('NetAdapter', (item) => (item['Name'] === 'NIC4' ? undefined : item)),
    },
  },
});
