/** The teams that storage goes through, with what goes through them: shared by the rules on teams and on vNICs. */
import type { Adapter, Team, TeamNic } from '#shared/host/host-model.ts';
import { activeMembers, interfaceById, memberAdapters } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import { storageInterfaces, type StorageInterface } from './interface-uses.ts';

export interface StorageTeam {
  readonly team: Team;
  /** The storage interfaces over it: vNICs or team NICs. */
  readonly over: readonly [StorageInterface, ...StorageInterface[]];
  readonly active: readonly Adapter[];
  readonly members: readonly Adapter[];
}

export function storageTeams(facts: HostFacts): readonly StorageTeam[] {
  const found = new Map<string, { team: Team; over: [StorageInterface, ...StorageInterface[]] }>();
  for (const one of storageInterfaces(facts).inUse) {
    if (one.team === undefined) continue;
    const there = found.get(one.team.id);
    if (there === undefined) found.set(one.team.id, { team: one.team, over: [one] });
    else there.over.push(one);
  }
  return [...found.values()].map(({ team, over }) => ({
    team,
    over,
    active: activeMembers(facts.model, team),
    members: memberAdapters(facts.model, team),
  }));
}

/** The NICs that an LBFO team presents; undefined entries of the model are left out. */
export function teamNicsOf({ model }: HostFacts, team: Team): readonly TeamNic[] {
  return team.teamNicIds.flatMap((id) => {
    const found = interfaceById(model, id);
    return found?.kind === 'team-nic' ? [found] : [];
  });
}

/** LBFO teams of the host. */
export function lbfoTeams({ model }: HostFacts): readonly Team[] {
  return model.teams.filter(({ technology }) => technology === 'lbfo');
}

export const noLbfoTeam = 'This host has no LBFO team.';
export const noLbfoUnderSwitch = 'No vSwitch of this host stands on an LBFO team.';
export const noStorageTeam = 'No storage of this host goes through a team.';
