/** Storage vNICs that stand on one physical member of their team while another member carries none of them. */
import type { Measured } from '#shared/finding.ts';
import type { Adapter, SmbChannel, Team, VNic } from '#shared/host/host-model.ts';
import { activeMembers, storageEndpoints, teamUnder, wiredSessions } from '../path-graph/walks.ts';
import { queuesShowPlacement } from '../path-graph/vnics.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { isGuest, localEnds, withoutInitiator } from './iscsi-paths.ts';
import { fineIfRead, gapOf } from './readings.ts';
import { isStorageChannel, judgedServers } from './smb-storage.ts';
import { counted, listed } from './wording.ts';

interface Placed {
  readonly vnic: VNic;
  readonly member: Adapter;
  readonly source: 'mapping' | 'queues';
}

type Source = Placed['source'] | 'samples';

interface Shared {
  readonly team: Team;
  readonly vnics: readonly [VNic, ...VNic[]];
  readonly member: Adapter;
  readonly sources: readonly Source[];
  readonly freeMembers: readonly Adapter[];
  readonly measured?: Measured;
}

export const rule = defineRule({
  id: 'same-member',
  severities: ['warning'],
  title: 'Storage vNICs stand on different members of their team',
  failureTitle: 'Storage vNICs share one physical adapter',
  needs: [
    'NetAdapter',
    'VMSwitch',
    'VMNetworkAdapter',
    'VMSwitchTeam',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    ['IscsiSession', 'SmbMultichannelConnection'],
    ['VMNetworkAdapterTeamMapping', 'NetAdapterVmqQueue', 'NetAdapterVPort'],
  ],
  fixes: ['vnics-map-apart', 'team-algorithm'],
  evaluate: (facts) => {
    const { model, snapshot } = facts;
    if (isGuest(model)) {
      return { notApplicable: 'This is a virtual machine: its adapters are made redundant on its host.' };
    }
    const shared: Shared[] = [];
    let doubt: string | undefined;
    let areThereSeveral = false;
    for (const team of model.teams) {
      const vnics = storageVNicsOn(facts, team);
      if (vnics.length < 2 || activeMembers(model, team).length < 2) continue;
      areThereSeveral = true;
      const verdict = judge(facts, team, vnics);
      shared.push(...verdict.shared);
      doubt ??= verdict.doubt;
    }
    if (shared.length > 0) return shared.map((one) => findingFor(one));
    if (doubt !== undefined) return { notEvaluated: doubt };
    const iscsi = withoutInitiator(facts) === undefined ? (['IscsiSession', 'IscsiConnection'] as const) : [];
    const smb = ['NetIPAddress', 'SmbConnection', 'SmbMultichannelConnection'] as const;
    const traffic = fineIfRead(snapshot, [...iscsi, ...smb]);
    if ('notEvaluated' in traffic) return traffic;
    if (!localEnds(model, wiredSessions(model)).isComplete || hasUnknownChannel(facts)) {
      return { notEvaluated: 'The interface that some storage connections leave by is not known.' };
    }
    if (!areThereSeveral) {
      return {
        notApplicable: 'No team of this host has two or more storage vNICs over two or more active members.',
      };
    }
    return [];
  },
});

function storageVNicsOn({ model }: HostFacts, team: Team): readonly VNic[] {
  const servers = new Map(judgedServers(model).map((server) => [server.id, server]));
  const isForStorage = (channel: SmbChannel): boolean => {
    const server = servers.get(channel.serverId);
    return server !== undefined && isStorageChannel(server, channel);
  };
  return storageEndpoints(model).flatMap(({ interface: found, sessions, channels }) =>
    found.kind === 'vnic' &&
    (sessions.length > 0 || channels.some(isForStorage)) &&
    teamUnder(model, found)?.id === team.id
      ? [found]
      : [],
  );
}

function hasUnknownChannel({ model }: HostFacts): boolean {
  return judgedServers(model).some((server) =>
    server.channels.some(
      (channel) =>
        channel.isSelected && channel.clientInterfaceId === undefined && isStorageChannel(server, channel),
    ),
  );
}

function judge(
  facts: HostFacts,
  team: Team,
  vnics: readonly VNic[],
): { readonly shared: readonly Shared[]; readonly doubt?: string } {
  const members = activeMembers(facts.model, team);
  const measured = measuredOn(facts, team, vnics, members);
  if (team.technology === 'lbfo' && !queuesShowPlacement(team)) {
    if (measured.length > 0) return { shared: measured };
    return {
      shared: [],
      doubt: `Team ${team.name} works in a mode (${team.teamingMode ?? 'unknown'}, ${team.lbAlgorithm ?? 'unknown'}) in which a member's queues do not show which vNIC it carries.`,
    };
  }
  const mappings = vnics.flatMap((vnic) => mappingOf(vnic, members) ?? []);
  const sightings = vnics.flatMap((vnic) => sightingOf(vnic, members) ?? []);
  const shared = new Map<string, Shared>();
  for (const placed of [mappings, sightings]) {
    for (const one of crowdedIn(team, vnics, members, placed)) {
      const there = shared.get(one.member.id);
      shared.set(
        one.member.id,
        there === undefined ? one : { ...there, sources: [...there.sources, ...one.sources] },
      );
    }
  }
  for (const one of measured) {
    const there = shared.get(one.member.id);
    shared.set(
      one.member.id,
      there === undefined ? one : { ...one, ...there, sources: [...there.sources, 'samples'] },
    );
  }
  if (shared.size > 0) return { shared: [...shared.values()] };
  const mappingGap =
    team.technology === 'set' ? gapOf(facts.snapshot, 'VMNetworkAdapterTeamMapping') : undefined;
  if (mappingGap !== undefined) return { shared: [], doubt: mappingGap.reason };
  const placedIds = new Set([...mappings, ...sightings].map(({ vnic }) => vnic.id));
  const unplaced = vnics.filter(({ id }) => !placedIds.has(id));
  return unplaced.length === 0
    ? { shared: [] }
    : {
        shared: [],
        doubt: `Which member of team ${team.name} carries ${listed(unplaced.map(({ name }) => name))} is not known: ${team.technology === 'set' ? 'no team mapping is set and ' : ''}no member's queues show the MAC address.`,
      };
}

