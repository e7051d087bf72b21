/** Several sessions to one iSCSI disk on a host without Multipath I/O, which does not join them. */
import type { Disk, IscsiSession } from '#shared/host/host-model.ts';
import type { DiskGroup } from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToSessions,
  areSurelyConnected,
  diskGroups,
  diskIdentity,
  sessionSubjects,
} from './iscsi-paths.ts';
import { multipathFeature } from './multipath.ts';
import { gapOf } from './readings.ts';
import { counted, distinctById, listed } from './wording.ts';

interface Unjoined {
  readonly sessions: readonly IscsiSession[];
  /** Rows of one disk that Windows shows more than once; empty where only the sessions tell. */
  readonly rows: readonly Disk[];
}

export const rule = defineRule({
  id: 'mpio-missing',
  severities: ['error'],
  title: 'Multipath I/O is there where a disk has several sessions',
  failureTitle: 'Several sessions, but no Multipath I/O',
  needs: ['IscsiSession', 'Disk', ['WindowsFeature', 'MpioDisk']],
  fixes: [],
  appliesTo: appliesToSessions,
  evaluate: (facts) => {
    const feature = multipathFeature(facts);
    if (feature === 'installed') return [];
    const groups = diskGroups(facts.model);
    const unjoined = groups.flatMap((group) => (group.sessions.length > 1 ? unjoinedIn(group) : []));
    unjoined.push(...sameTargetTwice(groups));
    if (unjoined.length === 0) return [];
    if (feature === 'unknown') {
      const gap = gapOf(facts.snapshot, 'WindowsFeature') ?? gapOf(facts.snapshot, 'MpioDisk');
      return gap === undefined
        ? { notEvaluated: 'The host does not say whether Multipath I/O is installed.' }
        : { notEvaluated: gap.reason, remedy: gap.remedy };
    }
    if (!unjoined.every(({ sessions }) => areSurelyConnected(sessions, 2))) {
      return { notEvaluated: 'Which iSCSI sessions are connected is not known.' };
    }
    return [findingFor(facts, unjoined)];
  },
});

/** A group of several sessions without MPIO. Sessions that bring no disk show nothing twice. */
function unjoinedIn({ joinedBy, disks, sessions }: DiskGroup): readonly Unjoined[] {
  if (joinedBy === 'no-disk') return [];
  return [{ sessions, rows: disks.filter((disk) => hasTwin(disk, disks)) }];
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
      byTarget.set(targetId, [...(byTarget.get(targetId) ?? []), group]);
    }
  }
  return [...byTarget.values()].flatMap((same) => {
    const sessions = distinctById(same.flatMap((group) => group.sessions));
    return sessions.length > 1 ? [{ sessions, rows: [] }] : [];
  });
}

function findingFor({ model }: HostFacts, unjoined: readonly Unjoined[]): RuleFinding {
  const [head, ...tail] = distinctById(unjoined.flatMap(({ sessions }) => sessions));
  if (head === undefined) throw new Error('A group of sessions without a session.');
  const subjects = sessionSubjects(model, [head, ...tail]);
  const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
  const rows = [...new Set(unjoined.flatMap((one) => one.rows))];
  const numbers = rows.map(({ number }) => `Disk ${number}`);
  const proof =
    rows.length > 0
      ? `${listed(numbers)} ${distinctIdentities(rows) === 1 ? 'are one and the same disk' : `are ${distinctIdentities(rows)} disks, each shown more than once`} by UniqueId`
      : 'without it Windows shows a disk once for each session that leads to it';
  const isClient = model.host.isClient === true;
  const state = isClient ? 'Client Windows has no Multipath I/O' : 'Multipath I/O is not installed';
  return {
    severity: 'error',
    message: `${state}, yet ${counted(1 + tail.length, 'iSCSI session')} ${tail.length === 0 ? 'leads' : 'lead'} to ${listed(targets)}: ${proof}, and writing to it both ways would corrupt its data.`,
    subjects: [...subjects, ...rows],
    evidence: {
      isMultipathInstalled: false,
      sessions: 1 + tail.length,
      targets,
      diskNumbers: rows.map(({ number }) => number),
      uniqueIds: [...new Set(rows.flatMap((row) => row.uniqueId ?? []))],
      offlineDiskNumbers: rows.flatMap(({ isOffline, number }) => (isOffline === true ? [number] : [])),
    },
    advice: isClient
      ? 'Keep one session for each target on client Windows, or move the storage to a Windows Server with Multipath I/O.'
      : 'Do not bring the second disk of a pair online. Install the feature Multipath-IO, let it claim iSCSI disks, restart, then make the sessions again multipath-enabled. Check first that no vendor product with a multipath driver of its own is meant to do this.',
  };
}

function distinctIdentities(rows: readonly Disk[]): number {
  return new Set(rows.map(diskIdentity)).size;
}
