/** Storage adapters that received or sent damaged frames, or dropped many, while they were counted. */
import type { AdapterErrors } from '#shared/adapter-errors.ts';
import type { Adapter } from '#shared/host/host-model.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'nic-errors',
  severities: ['warning', 'info'],
  title: 'Storage adapters deliver what they receive and send',
  failureTitle: 'A storage adapter damages or drops frames',
  needs: ['NetAdapter'],
  fixes: [],
  thresholds: {
    errors: { value: 10, unit: 'frames', says: 'So many damaged frames count as more than a plugged cable.' },
    intervals: {
      value: 2,
      unit: 'intervals',
      says: 'Damaged frames in so many intervals between samples count as lasting.',
    },
    discards: { value: 1000, unit: 'frames', says: 'So many dropped frames are worth a word.' },
  },
  appliesTo: {
    needs: [],
    notApplicable: (facts) =>
      facts.adapterErrors === undefined
        ? 'No samples with these counters in this capture: nobody counted damaged frames.'
        : appliesToStorageInterfaces.notApplicable(facts),
  },
  evaluate: (facts, limits) => {
    const counts = new Map((facts.adapterErrors ?? []).map((one) => [one.adapterId, one]));
    return conclude(facts, {
      things: storageCarriers(facts).flatMap(({ adapter }) => (adapter.isUp ? [adapter] : [])),
      see: (adapter) => {
        const count = counts.get(adapter.id);
        if (count === undefined)
          return { doubt: `The counters of damaged frames of ${adapter.name} were not read.` };
        const isDamaging = count.errors >= limits.errors && count.intervalsWithErrors >= limits.intervals;
        return isDamaging || count.discards >= limits.discards
          ? { bad: { adapter, count, isDamaging } }
          : 'well';
      },
      report: (bad) =>
        [true, false].flatMap((isDamaging) => {
          const [first, ...others] = bad.filter((one) => one.isDamaging === isDamaging);
          return first === undefined ? [] : [findingFor([first, ...others], isDamaging)];
        }),
      none: 'No storage of this host leaves by an adapter that is up.',
      gap: storageInterfaces(facts).gap,
    });
  },
});

interface Bad {
  readonly adapter: Adapter;
  readonly count: AdapterErrors;
}

function findingFor(bad: readonly [Bad, ...Bad[]], isDamaging: boolean) {
  const said = bad.map(({ adapter, count }) =>
    isDamaging ? `${adapter.name} (${count.errors} frames)` : `${adapter.name} (${count.discards} frames)`,
  );
  const [first, ...others] = bad.map(({ adapter }) => adapter);
  const { seconds } = bad[0].count;
  return {
    severity: isDamaging ? ('warning' as const) : ('info' as const),
    message: isDamaging
      ? `Within ${seconds} seconds frames were damaged at ${listed(said)}, again and again: each costs a wait and a second try of whatever was in it.`
      : `Within ${seconds} seconds frames were dropped for want of room at ${listed(said)}; none or few were damaged.`,
    subjects: [first ?? bad[0].adapter, ...others] as const,
    evidence: {
      adapters: bad.map(({ adapter }) => adapter.name),
      damagedFrames: bad.map(({ count }) => count.errors),
      droppedFrames: bad.map(({ count }) => count.discards),
      seconds,
    },
    advice: isDamaging
      ? 'Look at the same counters of the switch port: they tell which end sees the damage. Then clean or change the transceiver, the cable and at last the port, one at a time.'
      : 'Look whether the adapter has enough receive buffers and queues, and whether something sends in bursts; a few drops under full load are normal.',
  };
}
