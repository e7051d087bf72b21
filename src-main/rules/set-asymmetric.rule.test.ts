import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './set-asymmetric.rule.ts';

testRule(rule, {
  reports: {
    'members of two speeds': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 10e9 },
          { name: 'pNIC2', speed: 1e9 },
        ],
      },
      severity: 'warning',
      message:
        /^Members of the embedded team Converged differ in speed .*a vNIC may land on the slowest \(1 Gb\/s\)/,
      subjects: ['Converged', 'pNIC1', 'pNIC2'],
    },
    'members of two makes': {
      host: convergedSet,
      change: changeItems('NetAdapter', (item) =>
        item['Name'] === 'pNIC2' ? { ...item, DriverFileName: 'other.sys' } : item,
      ),
      severity: 'warning',
      message: /differ in driver .*other\.sys/,
    },
  },
  staysSilent: { 'two equal members': { host: convergedSet } },
  notApplicable: { 'an LBFO team': { host: convergedLbfo }, 'no team': { host: twoIscsiAdapters } },
  notEvaluated: {
    'drivers that are not told': {
      host: convergedSet,
      change: withoutProperty('NetAdapter', 'DriverFileName'),
    },
  },
});
