/** A small check, made by hand, for the tests of the reports. */
import type { Check } from '#shared/finding.ts';
import type { Entity, EntityKind } from '#shared/host/host-model.ts';
import type { Ceiling, DirectionCeilings, TargetCeilings } from '#shared/path-graph.ts';

const entity = (kind: EntityKind, name: string): Entity => ({ kind, id: `${kind}:${name}`, name });

const open: Ceiling = { bitsPerSecond: null, unknownBecause: 'Windows reports no speed for NIC3.' };
const openDirection: DirectionCeilings = {
  oneCopy: open,
  guaranteed: open,
  possible: open,
  guaranteedHeldBack: { by: [] },
  possibleHeldBack: { by: [] },
};
const openFigures: Pick<
  TargetCeilings,
  | 'oneCopy'
  | 'guaranteed'
  | 'possible'
  | 'read'
  | 'write'
  | 'afterFailover'
  | 'parts'
  | 'limitedBy'
  | 'sharedBehind'
> = {
  oneCopy: open,
  guaranteed: open,
  possible: open,
  read: openDirection,
  write: openDirection,
  afterFailover: [],
  parts: [],
  limitedBy: [],
  sharedBehind: [],
};

const gigabits = (count: number): Ceiling => ({ bitsPerSecond: count * 1_000_000_000 });
const members = [entity('adapter', 'NIC1'), entity('adapter', 'NIC2')];

export const checkForTests: Check = {
  source: 'demo',
  host: { name: 'HV01', elevated: true },
  takenAt: '2026-11-22T17:00:00.000Z',
  model: {
    host: { ...entity('host', 'HV01'), kind: 'host', caption: 'Windows Server 2019' },
    adapters: [],
    teams: [],
    teamNics: [],
    vswitches: [],
    vnics: [],
    addresses: [],
    targets: [],
    targetPortals: [],
    sessions: [],
    disks: [],
    smbServers: [],
    unjoined: [],
  },
  graph: { hops: [], links: [], routes: [] },
  targets: [
    {
      kind: 'iscsi',
      id: 'target:san01',
      name: 'iqn.2026-11.example:san01',
      aliases: [],
      diskNumbers: [3],
      shares: [],
      routeIds: ['session:1'],
      oneCopy: gigabits(1),
      guaranteed: { ...gigabits(1), direction: 'read' },
      possible: { ...gigabits(2), direction: 'write' },
      read: {
        oneCopy: gigabits(1),
        guaranteed: gigabits(1),
        possible: gigabits(1),
        now: gigabits(1),
        guaranteedHeldBack: { by: members, sentence: 'Reads arrive on one member.' },
        possibleHeldBack: { by: members, sentence: 'Reads arrive on one member.' },
      },
      write: {
        oneCopy: gigabits(1),
        guaranteed: { ...gigabits(1), isBound: true },
        possible: { ...gigabits(2), isBound: true },
        guaranteedHeldBack: { by: members, sentence: 'All may be on one member.' },
        possibleHeldBack: { by: members, sentence: 'Both members are in use.' },
      },
      afterFailover: [
        {
          after: 'after NIC1 has failed',
          read: { guaranteed: gigabits(1), possible: gigabits(1) },
          write: { guaranteed: gigabits(1), possible: gigabits(1) },
        },
      ],
      parts: [],
      limitedBy: members,
      limitedByText: 'Both members are in use.',
      sharedBehind: [
        {
          what: 'portal',
          shared: [entity('target-portal', '10.0.10.101:3260')],
          between: [entity('session', '1'), entity('session', '2')],
          sentence: '2 sessions lead to the one address 10.0.10.101:3260.',
        },
      ],
      singleStream: { bitsPerSecond: 1_000_000_000 },
      singleStreamLimitedBy: [entity('adapter', 'NIC1')],
      singlePointsOfFailure: [entity('team', 'Team1')],
      assumptions: ["The target's own links are taken as unlimited."],
    },
    {
      kind: 'smb',
      id: 'target:fs01',
      name: 'fs01',
      aliases: ['fs01.example'],
      diskNumbers: [],
      shares: ['vms'],
      routeIds: ['channel:1', 'channel:2'],
      ...openFigures,
      singleStream: { bitsPerSecond: null, unknownBecause: 'Windows reports no speed for NIC3.' },
      singleStreamLimitedBy: [],
      singlePointsOfFailure: [],
      assumptions: [],
    },
  ],
  findings: [
    {
      id: 'iscsi-on-team@0011aabb',
      rule: 'iscsi-on-team',
      severity: 'error',
      title: 'iSCSI runs straight over an LBFO team',
      message: '1 session leaves through Team1, which has 4 members.',
      subjects: [
        // The model's entities carry more than their identity.
        { ...entity('team', 'Team1'), technology: 'lbfo' } as Entity,
        entity('adapter', 'NIC\u202E1'),
      ],
      evidence: { memberCount: 4, linkBitsPerSecond: 1_000_000_000 },
      advice: 'Take two members out of the team.',
      fixes: [],
    },
    {
      id: 'single-session@22',
      rule: 'single-session',
      severity: 'warning',
      title: 'One session carries everything',
      message: 'san01 has 1 session.',
      subjects: [entity('target', 'san01')],
      evidence: {},
      advice: 'Open a second session.',
      fixes: ['iscsi-add-session'],
    },
  ],
  rules: [
    { rule: 'iscsi-on-team', title: 'No iSCSI over LBFO', result: 'findings' },
    { rule: 'single-session', title: 'Sessions are spread', result: 'findings' },
    {
      rule: 'mpio-missing',
      title: 'MPIO is there',
      result: 'not-evaluated',
      reason: 'WindowsFeature failed: Access is denied.',
      remedy: 'Start Switchyard elevated.',
    },
    {
      rule: 'smb-teamed',
      title: 'SMB is not teamed',
      result: 'not-applicable',
      reason: 'No SMB storage is used.',
    },
    { rule: 'same-member', title: 'vNICs use different members', result: 'fine' },
  ],
  interfaces: [],
  observed: { ok: 60, asked: 62 },
  gaps: [
    {
      observation: 'WindowsFeature',
      status: 'failed',
      error: { kind: 'access-denied', message: 'Access is denied.' },
    },
    {
      observation: 'NetIntent',
      status: 'unavailable',
      error: { kind: 'not-on-this-windows', message: 'Windows Server 2019 has no Network ATC.' },
    },
  ],
};
