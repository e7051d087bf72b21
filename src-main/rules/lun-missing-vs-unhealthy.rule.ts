/** Storage that is connected and shows no disk, and disks that are shown and do not work: two different faults. */
import type { Disk, Entity, IscsiSession } from '#shared/host/host-model.ts';
import type { DiskRecord } from '#shared/host/storage-records.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { diskGroups, sessionSubjects, withoutInitiator } from './iscsi-paths.ts';
import { anyGapOf, fineIfRead } from './readings.ts';
import { distinctById, listed } from './wording.ts';

/** States in which Windows cannot use a disk. Offline is not among them: a cluster keeps disks so on purpose. */
const broken = /^(?:error|non-recoverable error|no contact|lost communication|aborted|failed)$/i;

export const rule = defineRule({
  id: 'lun-missing-vs-unhealthy',
  severities: ['error', 'info'],
  title: 'Connected storage shows its disks, and they work',
  failureTitle: 'Connected storage shows no disk, or one that does not work',
  needs: ['Disk'],
  fixes: [],
  appliesTo: {
    needs: ['Disk'],
    notApplicable: (facts) => {
      if (sanDisks(facts).length > 0) return undefined;
      if (anyGapOf(facts.snapshot, 'IscsiSession') !== undefined) return withoutInitiator(facts);
      return facts.model.sessions.every(({ isConnected }) => isConnected === false)
        ? 'This host has no disk of an array and no connected iSCSI session.'
        : undefined;
    },
  },
  evaluate: (facts) => {
    const disks = sanDisks(facts);
    const sick = disks.filter(({ record }) => isSick(record));
    const empty = emptyTargets(facts);
    const findings = [
      ...(sick.length > 0 ? [sickFinding(sick)] : []),
      ...(empty !== undefined ? [emptyFinding(facts, empty)] : []),
    ];
    if (findings.length > 0) return findings;
    const open = disks.find(({ record }) => record?.operationalStatus === undefined);
    if (open !== undefined) return { notEvaluated: `The state of ${open.disk.name} is not known.` };
    if (
      facts.model.sessions.some(
        ({ isConnected, diskNumbers }) => isConnected !== false && diskNumbers === undefined,
      )
    ) {
      return { notEvaluated: 'Which disks the iSCSI sessions bring is not known.' };
    }
    return withoutInitiator(facts) === undefined ? fineIfRead(facts.snapshot, ['IscsiSession']) : [];
  },
});

interface SanDisk {
  readonly disk: Disk;
  readonly record: DiskRecord | undefined;
}

/** Disks that an array gives: over iSCSI, Fibre Channel, or held by MPIO. */
function sanDisks({ model, snapshot }: HostFacts): readonly SanDisk[] {
  const { Disk } = snapshot.readings;
  const records = new Map(Disk.status === 'ok' ? Disk.records.map((record) => [record.number, record]) : []);
  return model.disks
    .filter(({ busType, mpio }) => mpio !== undefined || /^(?:iscsi|fibre channel)$/i.test(busType ?? ''))
    .map((disk) => ({ disk, record: records.get(disk.number) }));
}

function isSick(record: DiskRecord | undefined): boolean {
  return (
    record?.operationalStatus?.some((state) => broken.test(state)) === true ||
    /^unhealthy$/i.test(record?.healthStatus ?? '')
  );
}

/** Connected sessions of targets of which no session brings a disk. */
function emptyTargets({ model }: HostFacts): readonly [IscsiSession, ...IscsiSession[]] | undefined {
  const groups = diskGroups(model);
  const withDisks = new Set(
    groups.flatMap(({ joinedBy, targetIds }) => (joinedBy === 'no-disk' ? [] : targetIds)),
  );
  const [first, ...others] = distinctById(
    groups.flatMap(({ joinedBy, sessions }) =>
      joinedBy === 'no-disk' ? sessions.filter(({ targetId }) => !withDisks.has(targetId)) : [],
    ),
  );
  return first === undefined ? undefined : [first, ...others];
}

function sickFinding(sick: readonly SanDisk[]): RuleFinding {
  const states = sick.map(
    ({ record }) => record?.operationalStatus?.join(', ') ?? record?.healthStatus ?? 'Unhealthy',
  );
  const [first, ...others] = sick.map(({ disk }): Entity => disk);
  if (first === undefined) throw new Error('No disk to report.');
  return {
    severity: 'error',
    message: `${listed(sick.map(({ disk }) => disk.name))} ${sick.length === 1 ? 'is' : 'are'} shown by the array and cannot be used: Windows says ${listed(states)}.`,
    subjects: [first, ...others],
    evidence: { disks: sick.map(({ disk }) => disk.number), states },
    advice:
      'The disk is presented, so look at the way to it and at the array: paths and sessions first, then the state of the volume there. Nothing needs to be mapped or masked anew.',
  };
}

function emptyFinding(
  { model }: HostFacts,
  sessions: readonly [IscsiSession, ...IscsiSession[]],
): RuleFinding {
  const subjects = sessionSubjects(model, sessions);
  const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
  return {
    severity: 'info',
    message: `${listed(targets)} ${targets.length === 1 ? 'is' : 'are'} connected and ${targets.length === 1 ? 'shows' : 'show'} no disk: the login works, and the array presents nothing to this host.`,
    subjects,
    evidence: { targets, sessions: sessions.length },
    advice:
      'If a disk should be there, look at the mapping (masking) on the array for this initiator, then rescan. Sessions that serve management of the array alone bring no disk by design.',
  };
}
