/** iSCSI over a converged team through one management OS vNIC only, which is one path. */
import type { IscsiSession, Team, VNic } from '#shared/host/host-model.ts';
import { wayOut } from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToWiredSessions,
  isGuest,
  reachOf,
  sessionSubjects,
  targetNames,
  wiredGroups,
  type Reach,
  type WiredGroup,
} from './iscsi-paths.ts';
import { fineIfRead } from './readings.ts';
import { distinctById, listed } from './wording.ts';

interface LoneVNic {
  readonly vnic: VNic;
  readonly team: Team;
  readonly members: readonly string[];
  readonly sessions: readonly [IscsiSession, ...IscsiSession[]];
  readonly reach: Reach;
}

export const rule = defineRule({
  id: 'converged-vnics',
  severities: ['warning'],
  title: 'Storage over a converged team has several vNICs',
  failureTitle: 'One storage vNIC over a converged team is one path',
  needs: [
    'IscsiSession',
    'IscsiConnection',
    'NetAdapter',
    'NetIPAddress',
    'VMSwitch',
    'VMNetworkAdapter',
    'VMSwitchTeam',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
  ],
  fixes: ['storage-vnic-add'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => {
    const { model } = facts;
    if (isGuest(model)) {
      return { notApplicable: 'This is a virtual machine: its adapters are made redundant on its host.' };
    }
    const lone = new Map<string, LoneVNic>();
    let doubt: string | undefined;
    let isAnyConverged = false;
    for (const group of wiredGroups(model)) {
      const verdict = judge(facts, group);
      if (verdict === 'elsewhere') continue;
      isAnyConverged = true;
      if (verdict === 'several') continue;
      if (typeof verdict === 'string') doubt ??= verdict;
      else {
        const there = lone.get(verdict.vnic.id);
        const [head, ...tail] = distinctById([...(there?.sessions ?? []), ...verdict.sessions]);
        lone.set(verdict.vnic.id, { ...verdict, sessions: [head ?? verdict.sessions[0], ...tail] });
      }
    }
    if (lone.size > 0) return [...lone.values()].map((one) => findingFor(facts, one));
    if (doubt !== undefined) return { notEvaluated: doubt };
    if (!isAnyConverged) {
      return { notApplicable: 'No iSCSI session leaves by a vNIC over a team with several active members.' };
    }
    return fineIfRead(facts.snapshot, ['IscsiTarget']);
  },
});

/** The one vNIC over a team; `several` or `elsewhere` where there is no such one; else why that is not known. */
function judge(facts: HostFacts, group: WiredGroup): LoneVNic | string {
  const { model } = facts;
  const reach = reachOf(facts, group);
  const { interfaces, isComplete } = reach.ends;
  const [vnic, ...others] = interfaces;
  if (others.length > 0) return interfaces.some(({ kind }) => kind === 'vnic') ? 'several' : 'elsewhere';
  if (!isComplete) {
    return `The interface that some sessions to ${targetNames(model, group)} leave by is not known.`;
  }
  if (vnic?.kind !== 'vnic') return 'elsewhere';
  const { team, adapters, isInternal, unknownBecause } = wayOut(model, vnic);
  if (isInternal) return 'elsewhere';
  if (unknownBecause !== undefined) return unknownBecause;
  if (team === undefined || adapters.length < 2) return 'elsewhere';
  // Another interface that reaches the target is there already: what is missing is its session.
  if (reach.spare.length > 0) return 'several';
  if (reach.doubtfulSpare.length > 0) {
    return `Whether ${listed(reach.doubtfulSpare.map(({ name }) => name))} is for storage is not known: the routes could not be read.`;
  }
  return { vnic, team, members: adapters.map(({ name }) => name), sessions: group.wired, reach };
}

function findingFor({ model }: HostFacts, { vnic, team, members, sessions, reach }: LoneVNic): RuleFinding {
  const subjects = sessionSubjects(model, sessions);
  const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
  const address = reach.ends.addresses.length === 0 ? '' : ` (${listed(reach.ends.addresses)})`;
  const technology = team.technology === 'set' ? 'Switch Embedded Teaming' : 'LBFO';
  return {
    severity: 'warning',
    message: `${vnic.name}${address} is the only vNIC that carries iSCSI to ${listed(targets)}: one vNIC is one path for MPIO, although team ${team.name} (${technology}) under it has ${members.length} active members (${listed(members)}).`,
    subjects: [vnic, team, ...subjects],
    evidence: {
      storageVnics: 1,
      vnic: vnic.name,
      initiatorAddresses: [...reach.ends.addresses],
      team: team.name,
      technology: team.technology,
      activeMembers: [...members],
      sessions: sessions.length,
      targets,
    },
    advice:
      'Add a second storage vNIC to the same vSwitch, with an address of its own, no gateway and no DNS registration, and make a session from each of the two; with Switch Embedded Teaming map each to a member of its own.',
  };
}
