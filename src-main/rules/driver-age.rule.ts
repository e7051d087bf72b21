/** Drivers of storage adapters that are years old: good to know before a fault is looked for elsewhere. */
import { netAdapterOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

const msPerYear = 365.25 * 24 * 60 * 60 * 1000;

export const rule = defineRule({
  id: 'driver-age',
  severities: ['info'],
  title: 'Drivers of storage adapters are not years old',
  failureTitle: 'A storage adapter has an old driver',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  thresholds: {
    years: { value: 6, unit: 'years', says: 'A driver older than this at the time of the look is named.' },
  },
  evaluate: (facts, { years }) =>
    conclude(facts, {
      things: storageCarriers(facts).filter(({ adapter }) => adapter.role === 'physical'),
      see: ({ adapter }) => {
        const record = netAdapterOf(facts, adapter);
        const date = record?.driverDate;
        const age = (Date.parse(facts.snapshot.takenAt) - Date.parse(date ?? '')) / msPerYear;
        if (Number.isNaN(age)) return { doubt: `The date of the driver of ${adapter.name} is not known.` };
        // Drivers that come with Windows all bear the date of its kernel, years before they were made.
        if (/^microsoft/i.test(record?.driverProvider ?? '')) return 'not-about';
        return age > years ? { bad: { adapter, date: date ?? '', age } } : 'well';
      },
      report: (bad) => ({
        severity: 'info',
        message: `${listed(bad.map(({ adapter, date }) => `${adapter.name} (${date})`))} ${bad.length === 1 ? 'has a driver' : 'have drivers'} more than ${years} years old.`,
        subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
        evidence: {
          adapters: bad.map(({ adapter }) => adapter.name),
          driverDate: bad.map(({ date }) => date),
          years: bad.map(({ age }) => Math.floor(age)),
        },
        advice:
          'Nothing has to be done while it works. Read the release notes of newer drivers and firmware when a fault of the adapter is suspected.',
      }),
      none: 'Storage leaves by no physical adapter with a driver of its maker.',
      gap: storageInterfaces(facts).gap,
    }),
});
