/** Sessions that lead to one disk without Multipath I/O joining them: shared by the rules on a missing or idle MPIO. */
import type { Disk, Entity, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import type { DiskGroup } from '../path-graph/walks.ts';
import { diskGroups, diskIdentity, sessionSubjects } from './iscsi-paths.ts';
import { distinctById, listed } from './wording.ts';

export interface Unjoined {
  readonly sessions: readonly IscsiSession[];
  readonly disks: readonly Disk[];
  /** Rows of one disk that Windows shows more than once; empty where only the sessions tell. */
  readonly rows: readonly Disk[];
}

/** Groups of two or more sessions to one disk. Sessions that bring no disk show nothing twice. */
export function severalToOneDisk(model: HostModel): readonly Unjoined[] {
  const groups = diskGroups(model);
  const several = groups.flatMap(({ joinedBy, disks, sessions }) =>
    sessions.length > 1 && joinedBy !== 'no-disk'
      ? [{ sessions, disks, rows: disks.filter((disk) => hasTwin(disk, disks)) }]
      : [],
  );
  return [...several, ...sameTargetTwice(groups)];
}

function hasTwin(disk: Disk, disks: readonly Disk[]): boolean {
  const id = diskIdentity(disk);
  return (
    id !== undefined && disks.some((other) => other.number !== disk.number && diskIdentity(other) === id)
  );
}

/**
 * Sessions of one target whose disks carry no id to compare: several logins of one initiator are shown the same disks.
 * Where all their disks have ids, and different ones, they are different disks.
 */
function sameTargetTwice(groups: readonly DiskGroup[]): readonly Unjoined[] {
  const singles = groups.filter(({ joinedBy, sessions }) => joinedBy === 'disk' && sessions.length === 1);
  const byTarget = new Map<string, DiskGroup[]>();
  for (const group of singles) {
    if (group.disks.length > 0 && group.disks.every((disk) => diskIdentity(disk) !== undefined)) continue;
    for (const targetId of group.targetIds) {
      const there = byTarget.get(targetId);
      if (there === undefined) byTarget.set(targetId, [group]);
      else there.push(group);
    }
  }
  return [...byTarget.values()].flatMap((same) => {
    const sessions = distinctById(same.flatMap((group) => group.sessions));
    return sessions.length > 1 ? [{ sessions, disks: same.flatMap(({ disks }) => disks), rows: [] }] : [];
  });
}

/** What findings on such sessions say and point at. */
export interface UnjoinedAccount {
  readonly sessions: number;
  readonly subjects: readonly [Entity, ...Entity[]];
  readonly targets: readonly string[];
  readonly rows: readonly Disk[];
  /** Half a sentence: how it is known that they lead to one disk. */
  readonly proof: string;
}

export function accountOf(model: HostModel, unjoined: readonly [Unjoined, ...Unjoined[]]): UnjoinedAccount {
  const [head, ...tail] = distinctById(unjoined.flatMap(({ sessions }) => sessions));
  if (head === undefined) throw new Error('A group of sessions without a session.');
  const subjects = sessionSubjects(model, [head, ...tail]);
  const rows = [...new Set(unjoined.flatMap((one) => one.rows))];
  const distinct = new Set(rows.map(diskIdentity)).size;
  const numbers = rows.map(({ number }) => `Disk ${number}`);
  return {
    sessions: 1 + tail.length,
    subjects: [...subjects, ...rows],
    targets: subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : [])),
    rows,
    proof:
      rows.length > 0
        ? `${listed(numbers)} ${distinct === 1 ? 'are one and the same disk' : `are ${distinct} disks, each shown more than once`} by UniqueId`
        : 'without it Windows shows a disk once for each session that leads to it',
  };
}
