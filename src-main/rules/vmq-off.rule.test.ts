import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vmq-off.rule.ts';

const adapters = (speed: number, vmq: boolean) => ({
  ...convergedSet,
  adapters: [
    { name: 'pNIC1', speed, vmq },
    { name: 'pNIC2', speed, vmq: true },
  ],
});

testRule(rule, {
  reports: {
    'a member of 10 Gbit/s without queues': {
      host: adapters(10e9, false),
      change: changeItems('NetAdapterVmq', (item) =>
        item['Name'] === 'pNIC1' ? { ...item, Enabled: false } : item,
      ),
      severity: 'warning',
      message: /^Virtual machine queues are off on pNIC1 under a vSwitch/,
      subjects: ['pNIC1'],
    },
  },
  staysSilent: {
    'queues on': { host: convergedSet },
    '1 Gbit/s without queues': {
      host: adapters(1e9, false),
      change: changeItems('NetAdapterVmq', (item) => ({ ...item, Enabled: false })),
    },
  },
  notApplicable: {
    'adapters without a vSwitch': { host: twoIscsiAdapters },
    'a virtual machine': { host: { ...convergedSet, computer: { name: 'VM', model: 'Virtual Machine' } } },
  },
  notEvaluated: { 'queues that could not be read': { host: convergedSet, change: failed('NetAdapterVmq') } },
});
