/** Disks with fewer live paths than they should have: a path failed, was left out, or lost its session. */
import type { IscsiSession } from '#shared/host/host-model.ts';
import { sessionById, sessionsOfTarget } from '../path-graph/walks.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToMultipathDisks,
  livePaths,
  multipathDisks,
  multipathGap,
  type MultipathDisk,
} from './multipath.ts';
import { counted, distinctById, listed } from './wording.ts';

interface Thinned {
  readonly disk: MultipathDisk;
  readonly live: number;
  readonly expected: number;
  /** Half a sentence: how it is known. */
  readonly because: string;
  readonly lost: readonly IscsiSession[];
}

export const rule = defineRule({
  id: 'mpio-paths-missing',
  aliases: ['mpio-path-lost'],
  severities: ['warning'],
  title: 'Every disk of Multipath I/O has all its paths',
  failureTitle: 'A disk has fewer live paths than it should',
  needs: ['Disk', ['MpioDisk', 'Mpclaim']],
  fixes: [],
  appliesTo: appliesToMultipathDisks,
  evaluate: (facts) => {
    const stated = statedCounts(facts);
    const pinned = pinnedCounts(facts);
    return conclude(facts, {
      things: multipathDisks(facts.model),
      see: (disk) => {
        const seen = see(facts, disk, stated.get(disk.number));
        if (seen !== 'well') return seen;
        const before = pinned.get(keyOf(disk)) ?? 0;
        const live = livePaths(disk);
        return before > live
          ? {
              bad: {
                disk,
                live,
                expected: before,
                because: `the baseline of ${facts.settings?.baseline?.snapshot.takenAt.slice(0, 10) ?? ''} has ${before}`,
                lost: [],
              },
            }
          : 'well';
      },
      report: (thinned) => findingFor(thinned),
      none: 'Multipath I/O holds no disk of this host.',
      gap: multipathGap(facts),
      rests: facts.model.disks.some(({ busType }) => busType?.toLowerCase() === 'iscsi')
        ? ['IscsiSession']
        : [],
      isForGuests: true,
    });
  },
});

/** What outlives a restart: the number of a disk does not. */
function keyOf({ uniqueId, id }: MultipathDisk): string {
  return (uniqueId ?? id).trim().toLowerCase();
}

/** Live paths of the look that is pinned for the host, by disk. */
function pinnedCounts({ settings }: HostFacts): ReadonlyMap<string, number> {
  const disks = settings?.baseline === undefined ? [] : multipathDisks(settings.baseline.model);
  return new Map(disks.map((disk) => [keyOf(disk), livePaths(disk)]));
}

/** What a listing's own header says, by Windows disk number. */
function statedCounts({ snapshot }: HostFacts): ReadonlyMap<number, number> {
  const { MpioDisk, Mpclaim } = snapshot.readings;
  const records = [MpioDisk, Mpclaim].flatMap((reading) => (reading.status === 'ok' ? reading.records : []));
  return new Map(
    records.flatMap(({ diskNumber, statedPathCount }) =>
      diskNumber === undefined || statedPathCount === undefined
        ? []
        : [[diskNumber, statedPathCount] as const],
    ),
  );
}

function see({ model }: HostFacts, disk: MultipathDisk, stated: number | undefined): Seen<Thinned> {
  const { paths } = disk.mpio;
  const live = livePaths(disk);
  const failed = paths.filter(({ state }) => state === 'Failed').length;
  const sessions = [...new Set(disk.sessionIds)].flatMap((id) => sessionById(model, id) ?? []);
  const targets = new Set(sessions.map(({ targetId }) => targetId));
  const lost = [...targets]
    .flatMap((id) => sessionsOfTarget(model, id))
    .filter(({ isConnected }) => isConnected === false);
  const connected = sessions.filter(({ isConnected }) => isConnected !== false).length;
  // The path of a lost session may still be listed, as failed.
  const expected = Math.max(paths.length, live + lost.length);
  const bad = (count: number, because: string): Seen<Thinned> => ({
    bad: { disk, live, expected: count, because, lost },
  });
  if (failed > 0) return bad(expected, `${counted(failed, 'path')} failed`);
  if (stated !== undefined && paths.length > 0 && paths.length < stated) {
    return bad(stated, `the listing of Multipath I/O states ${counted(stated, 'path')}`);
  }
  if (lost.length > 0)
    return bad(
      expected,
      `${counted(lost.length, 'session')} to its target ${lost.length === 1 ? 'is' : 'are'} not connected`,
    );
  if (paths.length > 0 && paths.length < connected) {
    return bad(connected, `${counted(connected, 'session')} ${connected === 1 ? 'leads' : 'lead'} to it`);
  }
  return paths.length === 0 || paths.some(({ state }) => state === undefined)
    ? { doubt: `The states of the paths of ${disk.name} are not known.` }
    : 'well';
}

function findingFor(thinned: readonly [Thinned, ...Thinned[]]): RuleFinding {
  const [first, ...others] = thinned;
  const lost = distinctById(thinned.flatMap((one) => one.lost));
  const isAlike = others.every(
    ({ live, expected, because }) =>
      live === first.live && expected === first.expected && because === first.because,
  );
  const names = thinned.map(({ disk }) => disk.name);
  return {
    severity: 'warning',
    message: isAlike
      ? `${listed(names)} ${names.length === 1 ? 'has' : 'have'} ${first.live} of ${counted(first.expected, 'path')}${names.length === 1 ? '' : ' each'}: ${first.because}.`
      : `${listed(names)} have fewer live paths than they should: ${thinned
          .slice(0, 5)
          .map(({ disk, live, expected }) => `${disk.name} ${live} of ${expected}`)
          .join(', ')}${thinned.length > 5 ? ', and more' : ''}.`,
    subjects: [first.disk, ...others.map(({ disk }) => disk), ...lost],
    evidence: {
      disks: thinned.map(({ disk }) => disk.number),
      livePaths: thinned.map(({ live }) => live),
      expectedPaths: thinned.map(({ expected }) => expected),
      failedPathIds: thinned.flatMap(({ disk }) =>
        disk.mpio.paths.flatMap(({ state, pathId }) => (state === 'Failed' ? [pathId] : [])),
      ),
      sessionsNotConnected: lost.length,
    },
    advice:
      'Find what the lost paths have in common: one adapter, one switch, one port of the array. See that its link is up and that the portal answers from that address; Windows takes the path up again by itself when it does.',
  };
}
