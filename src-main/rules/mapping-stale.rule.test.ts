import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet } from '../testing/storage-hosts.ts';
import { rule } from './mapping-stale.rule.ts';

/** What the mapping names now: another adapter than any member, by name and id. */
const renamed = changeItems('VMNetworkAdapterTeamMapping', (item, at) =>
  at === 0
    ? { ...item, NetAdapterName: 'Old NIC', NetAdapterDeviceId: '{11111111-2222-3333-4444-555555555555}' }
    : item,
);
const otherCase = changeItems('VMNetworkAdapterTeamMapping', (item) => ({
  ...item,
  NetAdapterName: String(item['NetAdapterName']).toUpperCase(),
}));

testRule(rule, {
  reports: {
    'a mapping to an adapter that is gone': {
      host: convergedSet,
      change: renamed,
      severity: 'warning',
      message: /is mapped to Old NIC, which is no member of team Converged \(pNIC1 and pNIC2\)/,
      subjects: ['Converged'],
    },
  },
  staysSilent: {
    'mappings to members': { host: convergedSet },
    'mappings in another case': { host: convergedSet, change: otherCase },
  },
  notApplicable: {
    'no mapping': {
      host: { ...convergedSet, vnics: convergedSet.vnics.map(({ name, vswitch }) => ({ name, vswitch })) },
    },
    'a release without mappings': { host: convergedLbfo },
  },
  notEvaluated: {
    'mappings that could not be read': { host: convergedSet, change: failed('VMNetworkAdapterTeamMapping') },
  },
});
