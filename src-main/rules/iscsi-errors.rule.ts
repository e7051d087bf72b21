/** iSCSI sessions that went on counting errors of their own while they were sampled. */
import type { SessionErrors } from '#shared/error-counts.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import { wiredSessions } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { sessionSubjects } from './iscsi-paths.ts';
import { gapOf } from './readings.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-errors',
  severities: ['warning'],
  title: 'iSCSI sessions count no errors',
  failureTitle: 'An iSCSI session goes on counting errors',
  needs: ['IscsiSession'],
  fixes: [],
  thresholds: {
    errors: {
      value: 3,
      unit: 'errors',
      says: 'So many errors of one session count as more than a path that went away.',
    },
    intervals: {
      value: 2,
      unit: 'intervals',
      says: 'Errors in so many intervals between samples count as lasting.',
    },
  },
  appliesTo: {
    needs: [],
    notApplicable: ({ sessionErrors, model, snapshot }) => {
      if (sessionErrors === undefined) {
        return 'No samples with these counters in this capture: nobody counted errors of iSCSI.';
      }
      return wiredSessions(model).length === 0 && gapOf(snapshot, 'IscsiSession') === undefined
        ? 'No iSCSI session of this host leaves over a network.'
        : undefined;
    },
  },
  evaluate: (facts, limits) => {
    const counts = new Map((facts.sessionErrors ?? []).map((one) => [one.subjectId, one]));
    return conclude(facts, {
      isForGuests: true,
      things: wiredSessions(facts.model).filter(({ isConnected }) => isConnected !== false),
      see: (session) => {
        const count = counts.get(session.id);
        if (count === undefined) return { doubt: `The errors of ${session.name} were not counted.` };
        const isLasting = totalOf(count) >= limits.errors && count.intervalsWithErrors >= limits.intervals;
        return isLasting ? { bad: { session, count } } : 'well';
      },
      report: (bad) => findingFor(facts, bad),
      none: 'No iSCSI session of this host is connected.',
    });
  },
});

interface Bad {
  readonly session: IscsiSession;
  readonly count: SessionErrors;
}

function totalOf({ digest, timeouts, format }: SessionErrors): number {
  return digest + timeouts + format;
}

/** A session by its ends: its own name is a number. */
function waysOf({ name, connections }: IscsiSession): string {
  const ways = connections.flatMap(({ localAddress, targetAddress }) =>
    localAddress === undefined || targetAddress === undefined ? [] : [`${localAddress} to ${targetAddress}`],
  );
  return ways.length === 0 ? name : listed(ways);
}

function findingFor({ model }: HostFacts, bad: readonly [Bad, ...Bad[]]) {
  const said = bad.map(({ session, count: { digest, timeouts, format } }) => {
    const kinds = [
      ...(digest > 0 ? [counted(digest, 'wrong checksum')] : []),
      ...(timeouts > 0 ? [counted(timeouts, 'time-out')] : []),
      ...(format > 0 ? [counted(format, 'unit out of form', 'units out of form')] : []),
    ];
    return `${waysOf(session)} (${listed(kinds)})`;
  });
  const [{ count }] = bad;
  return {
    severity: 'warning' as const,
    message: `Within ${count.seconds} seconds errors came again and again in the sessions ${listed(said)}: each ends the connection or makes its requests wait for seconds.`,
    subjects: sessionSubjects(model, [bad[0].session, ...bad.slice(1).map(({ session }) => session)]),
    evidence: {
      sessions: bad.map(({ session }) => waysOf(session)),
      wrongChecksums: bad.map((one) => one.count.digest),
      timeOuts: bad.map((one) => one.count.timeouts),
      outOfForm: bad.map((one) => one.count.format),
      seconds: count.seconds,
    },
    advice:
      'Look which adapter and which portal the sessions with errors have in common. Wrong checksums come from hardware on the way: cable, transceiver, adapter offloads, switch. Time-outs come from a way that loses packets, as with packets too large for a switch, or from an array that is busy.',
  };
}
