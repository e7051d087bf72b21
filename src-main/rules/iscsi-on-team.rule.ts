/** iSCSI sessions that leave straight from the NIC of an LBFO team, which hides its members from MPIO. */
import type { Entity, IscsiSession, Team } from '#shared/host/host-model.ts';
import type { Severity } from '#shared/finding.ts';
import { activeMembers, memberAdapters, teamUnder, type HostInterface } from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { appliesToWiredSessions, isGuest, localEnds, sessionSubjects, wiredGroups } from './iscsi-paths.ts';
import { multipathFeature } from './multipath.ts';
import { counted, distinctById, listed } from './wording.ts';

interface TeamUse {
  readonly team: Team;
  readonly teamNics: readonly HostInterface[];
  readonly sessions: readonly [IscsiSession, ...IscsiSession[]];
  readonly addresses: readonly string[];
  /** True where some disk has all its sessions on one NIC of the team: MPIO has one path to it. */
  readonly leavesOnePath: boolean;
}

export const rule = defineRule({
  id: 'iscsi-on-team',
  severities: ['error', 'warning', 'info'],
  title: 'No iSCSI session runs straight over an LBFO team',
  failureTitle: 'iSCSI runs straight over an LBFO team',
  needs: [
    'IscsiSession',
    'IscsiConnection',
    'NetAdapter',
    'NetIPAddress',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
  ],
  // Without Multipath I/O in effect the first is refused, and the others are the way to it.
  fixes: ['iscsi-members-out-of-team', 'mpio-install', 'mpio-claim-iscsi', 'iscsi-vnics-on-team'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => {
    const { model } = facts;
    if (isGuest(model)) {
      return {
        notApplicable: 'This is a virtual machine: its adapters are made redundant on its host.',
      };
    }
    const uses = model.teams.flatMap((team) => {
      const use = useOf(facts, team);
      return use === undefined ? [] : [use];
    });
    if (uses.length > 0) return uses.map((use) => findingFor(facts, use));
    const ends = localEnds(
      model,
      wiredGroups(model).flatMap(({ wired }) => wired),
    );
    return ends.isComplete
      ? []
      : { notEvaluated: 'The interface that some iSCSI connections leave by is not known.' };
  },
});

function useOf(facts: HostFacts, team: Team): TeamUse | undefined {
  const { model } = facts;
  if (team.technology !== 'lbfo') return undefined;
  const isOnTeam = (found: HostInterface): boolean =>
    found.kind === 'team-nic' && teamUnder(model, found)?.id === team.id;
  const sessions: IscsiSession[] = [];
  const teamNics: HostInterface[] = [];
  let leavesOnePath = false;
  for (const { wired } of wiredGroups(model)) {
    const onTeam = wired.filter((session) => localEnds(model, [session]).interfaces.some(isOnTeam));
    if (onTeam.length === 0) continue;
    sessions.push(...onTeam);
    const ends = localEnds(model, wired);
    teamNics.push(...ends.interfaces.filter(isOnTeam));
    const isJoined = wired.length > 1 && multipathFeature(facts) !== 'absent';
    if (!isJoined || (ends.isComplete && ends.interfaces.length === 1)) leavesOnePath = true;
  }
  const [first, ...others] = distinctById(sessions);
  if (first === undefined) return undefined;
  return {
    team,
    teamNics: distinctById(teamNics),
    sessions: [first, ...others],
    addresses: addressesOn(teamNics, [first, ...others]),
    leavesOnePath,
  };
}

function addressesOn(
  teamNics: readonly HostInterface[],
  sessions: readonly IscsiSession[],
): readonly string[] {
  const ids = new Set(teamNics.map(({ id }) => id));
  return [
    ...new Set(
      sessions.flatMap(({ connections }) =>
        connections.flatMap(({ interfaceId, localAddress }) =>
          interfaceId !== undefined && ids.has(interfaceId) && localAddress !== undefined
            ? [localAddress]
            : [],
        ),
      ),
    ),
  ];
}

/** A team of one adapter hides nothing; it is still a layer that array vendors may not support. */
function severityOf({ team, leavesOnePath }: TeamUse): Severity {
  if (team.members.length === 1) return 'info';
  return leavesOnePath ? 'error' : 'warning';
}

function findingFor(facts: HostFacts, use: TeamUse): RuleFinding {
  const { team, teamNics, sessions, addresses } = use;
  const { model } = facts;
  const members = team.members.map(({ name }) => name);
  const targets = sessionSubjects(model, sessions).filter(({ kind }) => kind === 'target');
  const severity = severityOf(use);
  const from = addresses.length === 0 ? '' : ` from ${listed(addresses)}`;
  const verb = sessions.length === 1 ? 'leaves' : 'leave';
  const seen =
    `${counted(sessions.length, 'iSCSI session')} to ${listed(targets.map(({ name }) => name))} ${verb}${from} ` +
    `straight on ${listed(teamNics.map(({ name }) => name))}, the NIC of LBFO team ${team.name}`;
  const subjects: readonly [Entity, ...Entity[]] = [team, ...teamNics, ...sessionSubjects(model, sessions)];
  return {
    severity,
    message: {
      error: `${seen}: MPIO sees one path instead of ${counted(members.length, 'member')} (${listed(members)}), which is not a recommended design.`,
      warning: `${seen}: the team hides its ${counted(members.length, 'member')} (${listed(members)}) from MPIO, which is not a recommended design.`,
      info: `${seen}, which has one member (${listed(members)}): nothing is hidden from MPIO, but the team is a layer that many array vendors don't support.`,
    }[severity],
    subjects,
    evidence: {
      team: team.name,
      teamNics: teamNics.map(({ name }) => name),
      members,
      activeMembers: activeMembers(model, team).map(({ name }) => name),
      memberBitsPerSecond: memberAdapters(model, team).map(
        ({ speedBitsPerSecond }) => speedBitsPerSecond ?? null,
      ),
      teamingMode: team.teamingMode ?? null,
      lbAlgorithm: team.lbAlgorithm ?? null,
      sessions: sessions.length,
      initiatorAddresses: [...addresses],
      targets: targets.map(({ name }) => name),
    },
    advice: adviceFor(facts),
  };
}

function adviceFor({ model }: HostFacts): string {
  const { release, isClient } = model.host;
  const mayCarrySwitch =
    isClient !== true && release !== undefined && release !== '2022' && release !== '2025';
  const overTeam = mayCarrySwitch
    ? 'from management OS vNICs on a vSwitch over the team'
    : 'from management OS vNICs on a vSwitch with Switch Embedded Teaming';
  return (
    `Let MPIO do the multipathing: run the sessions from adapters outside the team, or ${overTeam}. ` +
    'Make the new sessions before the old ones go. Many array vendors do not support iSCSI over a team; ask yours.'
  );
}