/** What was counted, where it shows one member under several of them. */
function measuredOn(
  { traffic }: HostFacts,
  team: Team,
  vnics: readonly VNic[],
  members: readonly Adapter[],
): readonly Shared[] {
  const found = traffic?.sharedMembers.find((one) => one.team.id === team.id);
  const member = members.find(({ id }) => id === found?.member.id);
  const [first, ...others] = vnics.filter(({ id }) => found?.vnics.some((vnic) => vnic.id === id));
  if (found === undefined || member === undefined || first === undefined || others.length === 0) return [];
  return [
    {
      team,
      vnics: [first, ...others],
      member,
      sources: ['samples'],
      freeMembers: members.filter((other) => other !== member),
      measured: { sinceMs: found.sinceMs, untilMs: found.window.toMs },
    },
  ];
}

function mappingOf(vnic: VNic, members: readonly Adapter[]): Placed | undefined {
  const member = members.find(({ id }) => id === vnic.mappedMember?.adapterId);
  return member === undefined ? undefined : { vnic, member, source: 'mapping' };
}

function sightingOf(vnic: VNic, members: readonly Adapter[]): Placed | undefined {
  const [seen, ...more] = vnic.seenOnAdapterIds ?? [];
  const member = more.length > 0 ? undefined : members.find(({ id }) => id === seen);
  return member === undefined ? undefined : { vnic, member, source: 'queues' };
}

/** Members with more storage vNICs than an even spread over the active members would give them. */
function crowdedIn(
  team: Team,
  vnics: readonly VNic[],
  members: readonly Adapter[],
  placed: readonly Placed[],
): readonly Shared[] {
  const on = (member: Adapter): readonly Placed[] => placed.filter((one) => one.member.id === member.id);
  const fairShare = Math.ceil(vnics.length / members.length);
  return members.flatMap((member) => {
    const here = on(member);
    const [first, ...others] = here.map(({ vnic }) => vnic);
    if (first === undefined || here.length < 2 || here.length <= fairShare) return [];
    const source = here[0]?.source ?? 'queues';
    return [
      {
        team,
        vnics: [first, ...others],
        member,
        sources: [source],
        freeMembers: members.filter((other) => on(other).length === 0),
      },
    ];
  });
}

function findingFor({ team, vnics, member, sources, freeMembers, measured }: Shared): RuleFinding {
  const names = vnics.map(({ name }) => name);
  const known = [
    ...(sources.includes('mapping') ? ['the team mapping puts them there'] : []),
    ...(sources.includes('queues')
      ? [
          sources.includes('mapping')
            ? 'its hardware queues show both'
            : 'their MAC addresses are in the hardware queues of that member alone',
        ]
      : []),
    ...(sources.includes('samples')
      ? ['counters show that the other members carried less than either of them']
      : []),
  ].join(', and ');
  const isSet = team.technology === 'set';
  // Under Dynamic what the host sends may move between members; what it receives comes in where the vNIC stands.
  const direction = team.lbAlgorithm === 'Dynamic' ? ', at least for what they receive' : '';
  return {
    severity: 'warning',
    message: `${counted(vnics.length, 'storage vNIC')} (${listed(names)}) ${sources.includes('mapping') ? 'are mapped to' : 'stand on'} ${member.name}, one member of team ${team.name}, and share its link${direction}: ${known}.`,
    subjects: [...vnics, member, team],
    ...(measured !== undefined && { measured }),
    evidence: {
      vnics: names,
      member: member.name,
      memberBitsPerSecond: member.speedBitsPerSecond ?? null,
      team: team.name,
      technology: team.technology,
      lbAlgorithm: team.lbAlgorithm ?? null,
      knownFrom: [...sources],
      membersWithoutStorageVnic: freeMembers.map(({ name }) => name),
    },
    advice: isSet
      ? 'Map each storage vNIC to a member of its own (Set-VMNetworkAdapterTeamMapping), then look again and measure: a mapping is a preference that holds while the member is up.'
      : 'An LBFO team cannot be told which member carries which vNIC. A change of its load-balancing algorithm places them anew, and Dynamic spreads what the host sends; Switch Embedded Teaming (Server 2016 and later) can map them apart. Whatever you choose, look again and measure afterwards.',
  };
}
