/** What changed between two looks so that traffic before and after cannot be judged as one. */
import type { HostModel } from '#shared/host/host-model.ts';
import type { SeriesMark } from '#shared/sample.ts';

/** A thing, and all of it that decides which way traffic takes. */
interface Fact {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

function fact(key: string, label: string, ...decisive: readonly unknown[]): Fact {
  return { key, label, value: JSON.stringify(decisive) };
}

function pathFacts({ disks }: HostModel): readonly Fact[] {
  return disks.flatMap(({ id, name, mpio }) => [
    ...(mpio?.lbPolicy === undefined ? [] : [fact(id, `policy of ${name}`, mpio.lbPolicy)]),
    ...(mpio?.paths ?? []).map(({ pathId, state, weight }) =>
      fact(`${id}/${pathId}`, `path ${pathId} of ${name}`, state, weight),
    ),
  ]);
}

function topologyFacts({ adapters, teams, vnics, sessions, smbServers }: HostModel): readonly Fact[] {
  return [
    ...adapters.map(({ id, name, isUp, speedBitsPerSecond }) => fact(id, name, isUp, speedBitsPerSecond)),
    ...teams.map(({ id, name, teamingMode, lbAlgorithm, members }) =>
      fact(
        id,
        `team ${name}`,
        teamingMode,
        lbAlgorithm,
        members.map(({ adapterId, mode, state }) => [adapterId, mode, state]),
      ),
    ),
    ...vnics.map(({ id, name, isUp, mappedMember, seenOnAdapterIds }) =>
      fact(id, name, isUp, mappedMember?.adapterId, seenOnAdapterIds),
    ),
    ...sessions.map(({ id, name, isConnected, connections }) =>
      fact(
        id,
        `session ${name}`,
        isConnected,
        connections.map((connection) => connection.interfaceId),
      ),
    ),
    ...smbServers.flatMap(({ channels }) =>
      channels.map(({ id, name, isSelected, isFailed }) => fact(id, `channel ${name}`, isSelected, isFailed)),
    ),
  ];
}

/** Labels of what came, went or is otherwise. */
function changed(before: readonly Fact[], after: readonly Fact[]): readonly string[] {
  const was = new Map(before.map(({ key, value }) => [key, value]));
  const is = new Set(after.map(({ key }) => key));
  return [
    ...before.filter(({ key }) => !is.has(key)).map(({ label }) => label),
    ...after.filter(({ key, value }) => was.get(key) !== value).map(({ label }) => label),
  ];
}

/** Up to this many are named. */
const mostNamed = 3;

function sentence(labels: readonly string[]): string {
  const more = labels.length - mostNamed;
  return `Changed: ${labels.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** At most one of each kind. */
export function modelMarks(before: HostModel, after: HostModel): readonly Omit<SeriesMark, 'timeMs'>[] {
  const topology = changed(topologyFacts(before), topologyFacts(after));
  const paths = changed(pathFacts(before), pathFacts(after));
  return [
    ...(topology.length > 0 ? [{ kind: 'topology', message: sentence(topology) } as const] : []),
    ...(paths.length > 0 ? [{ kind: 'path-state', message: sentence(paths) } as const] : []),
  ];
}
