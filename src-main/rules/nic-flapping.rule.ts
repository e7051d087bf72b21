/** Storage adapters that Windows had to reset again and again, because they no longer answered. */
import type { EventSummaryRecord } from '#shared/host/system-records.ts';
import { guidKey } from '../path-graph/joins.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'nic-flapping',
  severities: ['warning'],
  title: 'Windows did not have to reset storage adapters',
  failureTitle: 'Windows resets a storage adapter again and again',
  needs: ['NetAdapter', 'EventSummary'],
  fixes: [],
  thresholds: {
    resets: {
      value: 3,
      unit: 'resets',
      says: 'So many resets of one adapter in the days that were read are worth a word.',
    },
    stillHours: { value: 48, unit: 'hours', says: 'A reset so long before the look counts as over.' },
  },
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts, limits) => {
    const resets = resetsOf(facts);
    const now = Date.parse(facts.snapshot.takenAt);
    return conclude(facts, {
      things: storageCarriers(facts).map(({ adapter }) => adapter),
      see: (adapter) => {
        const own = resets.filter(
          ({ interfaceGuid }) =>
            typeof interfaceGuid === 'string' && guidKey(interfaceGuid) === guidKey(adapter.interfaceGuid),
        );
        const [first] = own;
        const count = own.reduce((sum, one) => sum + (one.count ?? 0), 0);
        const isOver = own.every(
          ({ last }) => last !== undefined && now - Date.parse(last) > limits.stillHours * 3_600_000,
        );
        if (first !== undefined && count >= limits.resets && !isOver) {
          return { bad: { adapter, count, days: first.days } };
        }
        const unknown = resets.some(({ interfaceGuid }) => typeof interfaceGuid !== 'string');
        return unknown
          ? { doubt: 'The log has resets of a network adapter and does not say of which.' }
          : 'well';
      },
      report: (bad) => {
        const said = bad.map(({ adapter, count }) => `${adapter.name} (${counted(count, 'time')})`);
        const days = bad[0].days;
        return {
          severity: 'warning',
          message: `Windows had to reset ${listed(said)}${days === undefined ? '' : ` in ${counted(days, 'day')}`}, and it goes on: each time the adapter is away for a moment, and its sessions and channels with it.`,
          subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
          evidence: {
            adapters: bad.map(({ adapter }) => adapter.name),
            resets: bad.map(({ count }) => count),
          },
          advice:
            'Bring driver and firmware of the adapter to versions that its maker names together. If it goes on, move the card to another slot, then exchange it; the text of the event says what the driver complained of.',
        };
      },
      none: 'No storage of this host leaves by an adapter.',
      gap: storageInterfaces(facts).gap,
    });
  },
});

/** NDIS writes event 10400 when it begins to reset an adapter that does not answer; a cable that is pulled is none. */
function resetsOf({ snapshot }: HostFacts): readonly EventSummaryRecord[] {
  const { EventSummary } = snapshot.readings;
  return EventSummary.status === 'ok'
    ? EventSummary.records.filter(
        ({ source, id }) => id === 10_400 && /^microsoft-windows-ndis$/i.test(source),
      )
    : [];
}
