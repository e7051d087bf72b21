/** Round robin over sessions that are not spread evenly over the adapters: one adapter gets more than its share. */
import type { IscsiSession } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { staysOnHost, wayOut, type HostInterface } from '../path-graph/walks.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToWiredSessions,
  groupNames,
  localEnds,
  sessionSubjects,
  wiredGroups,
  type WiredGroup,
} from './iscsi-paths.ts';
import { distinctById, listed } from './wording.ts';

interface Uneven {
  readonly group: WiredGroup;
  readonly shares: readonly Share[];
}

interface Share {
  readonly from: HostInterface;
  readonly sessions: number;
  readonly bitsPerSecond: number | undefined;
}

export const rule = defineRule({
  id: 'iscsi-sessions-uneven',
  severities: ['warning', 'info'],
  title: 'Sessions used in turn are spread evenly over the adapters',
  failureTitle: 'Sessions used in turn are not spread evenly over the adapters',
  needs: ['IscsiSession', 'IscsiConnection', 'NetAdapter', 'NetIPAddress', 'Disk', ['MpioDisk', 'Mpclaim']],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: wiredGroups(facts.model),
      see: (group) => see(facts, group),
      report: (uneven) => findingsFor(facts, uneven),
      none: 'No iSCSI disk of this host uses several adapters in turn.',
      rests: ['MpioDisk'],
    }),
});

function see(facts: HostFacts, group: WiredGroup): Seen<Uneven> {
  const { model } = facts;
  if (group.wired.length < 3) return group.wired.length === 2 ? 'well' : 'not-about';
  if (group.joinedBy === 'iqn') return { doubt: 'Which disks the iSCSI sessions lead to is not known.' };
  // A path that ends here, or an HBA beside the adapters, is uneven on purpose.
  if (group.sessions.some((session) => session.isOffloaded || staysOnHost(model, session))) {
    return 'not-about';
  }
  const held = group.disks.flatMap(({ mpio }) => mpio ?? []);
  if (held.length < group.disks.length) return 'not-about';
  if (held.some(({ lbPolicy, dsmName }) => lbPolicy === undefined || dsmName === undefined)) {
    return { doubt: `The path policy of ${listed(groupNames(model, group))} is not known.` };
  }
  const inTurn = held.every(
    ({ lbPolicy, isMicrosoftDsm, paths }) =>
      isMicrosoftDsm &&
      (lbPolicy === 'RR' || lbPolicy === 'RRWS') &&
      paths.every(({ state }) => state === 'Active/Optimized' || state === undefined),
  );
  if (!inTurn) return 'not-about';
  // A session that is lost is a fault of its own.
  if (
    model.sessions.some(
      ({ isConnected, targetId }) => isConnected === false && group.targetIds.includes(targetId),
    )
  ) {
    return 'not-about';
  }
  const ends = localEnds(model, group.wired);
  if (!ends.isComplete) {
    return {
      doubt: `The interface that some sessions to ${listed(groupNames(model, group))} leave by is not known.`,
    };
  }
  const shares = ends.interfaces.map((from) => shareOf(facts, group.wired, from));
  const counts = shares.map(({ sessions }) => sessions);
  return shares.length < 2 || Math.max(...counts) === Math.min(...counts)
    ? 'well'
    : { bad: { group, shares } };
}

function shareOf({ model }: HostFacts, sessions: readonly IscsiSession[], from: HostInterface): Share {
  const speeds = wayOut(model, from).adapters.flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []);
  return {
    from,
    sessions: sessions.filter(({ connections }) =>
      connections.some(({ interfaceId }) => interfaceId === from.id),
    ).length,
    bitsPerSecond: speeds.length === 0 ? undefined : Math.max(...speeds),
  };
}

/** Groups that share their sessions' spread are one finding. */
function findingsFor(facts: HostFacts, uneven: readonly Uneven[]): readonly RuleFinding[] {
  const causes = Map.groupBy(uneven, ({ shares }) =>
    shares.map(({ from, sessions }) => `${from.id} ${sessions}`).join('|'),
  );
  return [...causes.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { shares, group } = first;
    const total = shares.reduce((sum, { sessions }) => sum + sessions, 0);
    const most = shares.reduce((top, one) => (one.sessions > top.sessions ? one : top));
    const speeds = new Set(shares.map(({ bitsPerSecond }) => bitsPerSecond));
    const names = same.flatMap(({ group: one }) => groupNames(facts.model, one));
    const isAlike = speeds.size === 1;
    const speed = most.bitsPerSecond;
    const limit =
      isAlike && speed !== undefined
        ? `: with equal turns ${most.from.name} holds the whole to ${formatBitsPerSecond((speed * total) / most.sessions)} of ${formatBitsPerSecond(speed * shares.length)}`
        : '';
    const said = shares.map(({ from, sessions }) => `${sessions} by ${from.name}`);
    const wired = distinctById(same.flatMap(({ group: one }) => one.wired));
    return [
      {
        severity: isAlike ? 'warning' : 'info',
        message: `${listed(names)} ${names.length === 1 ? 'has' : 'have'} ${total} sessions used in turn, ${listed(said)}${limit}.`,
        subjects: sessionSubjects(facts.model, [wired[0] ?? group.wired[0], ...wired.slice(1)]),
        evidence: {
          disks: same.flatMap(({ group: one }) => one.disks.map(({ number }) => number)),
          interfaces: shares.map(({ from }) => from.name),
          sessionsByInterface: shares.map(({ sessions }) => sessions),
          bitsPerSecond: shares.map(({ bitsPerSecond }) => bitsPerSecond ?? null),
        },
        advice: isAlike
          ? 'Make as many sessions from each adapter as from the others, or choose least queue depth, which does not deal turns out blindly.'
          : 'The adapters differ in speed, so more sessions on the faster one may be meant. Check that it is.',
      },
    ];
  });
}
