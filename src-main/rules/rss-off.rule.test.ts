import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './rss-off.rule.ts';

const off = (...names: readonly string[]) =>
  changeItems('NetAdapterRss', (item) =>
    names.includes(String(item['Name'])) ? { ...item, Enabled: false } : item,
  );

testRule(rule, {
  reports: {
    'receive side scaling off on both SMB adapters': {
      host: smbTwoAdapters,
      change: off('SMB1', 'SMB2'),
      severity: 'warning',
      message: /^Receive side scaling is off, or has one queue, on SMB1 and SMB2/,
      subjects: ['SMB1', 'SMB2'],
    },
    'one queue': {
      host: smbTwoAdapters,
      change: changeItems('NetAdapterRss', (item) => ({ ...item, NumberOfReceiveQueues: 1 })),
      severity: 'warning',
      message: /one queue/,
    },
  },
  staysSilent: {
    'receive side scaling on': { host: smbTwoAdapters },
    'off on management': { host: smbTwoAdapters, change: off('LAN') },
  },
  notApplicable: {
    'members of a vSwitch, where it is off by design': { host: convergedSet, change: off('pNIC1', 'pNIC2') },
    '1 Gbit/s': {
      host: { ...smbTwoAdapters, adapters: [{ name: 'LAN' }, { name: 'SMB1' }, { name: 'SMB2' }] },
      change: off('SMB1', 'SMB2'),
    },
  },
  notEvaluated: {
    'queues that could not be read': { host: smbTwoAdapters, change: failed('NetAdapterRss') },
  },
});
