/** What a target's figures take as given, in sentences. */
import { mappedAdapter } from './leg-limits.ts';
import type { CarriedLeg } from './leg-limits.ts';

export const targetLinks = 'The links of the target itself are not known and are taken as unlimited.';

export function mappingAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg }) => {
        const mapped = mappedAdapter(leg);
        return mapped === undefined || leg.endpoint === undefined || (leg.way?.adapters.length ?? 0) < 2
          ? []
          : [
              `${leg.endpoint.name} is on ${mapped.name}, as its team mapping prefers while that member is up.`,
            ];
      }),
    ),
  ];
}

/** Teams whose mode or algorithm could not be read may place streams in any way. */
export function teamAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg: { way } }) => {
        const team = way?.team;
        if (team === undefined || way === undefined || way.adapters.length < 2) return [];
        const isKnown =
          team.lbAlgorithm !== undefined && (team.technology === 'set' || team.teamingMode !== undefined);
        return isKnown
          ? []
          : [`How team ${team.name} places streams could not be read: certain and possible are bounds.`];
      }),
    ),
  ];
}

export function cutAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg }) =>
        leg.way?.isDown === true && leg.unknownBecause !== undefined
          ? [`What leaves there carries nothing: ${leg.unknownBecause}`]
          : [],
      ),
    ),
  ];
}

/** What is taken as given about the far end. */
export function farAssumptions(legs: readonly CarriedLeg[], isTold: boolean): readonly string[] {
  if (legs.every(({ portalLinks }) => portalLinks === undefined)) return [targetLinks];
  const open = legs.flatMap(({ leg, portalLinks }) =>
    portalLinks === undefined ? [leg.portal?.name ?? 'a portal'] : [],
  );
  return [
    isTold
      ? 'The links of the target are taken as you told them.'
      : "The speed of the server's interfaces is taken as the server reports it.",
    ...(open.length > 0
      ? [`The links behind ${[...new Set(open)].join(', ')} are not known and are taken as unlimited.`]
      : []),
  ];
}
