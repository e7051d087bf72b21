import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vswitch-extension.rule.ts';

const demanding = changeItems('VMNetworkAdapter', (item, index) =>
  index === 0 ? { ...item, MandatoryFeatureId: ['776E0BA7-94A1-41C8-8F28-951F524251B5'] } : item,
);
const extension = (isEnabled: boolean) =>
  changeItems('VMSwitch', (item) => ({
    ...item,
    Extensions: [
      { Name: 'Microsoft Windows Filtering Platform', Enabled: true, ExtensionType: 'Filter' },
      { Name: 'Microsoft NDIS Capture', Enabled: false, ExtensionType: 'Capture' },
      { Name: 'Contoso Forwarding', Enabled: isEnabled, ExtensionType: 'Forwarding' },
    ],
  }));

testRule(rule, {
  reports: {
    'a demand on a switch with the extensions of Windows alone': {
      host: convergedSet,
      change: demanding,
      severity: 'warning',
      message:
        /demands a feature of a switch extension, and the switch has no extension but those of Windows/,
    },
    'a demand on a switch whose extension is disabled': {
      host: convergedSet,
      change: all(demanding, extension(false)),
      severity: 'warning',
      message: /Contoso Forwarding is disabled/,
      advice: /Enable-VMSwitchExtension/,
    },
  },
  staysSilent: {
    'no demand': { host: convergedSet },
    'no demand and a disabled extension': { host: convergedSet, change: extension(false) },
    'a demand and an extension that is on': { host: convergedSet, change: all(demanding, extension(true)) },
  },
  notApplicable: { 'a host without switches': { host: twoIscsiAdapters, reason: /no virtual switch/ } },
  notEvaluated: {
    'denied adapters': { host: convergedSet, change: failed('VMNetworkAdapter') },
    'adapters that do not say': {
      host: convergedSet,
      change: withoutProperty('VMNetworkAdapter', 'MandatoryFeatureId'),
    },
    'a demand, and a switch that does not say its extensions': {
      host: convergedSet,
      change: all(demanding, withoutProperty('VMSwitch', 'Extensions')),
    },
  },
});
