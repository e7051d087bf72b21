/** An adapter that a team or a storage path rests on has no link. */
import type { Adapter, Entity, IscsiSession } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import {
  addressById,
  channelsInUse,
  interfaceById,
  interfacesOf,
  sessionsAt,
  sessionsOfTarget,
  type HostInterface,
} from '../path-graph/walks.ts';
import { netAdapterOf, teamsWithMembers } from './adapter-facts.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';
import { counted, listed } from './wording.ts';

/** What shares its adapters: a team, or an interface that stands on one adapter alone. */
interface Path {
  readonly of: Entity;
  readonly adapters: readonly Adapter[];
  readonly unknown: readonly string[];
  readonly isStorage: boolean;
  /** An adapter alone: the storage behind it is reached another way as well. */
  readonly isCovered: boolean;
  /** An adapter alone that nothing uses now, and that carried storage in the pinned look. */
  readonly isFormer: boolean;
}

interface Down extends Path {
  readonly down: readonly [Adapter, ...Adapter[]];
}

export const rule = defineRule({
  id: 'path-nic-down',
  severities: ['error', 'warning'],
  title: 'Every adapter of a team or a storage path has a link',
  failureTitle: 'An adapter of a path has no link',
  needs: ['NetAdapter', ['NetLbfoTeam', 'VMSwitch', 'IscsiSession', 'SmbMultichannelConnection']],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: paths(facts),
      see: (path) => see(facts, path),
      report: (bad) => bad.map((one) => findingFor(one)),
      none: 'This host has no team, and no storage path over an adapter of its own.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'VMSwitch', 'VMSwitchTeam'],
    }),
});

function paths(facts: HostFacts): readonly Path[] {
  const { model } = facts;
  const storage = storageInterfaces(facts).inUse;
  const storageTeams = new Set(storage.flatMap(({ team }) => team?.id ?? []));
  const teams = teamsWithMembers(facts).map(({ team, members }) => ({
    of: team,
    adapters: members,
    unknown: team.members.flatMap(({ adapterId, name }) => (adapterId === undefined ? [name] : [])),
    isStorage: storageTeams.has(team.id),
    isCovered: false,
    isFormer: false,
  }));
  const alone = new Set(
    [...storage.map((one) => one.interface), ...interfacesOfLostSessions(facts)].flatMap((found) =>
      found.kind === 'adapter' && found.teamId === undefined ? [found] : [],
    ),
  );
  const former = formerStorage(facts);
  return [
    ...teams,
    ...model.adapters.flatMap((adapter): readonly Path[] => {
      const isUsed = alone.has(adapter);
      const isFormer = !isUsed && adapter.teamId === undefined && former.has(adapter.id);
      if (!isUsed && !isFormer) return [];
      const covered = isUsed && isCovered(facts, adapter);
      return [
        { of: adapter, adapters: [adapter], unknown: [], isStorage: true, isCovered: covered, isFormer },
      ];
    }),
  ];
}

/** Ids of the adapters that carried storage by themselves in the look that is pinned for the host. */
function formerStorage({ settings }: HostFacts): ReadonlySet<string> {
  const baseline = settings?.baseline;
  return new Set(
    baseline === undefined ? [] : storageInterfaces(baseline).inUse.map((one) => one.interface.id),
  );
}

/** Whatever storage the adapter leads to is reached now without it as well. */
function isCovered({ model }: HostFacts, adapter: Adapter): boolean {
  const sessions = sessionsAt(model, adapter);
  const here = new Set(sessions);
  const isThere = (session: IscsiSession): boolean =>
    session.isConnected === true &&
    !here.has(session) &&
    (session.isLoopback ||
      session.connections.some(({ interfaceId }) => interfaceById(model, interfaceId)?.isUp === true));
  const servers = model.smbServers
    .map((server) => channelsInUse(server))
    .filter((own) => own.some((one) => one.clientInterfaceId === adapter.id));
  return (
    sessions.length + servers.length > 0 &&
    sessions.every(
      ({ targetId, diskNumbers = [] }) =>
        sessionsOfTarget(model, targetId).some(isThere) ||
        (diskNumbers.length > 0 &&
          model.sessions.some(
            (other) => isThere(other) && diskNumbers.every((number) => other.diskNumbers?.includes(number)),
          )),
    ) &&
    servers.every((own) =>
      own.some(
        ({ clientInterfaceId }) =>
          clientInterfaceId !== adapter.id && interfaceById(model, clientInterfaceId)?.isUp === true,
      ),
    )
  );
}

/** Interfaces whose address a login named that is not connected now. */
function interfacesOfLostSessions({ model }: HostFacts): readonly HostInterface[] {
  const lost = new Set(
    model.sessions.flatMap(({ isConnected, isOffloaded, boundAddress }) =>
      isConnected === false && !isOffloaded ? (boundAddress ?? []) : [],
    ),
  );
  if (lost.size === 0) return [];
  return interfacesOf(model).filter(({ addressIds }) =>
    addressIds.some((id) => lost.has(addressById(model, id)?.ipAddress ?? '')),
  );
}

function see(facts: HostFacts, path: Path): Seen<Down> {
  const isToldDown = (adapter: Adapter): boolean => {
    const record = netAdapterOf(facts, adapter);
    return !adapter.isUp && (record?.status !== undefined || record?.mediaConnected === false);
  };
  const [first, ...others] = path.adapters.filter(isToldDown);
  if (first !== undefined) return { bad: { ...path, down: [first, ...others] } };
  const unknown = [...path.unknown, ...path.adapters.flatMap(({ isUp, name }) => (isUp ? [] : [name]))];
  if (unknown.length > 0) return { doubt: `Whether ${listed(unknown)} has a link is not known.` };
  return path.adapters.length === 0 ? 'not-about' : 'well';
}

function findingFor({ of, adapters, down, isStorage, isCovered: others, isFormer }: Down): RuleFinding {
  const left = adapters.filter(({ isUp }) => isUp);
  const isLast = left.length === 0;
  const names = down.map(({ name }) => name);
  const speed = left.flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []);
  const remains =
    speed.length === left.length ? ` (${formatBitsPerSecond(speed.reduce((a, b) => a + b, 0))})` : '';
  const states = down.map(({ name, status }) => `${name}: ${status ?? 'no link'}`);
  const place =
    of.kind === 'team'
      ? `${counted(down.length, 'member')} of ${adapters.length} in team ${of.name} ${down.length === 1 ? 'has' : 'have'} no link (${listed(states)})`
      : isFormer
        ? `${listed(names)} carried storage in the baseline and has no link (${listed(states)})`
        : `${listed(names)} carries iSCSI sessions or SMB channels and has no link (${listed(states)})`;
  return {
    severity: isLast && isStorage && !others && !isFormer ? 'error' : 'warning',
    message: isFormer
      ? `${place}: the paths over it are gone.`
      : isLast
        ? `${place}: ${of.kind === 'team' ? 'nothing is left to carry its traffic' : `the paths over it are lost${others ? ', others carry on' : ''}`}.`
        : `${place}; ${counted(left.length, 'adapter')}${remains} ${left.length === 1 ? 'carries' : 'carry'} everything, and the redundancy of the team is ${left.length === 1 ? 'gone' : 'smaller'}.`,
    subjects: of.kind === 'team' ? [...down, of] : [...down],
    evidence: {
      withoutLink: names,
      withLink: left.map(({ name }) => name),
      path: of.name,
      carriesStorage: isStorage,
    },
    advice:
      'See whether the cable, the transceiver and the switch port are in order and the port is enabled at both ends; a team member that is not meant to carry anything any more should be taken out of the team.',
  };
}
