/** Paths of MPIO on which requests went on failing or being sent again while they were sampled. */
import type { PathErrors } from '#shared/error-counts.ts';
import type { Disk } from '#shared/host/host-model.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-path-shaky',
  severities: ['warning', 'info'],
  title: 'Requests do not fail on the paths of MPIO',
  failureTitle: 'Requests go on failing on a path of MPIO',
  needs: ['Disk', 'MpioDisk'],
  fixes: [],
  thresholds: {
    requests: {
      value: 10,
      unit: 'requests',
      says: 'So many failed or repeated requests of one path are worth a word.',
    },
    intervals: {
      value: 2,
      unit: 'intervals',
      says: 'Failures in so many intervals between samples count as lasting.',
    },
  },
  appliesTo: {
    needs: [],
    notApplicable: ({ pathErrors }) =>
      pathErrors === undefined
        ? 'No samples with these counters in this capture: nobody counted errors of paths.'
        : undefined,
  },
  evaluate: (facts, limits) => {
    const counts = new Map((facts.pathErrors ?? []).map((one) => [one.subjectId, one]));
    return conclude(facts, {
      isForGuests: true,
      things: facts.model.disks.flatMap((disk) => ((disk.mpio?.paths.length ?? 0) > 0 ? [disk] : [])),
      see: (disk) => {
        const paths = (disk.mpio?.paths ?? []).map(({ pathId }) => ({
          pathId,
          count: counts.get(`path:${disk.id}/${pathId.toLowerCase()}`),
        }));
        const bad = paths.flatMap(({ pathId, count }): readonly BadPath[] =>
          count !== undefined &&
          count.failed + count.retried >= limits.requests &&
          count.intervalsWithErrors >= limits.intervals
            ? [{ pathId, count }]
            : [],
        );
        if (bad.length > 0) return { bad: { disk, paths: bad, isEvery: bad.length === paths.length } };
        const unknown = paths.find(({ count }) => count === undefined);
        return unknown === undefined
          ? 'well'
          : { doubt: `The errors of path ${unknown.pathId} of ${disk.name} were not counted.` };
      },
      report: (bad) =>
        [false, true].flatMap((isEvery) => {
          const [first, ...others] = bad.filter((one) => one.isEvery === isEvery);
          return first === undefined ? [] : [findingFor([first, ...others], isEvery)];
        }),
      none: 'MPIO holds no disk of this host.',
    });
  },
});

interface BadPath {
  readonly pathId: string;
  readonly count: PathErrors;
}

interface Bad {
  readonly disk: Disk;
  readonly paths: readonly BadPath[];
  /** Failures on all paths alike point at the disk. */
  readonly isEvery: boolean;
}

function findingFor(bad: readonly [Bad, ...Bad[]], isEvery: boolean) {
  const said = bad.map(({ disk, paths }) => {
    const failed = paths.reduce((sum, { count }) => sum + count.failed, 0);
    const retried = paths.reduce((sum, { count }) => sum + count.retried, 0);
    return `${disk.name} (${failed} failed and ${retried} sent again, on ${counted(paths.length, 'path')})`;
  });
  const seconds = bad[0].paths[0]?.count.seconds ?? 0;
  return {
    severity: isEvery ? ('info' as const) : ('warning' as const),
    message: isEvery
      ? `Within ${seconds} seconds requests failed or were sent again on every path of ${listed(said)}: that points at the disk itself, or at what all its paths share.`
      : `Within ${seconds} seconds requests failed or were sent again, again and again, on some paths of ${listed(said)}, while its other paths had none or few: each such request waits, and the path may be lost.`,
    subjects: [bad[0].disk, ...bad.slice(1).map(({ disk }) => disk)] as const,
    evidence: {
      paths: bad.flatMap(({ paths }) => paths.map(({ pathId }) => pathId)),
      failedRequests: bad.flatMap(({ paths }) => paths.map(({ count }) => count.failed)),
      repeatedRequests: bad.flatMap(({ paths }) => paths.map(({ count }) => count.retried)),
      seconds,
    },
    advice: isEvery
      ? 'Look at the log of the array for this disk; reservations and takeovers between nodes also make requests be sent again.'
      : 'See which adapter, cable, switch port and portal these paths have in common and the others have not, and look at the errors that are counted there. Take the path out of use while you change a part.',
  };
}
