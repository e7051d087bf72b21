/** Warnings and errors of the iSCSI and multipath drivers in the system log that go on. */
import type { EventSummaryRecord } from '#shared/host/system-records.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { appliesToInitiator } from './favourites.ts';
import { counted, listed } from './wording.ts';

const ofStorage = /^(?:iscsiprt|msiscsi|mpio|msdsm)$/i;
/** Requests that were reset or tried again; of any disk, also a local one. */
const retried = new Set([129, 153]);

export const rule = defineRule({
  id: 'iscsi-logins-failing',
  severities: ['warning', 'info'],
  title: 'The log tells of no lasting trouble with iSCSI',
  failureTitle: 'The log tells of lasting trouble with iSCSI',
  needs: ['EventSummary', 'IscsiSession', 'IscsiPersistentLogin'],
  fixes: [],
  thresholds: {
    events: {
      value: 10,
      unit: 'events',
      says: 'So many events of one kind in the days that were read count as more than a mishap.',
    },
    stillHours: { value: 48, unit: 'hours', says: 'An event so long before the look counts as over.' },
  },
  appliesTo: appliesToInitiator,
  evaluate: (facts, limits) => {
    const { EventSummary } = facts.snapshot.readings;
    const records = EventSummary.status === 'ok' ? EventSummary.records : [];
    const now = Date.parse(facts.snapshot.takenAt);
    const lasting = records.filter(({ count, last }) => {
      const at = last === undefined ? now : Date.parse(last);
      return (count ?? 0) >= limits.events && !(now - at > limits.stillHours * 3_600_000);
    });
    const storage = lasting.filter(({ source }) => ofStorage.test(source));
    const disk = lasting.filter(({ source, id }) => /^disk$/i.test(source) && retried.has(id));
    if (storage.length > 0) return [findingFor(facts, storage, 'warning')];
    if (disk.length > 0) return [findingFor(facts, disk, 'info')];
    if (records.some(({ count, source }) => count === undefined && ofStorage.test(source))) {
      return { notEvaluated: 'How often the events of the iSCSI driver stand in the log is not known.' };
    }
    return [];
  },
});

function findingFor(
  { model }: HostFacts,
  events: readonly EventSummaryRecord[],
  severity: 'warning' | 'info',
): RuleFinding {
  const said = events.map(({ source, id, count }) => `${source} ${id} ${counted(count ?? 0, 'time')}`);
  const days = events[0]?.days;
  const isCut = events.some(({ isComplete }) => isComplete === false);
  return {
    severity,
    message: `The system log has ${listed(said)}${days === undefined ? '' : ` in ${counted(days, 'day')}`}${isCut ? ' or more' : ''}, and it goes on.`,
    subjects: [model.host],
    evidence: {
      sources: events.map(({ source }) => source),
      eventIds: events.map(({ id }) => id),
      counts: events.map(({ count }) => count ?? null),
      lastSeen: events.map(({ last }) => last ?? null),
    },
    advice:
      severity === 'warning'
        ? 'Read the newest of them: it names the portal or the disk. Failed logins at regular intervals mostly come from a favourite whose target is gone; time-outs and resets point at one path, so compare by adapter and portal.'
        : 'Read the newest of them: it names the disk. Retries of a local disk have nothing to do with iSCSI.',
  };
}
