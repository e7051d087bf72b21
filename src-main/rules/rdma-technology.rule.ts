/** Adapters of SMB storage that speak different kinds of RDMA: iWARP, RoCE and InfiniBand do not understand each other. */
import { driverSetting } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { noRdmaInUse, rdmaAdapters } from './rdma-facts.ts';
import { listed } from './wording.ts';

/** The values of `*NetworkDirectTechnology`. */
const names: Readonly<Record<number, string>> = { 1: 'iWARP', 2: 'InfiniBand', 3: 'RoCE', 4: 'RoCE v2' };

export const rule = defineRule({
  id: 'rdma-technology',
  severities: ['info'],
  title: 'All adapters of SMB storage speak one kind of RDMA',
  failureTitle: 'Adapters of SMB storage speak different kinds of RDMA',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const adapters = rdmaAdapters(facts);
    const [first, ...others] = adapters;
    return conclude(facts, {
      things: first === undefined || others.length === 0 ? [] : [[first, ...others] as const],
      see: (all) => {
        const kinds = all.map((adapter) => driverSetting(facts, adapter, '*NetworkDirectTechnology'));
        const told = new Set(kinds.filter((kind) => kind !== undefined));
        if (told.size > 1) return { bad: { all, kinds } };
        const untold = all.filter((_, index) => kinds[index] === undefined).map(({ name }) => name);
        return untold.length > 0
          ? {
              doubt: `Which kind of RDMA ${listed(untold)} ${untold.length === 1 ? 'uses' : 'use'} is not known.`,
            }
          : 'well';
      },
      report: ([{ all, kinds }]) => {
        const worded = all.map(({ name }, index) => `${name} (${names[kinds[index] ?? 0] ?? 'not told'})`);
        return {
          severity: 'info',
          message: `SMB storage uses RDMA over ${listed(worded)}: the two ends of a connection need the same kind, so each adapter only reaches servers of its own.`,
          subjects: all,
          evidence: {
            adapters: all.map(({ name }) => name),
            technologies: kinds.map((kind) => kind ?? null),
          },
          advice:
            'Where both ends can speak several kinds, set one for all (driver setting "NetworkDirect Technology"), also at the file servers and in the switches. Two separate storage networks of different kinds are fine as they are.',
        };
      },
      none: adapters.length === 0 ? noRdmaInUse : 'Only one adapter of this host carries RDMA for storage.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterAdvancedProperty'],
    });
  },
});
