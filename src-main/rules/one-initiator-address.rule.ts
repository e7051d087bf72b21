/** Several iSCSI sessions that all leave by one interface, although another one is there. */
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToWiredSessions,
  groupNames,
  isGuest,
  judgeWiredGroups,
  reachOf,
  sessionSubjects,
  targetAddresses,
  targetNames,
  type Reach,
  type UnusedWays,
  type WiredGroup,
} from './iscsi-paths.ts';
import { counted, distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'one-initiator-address',
  severities: ['warning', 'info'],
  title: 'iSCSI sessions to one disk leave by different adapters',
  failureTitle: 'All iSCSI sessions leave by one adapter',
  needs: ['IscsiSession', 'IscsiConnection', 'IscsiTarget', 'NetAdapter', 'NetIPAddress'],
  fixes: ['iscsi-add-sessions', 'iscsi-replace-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => judgeWiredGroups(facts, { judge, causeOf, findingFor }),
});

/** The reach of a group whose sessions leave one adapter idle; `used` or `no-other` where they do not; else a doubt. */
function judge(facts: HostFacts, group: WiredGroup): Reach | string {
  const { model } = facts;
  if (group.wired.length < 2) return 'used';
  const reach = reachOf(facts, group);
  const { interfaces, isComplete } = reach.ends;
  if (interfaces.length > 1) return 'used';
  if (!isComplete) {
    return `The interface that some sessions to ${targetNames(model, group)} leave by is not known.`;
  }
  // On a team NIC the team is the cause, and iscsi-on-team says so.
  if (interfaces.some(({ kind }) => kind === 'team-nic')) return 'used';
  if (reach.spare.length > 0) return reach;
  if (reach.doubtfulSpare.length > 0) {
    return `Whether ${listed(reach.doubtfulSpare.map(({ name }) => name))} could carry a session is not known: the routes could not be read.`;
  }
  return 'no-other';
}

/** Sessions crowded on one interface beside the same idle ones have one cause. */
function causeOf({ ends, spare }: Reach): string {
  return [...ends.interfaces, ...spare].map(({ id }) => id).join(',');
}

function findingFor(facts: HostFacts, { groups, reach }: UnusedWays): RuleFinding {
  const { model } = facts;
  const [head, ...tail] = distinctById(groups.flatMap(({ wired }) => wired));
  const subjects = sessionSubjects(model, [head ?? groups[0].wired[0], ...tail]);
  const sessions = 1 + tail.length;
  const used = reach.ends.interfaces.map(({ name }) => name);
  const spare = reach.spare.map(({ name }) => name);
  const names = groups.flatMap((group) => groupNames(model, group));
  const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
  return {
    severity: isGuest(model) ? 'info' : 'warning',
    message: `All ${sessions} iSCSI sessions to ${listed(names)} leave from ${listed(reach.ends.addresses)} on ${listed(used)}, so they share that adapter, while ${listed(spare)} also ${spare.length === 1 ? 'reaches' : 'reach'} the target and ${spare.length === 1 ? 'carries' : 'carry'} none.`,
    subjects: [...subjects, ...reach.ends.interfaces],
    evidence: {
      sessions,
      initiatorAddresses: [...reach.ends.addresses],
      usedInterfaces: used,
      unusedInterfaces: spare,
      targetAddresses: [...targetAddresses(groups.flatMap(({ wired }) => wired))],
      targets,
    },
    advice: `Name both addresses in each session: make a session from the address of ${listed(spare)} to a portal in its subnet, multipath-enabled and persistent, and see its path come up before one of the present ${counted(sessions, 'session')} goes.`,
  };
}
