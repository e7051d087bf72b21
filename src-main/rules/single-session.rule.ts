/** iSCSI disks with one session of one connection, although the host or the target has more ways to offer. */
import type { IscsiSession } from '#shared/host/host-model.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToWiredSessions,
  areSurelyConnected,
  connectionCount,
  diskIdentity,
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
import {
  isEveryIscsiDiskMultipathed,
  isMultipathAnswered,
  livePaths,
  multipathFeature,
} from './multipath.ts';
import { counted, distinctById, listed, sentence } from './wording.ts';

export const rule = defineRule({
  id: 'single-session',
  severities: ['warning', 'info'],
  title: 'iSCSI disks use the paths that the host and the target have',
  failureTitle: 'One iSCSI session uses one path of several',
  needs: ['IscsiSession', 'IscsiConnection', 'IscsiTarget', 'NetAdapter', 'NetIPAddress', 'Disk'],
  fixes: ['iscsi-add-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => judgeWiredGroups(facts, { judge, causeOf, findingFor }),
});

/**
 * The unused ways of a group with one path; `used` where it has more than one, `no-other` where there is no way unused;
 * else why that is not known.
 */
function judge(facts: HostFacts, group: WiredGroup): Reach | string {
  const { model } = facts;
  // A session without a disk carries no storage; a boot disk's session is the firmware's.
  if (group.joinedBy === 'no-disk') return 'used';
  if (group.disks.length > 0 && group.disks.every((disk) => disk.isBootOrSystem === true)) return 'used';
  if (group.sessions.length > 1) {
    return areSurelyConnected(group.sessions, 2)
      ? 'used'
      : `Which sessions to ${targetNames(model, group)} are connected is not known.`;
  }
  if (group.disks.some((disk) => livePaths(disk) > 1)) return 'used';
  if (group.joinedBy === 'disk' && mayBeOneDiskTwice(facts, group)) {
    return `Whether the sessions to ${targetNames(model, group)} lead to one disk is not known: the disks have no id to compare.`;
  }
  const connections = connectionCount(group.wired[0]);
  if (connections === undefined) {
    return `How many connections the session to ${targetNames(model, group)} has is not known.`;
  }
  if (connections > 1) return 'used';
  if (group.joinedBy === 'iqn') {
    if (isEveryIscsiDiskMultipathed(facts)) return 'used';
    if (!isMultipathAnswered(facts)) {
      return `The disks behind the session to ${targetNames(model, group)} are not known, and MPIO could not be asked.`;
    }
  }
  const reach = reachOf(facts, group);
  if (reach.adapters.length > 1 || reach.portals.length > 1) return reach;
  if (reach.doubtfulSpare.length > 0) {
    return `Whether ${listed(reach.doubtfulSpare.map(({ name }) => name))} could carry a session is not known: the routes could not be read.`;
  }
  if (!reach.ends.isComplete) {
    return `The interface that the session to ${targetNames(model, group)} leaves by is not known.`;
  }
  if (!reach.arePortalsKnown) {
    return `Which portals ${targetNames(model, group)} offers is not known.`;
  }
  const vague = model.addresses.filter(
    ({ interfaceId, prefixLength }) => interfaceId !== undefined && prefixLength === undefined,
  );
  if (vague.length > 0) {
    return `Which subnet ${listed(vague.map(({ ipAddress }) => ipAddress))} stands in is not known.`;
  }
  return 'no-other';
}

/** A disk without an id, and another session to its target: both may show the same disk. */
function mayBeOneDiskTwice({ model }: HostFacts, group: WiredGroup): boolean {
  const hasIds = group.disks.length > 0 && group.disks.every((disk) => diskIdentity(disk) !== undefined);
  const toSameTargets = model.sessions.filter(
    ({ isConnected, targetId }) => isConnected !== false && group.targetIds.includes(targetId),
  );
  return !hasIds && toSameTargets.length > group.sessions.length;
}

/** Groups that lack a second session for the same reason are one finding. */
function causeOf({ ends, adapters, portals }: Reach): string {
  const ids = (things: readonly { readonly id: string }[]): string =>
    things
      .map(({ id }) => id)
      .sort()
      .join(',');
  return [ids(ends.interfaces), ids(adapters), [...portals].sort().join(',')].join('|');
}

function findingFor(facts: HostFacts, { groups, reach }: UnusedWays): RuleFinding {
  const { model } = facts;
  const [first, ...others] = distinctById(groups.flatMap(({ wired }) => wired));
  const sessions: readonly [IscsiSession, ...IscsiSession[]] = [first ?? groups[0].wired[0], ...others];
  const from = reach.ends.addresses;
  const to = targetAddresses(sessions);
  const pair = from.length === 1 && to.length === 1 ? `, ${from[0] ?? ''} to ${to[0] ?? ''}` : '';
  const adapters = reach.adapters.map(({ name }) => name);
  const unused = [
    ...(adapters.length > 1 ? [`${adapters.length} adapters (${listed(adapters)})`] : []),
    ...(reach.portals.length > 1
      ? [`${reach.portals.length} target portals (${listed(reach.portals)})`]
      : []),
  ].join(' and ');
  const names = groups.flatMap((group) => groupNames(model, group));
  const lost = lostSessions(facts, groups);
  const perTarget = groups.some(({ joinedBy }) => joinedBy === 'iqn')
    ? ' (judged by target: which disks the sessions lead to is not known)'
    : '';
  return {
    severity: isGuest(model) ? 'info' : 'warning',
    message: `${listed(names)} ${names.length === 1 ? 'has' : 'have'} one connected iSCSI session with one connection${groups.length > 1 ? ' each' : ''}${pair}${perTarget}: that is one path, while ${unused} could carry more.`,
    subjects: sessionSubjects(model, sessions),
    evidence: {
      sessions: sessions.length,
      sessionsNotConnected: lost,
      connectionsPerSession: 1,
      initiatorAddresses: [...from],
      targetAddresses: [...to],
      usableAdapters: adapters,
      usablePortals: [...reach.portals],
      disks: groups.flatMap(({ disks }) => disks.map(({ number }) => number)),
      targets: sessionSubjects(model, sessions).flatMap(({ kind, name }) =>
        kind === 'target' ? [name] : [],
      ),
    },
    advice: adviceFor(facts, reach, lost),
  };
}

/** Sessions of the same targets that are there and not connected: a path that was meant to be. */
function lostSessions({ model }: HostFacts, groups: readonly WiredGroup[]): number {
  const targetIds = new Set(groups.flatMap((group) => group.targetIds));
  return model.sessions.filter(
    ({ targetId, isConnected }) => isConnected === false && targetIds.has(targetId),
  ).length;
}

function adviceFor(facts: HostFacts, reach: Reach, lost: number): string {
  const { interfaces } = reach.ends;
  const pairs = Math.max(reach.spare.length + interfaces.length, reach.portals.length);
  const steps = [
    ...(multipathFeature(facts) === 'absent'
      ? [
          'install Multipath I/O and let it claim iSCSI disks, since without it a second session shows every disk twice',
        ]
      : []),
    ...(lost > 0
      ? [
          `find out why ${counted(lost, 'further session')} to the same target ${lost === 1 ? 'is' : 'are'} not connected`,
        ]
      : []),
    ...(interfaces.length > 0 && interfaces.every(({ kind }) => kind === 'team-nic')
      ? ['move iSCSI off the team']
      : []),
    ...(reach.spare.length === 0 && interfaces.some(({ kind }) => kind === 'vnic') && reach.portals.length < 2
      ? ['give the vSwitch a second storage vNIC with an address of its own']
      : []),
    `make one session for each pair of initiator and target portal (${pairs < 2 ? 'two or more' : `${pairs} here`}, or what the array's vendor asks for), multipath-enabled and persistent, with both addresses named`,
  ];
  return `${sentence(steps.join('; then '))}.`;
}
