/** Sessions of several connections: they are paths of their own, apart from MPIO. */
import type { IscsiSession } from '#shared/host/host-model.ts';
import { wiredSessions, targetById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToWiredSessions, connectionCount, sessionSubjects } from './iscsi-paths.ts';
import { policyWords } from './multipath.ts';
import { counted } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-mcs',
  severities: ['warning', 'info'],
  title: 'No iSCSI session has several connections',
  failureTitle: 'An iSCSI session has several connections',
  needs: ['IscsiSession', 'IscsiConnection'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: wiredSessions(facts.model),
      see: (session) => {
        const count = connectionCount(session);
        const name = targetById(facts.model, session.targetId)?.name ?? session.name;
        if (count === undefined)
          return { doubt: `How many connections the session to ${name} has is not known.` };
        if (count < 2) return 'well';
        const pairs = pairsOf(session);
        return pairs.length < 2 && !isPlaced(session, count)
          ? { doubt: `Between which addresses the connections to ${name} run is not known.` }
          : { bad: { session, name, count, pairs } };
      },
      report: (bad) =>
        bad.map(({ session, name, count, pairs }) => {
          const policy = policyOf(facts, session);
          const isOne = pairs.length < 2;
          return {
            severity: isOne ? 'warning' : 'info',
            message: isOne
              ? `The session to ${name} has ${counted(count, 'connection')}, all over one pair of addresses (${pairs[0] ?? ''}): they share one link.`
              : `The session to ${name} has ${counted(count, 'connection')} over ${counted(pairs.length, 'pair')} of addresses${policy === undefined ? '' : `, used by ${policy}`}: they are paths inside the session, and Multipath I/O sees one.`,
            subjects: sessionSubjects(facts.model, [session]),
            evidence: { connections: count, pairs: [...pairs], policy: policy ?? null },
            advice: isOne
              ? 'Give the connections addresses on different adapters and portals, or make sessions instead and let Multipath I/O use them; ask the vendor which of the two the array supports.'
              : 'Nothing to do where the array supports several connections in a session. Most vendors ask for sessions under Multipath I/O instead; never mix both to one disk without asking.',
          };
        }),
      none: 'This host has no connected iSCSI session.',
      isForGuests: true,
    }),
});

function pairsOf({ connections }: IscsiSession): readonly string[] {
  return [
    ...new Set(
      connections.flatMap(({ localAddress, targetAddress }) =>
        localAddress === undefined || targetAddress === undefined
          ? []
          : [`${localAddress} to ${targetAddress}`],
      ),
    ),
  ];
}

function isPlaced({ connections }: IscsiSession, count: number): boolean {
  return (
    connections.length >= count &&
    connections.every(
      ({ localAddress, targetAddress }) => localAddress !== undefined && targetAddress !== undefined,
    )
  );
}

function policyOf({ snapshot }: HostFacts, { sessionIdentifier }: IscsiSession): string | undefined {
  const { IscsiMcsPolicy } = snapshot.readings;
  const found =
    IscsiMcsPolicy.status === 'ok'
      ? IscsiMcsPolicy.records.find(
          (one) => one.sessionIdentifier?.toLowerCase() === sessionIdentifier.toLowerCase(),
        )
      : undefined;
  return found?.lbPolicy === undefined ? undefined : policyWords[found.lbPolicy];
}
