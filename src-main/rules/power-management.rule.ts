/** Energy-Efficient Ethernet on adapters of storage paths. */
import { driverSetting } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'power-management',
  severities: ['info'],
  title: 'Storage adapters do not save energy at the cost of delay',
  failureTitle: 'A storage adapter lets its link rest',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty'],
  fixes: ['eee-off'],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageCarriers(facts).filter(({ adapter }) => adapter.role === 'physical'),
      see: ({ adapter }) => {
        const setting = driverSetting(facts, adapter, '*EEE');
        if (setting === undefined) return 'not-about';
        return setting === 0 ? 'well' : { bad: adapter };
      },
      report: ([first, ...others]) => ({
        severity: 'info',
        message: `${listed([first, ...others].map(({ name }) => name))} ${others.length === 0 ? 'has' : 'have'} Energy-Efficient Ethernet switched on: the link rests when idle and takes some microseconds to wake.`,
        subjects: [first, ...others],
        evidence: { adapters: [first, ...others].map(({ name }) => name), keyword: '*EEE' },
        advice:
          'For storage switch it off on the adapter and on the switch port (keyword *EEE, value 0). That restarts the adapter, so take one path at a time. The option that lets Windows turn the device off matters only for sleep.',
      }),
      none: 'No storage adapter has a setting for Energy-Efficient Ethernet.',
      gap: storageInterfaces(facts).gap,
    }),
});
