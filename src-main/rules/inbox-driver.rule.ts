/** A physical adapter on a storage path with the driver that came with Windows. */
import { netAdapterOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'inbox-driver',
  severities: ['warning', 'info'],
  title: 'Adapters of storage paths have the driver of their maker',
  failureTitle: 'A storage path runs on the driver that came with Windows',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageCarriers(facts).filter(({ adapter }) => adapter.role === 'physical'),
      see: ({ adapter }) => {
        const provider = netAdapterOf(facts, adapter)?.driverProvider;
        if (provider === undefined || provider === null) {
          return { doubt: `Who made the driver of ${adapter.name} is not known.` };
        }
        return /^(?:microsoft|windows)\b/i.test(provider) ? { bad: { adapter, provider } } : 'well';
      },
      report: (bad) => {
        const isAzure = isAzureLocal(facts);
        return {
          severity: isAzure ? 'warning' : 'info',
          message: `${listed(bad.map(({ adapter }) => adapter.name))} ${bad.length === 1 ? 'runs' : 'run'} on the driver that came with Windows${isAzure ? ', which Azure Local does not support for its adapters' : ''}.`,
          subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
          evidence: {
            adapters: bad.map(({ adapter }) => adapter.name),
            driverProvider: bad.map(({ provider }) => provider),
            isAzureLocal: isAzure,
          },
          advice: isAzure
            ? 'Install the driver from the maker of the server that is listed for this release, one node at a time.'
            : 'Nothing has to be done while it works. For RDMA, VMQ or fixes that the maker names, install the maker’s driver, one adapter at a time.',
        };
      },
      none: 'Storage leaves by no physical adapter.',
      gap: storageInterfaces(facts).gap,
    }),
});

function isAzureLocal({ model }: HostFacts): boolean {
  return /azure (?:stack hci|local)/i.test(model.host.caption ?? '');
}
