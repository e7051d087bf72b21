import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { onePair, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-constraint.rule.ts';

const held = smbWith({ selected: onePair }, { constraints: [{ server: 'FS01', interface: 'SMB1' }] });

testRule(rule, {
  reports: {
    'one interface of two that are alike': {
      host: held,
      severity: 'warning',
      message:
        'A Multichannel constraint holds SMB to FS01 to SMB1, and SMB2 of the same class carries nothing.',
      subjects: ['FS01', 'SMB1', 'SMB2'],
      evidence: { constrainedTo: ['SMB1'], idleInterfaces: ['SMB2'] },
      advice: /as typed in the path/,
    },
    'an interface that is not there any more': {
      host: smbWith(
        {},
        {
          constraints: [
            { server: 'FS01', interface: 'SMB1' },
            { server: 'FS01', interface: 'SMB2' },
          ],
        },
      ),
      change: changeItems('SmbMultichannelConstraint', (item) =>
        item['InterfaceAlias'] === 'SMB2'
          ? { ...item, InterfaceGuid: '{00000000-0000-4000-8000-00000000dead}', InterfaceIndex: 99 }
          : item,
      ),
      severity: 'warning',
      message: /SMB2 is not there or has no link/,
    },
  },
  staysSilent: {
    'both storage interfaces': {
      host: smbWith(
        {},
        {
          constraints: [
            { server: 'FS01', interface: 'SMB1' },
            { server: 'FS01', interface: 'SMB2' },
          ],
        },
      ),
    },
  },
  notApplicable: {
    'no constraint': { host: smbTwoAdapters },
    'a constraint for another server': {
      host: smbWith({ selected: onePair }, { constraints: [{ server: 'BACKUP01', interface: 'LAN' }] }),
    },
    'a host without SMB storage': { host: twoIscsiAdapters },
  },
  notEvaluated: { 'denied constraints': { host: held, change: failed('SmbMultichannelConstraint') } },
});
