/** What a target's figures take as given, in sentences. */
import { formatBitsPerSecond } from '#shared/units.ts';
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

/**
 * What is taken as given about the far end. `told`: by address, in bit/s, what the user told of the links behind it;
 * of other addresses the server itself reports them.
 */
export function farAssumptions(
  legs: readonly CarriedLeg[],
  told: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  if (legs.every(({ portalLinks }) => portalLinks === undefined)) return [targetLinks];
  const portalOf = ({ leg }: CarriedLeg): string => leg.portal?.name ?? 'a portal';
  const open = legs.flatMap((one) => (one.portalLinks === undefined ? [portalOf(one)] : []));
  const isReported = legs.some(({ portalLinks }) => portalLinks !== undefined && !isTold(portalLinks, told));
  return [
    ...(told.size > 0 ? [`Told by you: ${[...told].map(linksText).join('; ')}.`] : []),
    ...(isReported ? ["The speed of the server's interfaces is taken as the server reports it."] : []),
    ...(open.length > 0
      ? [`The links behind ${[...new Set(open)].join(', ')} are not known and are taken as unlimited.`]
      : []),
  ];
}

function isTold(links: readonly number[], told: ReadonlyMap<string, readonly number[]>): boolean {
  return [...told.values()].includes(links);
}

/** "2 links of 1 Gb/s behind 10.0.10.101". */
function linksText([address, links]: readonly [string, readonly number[]]): string {
  const alike = [...Map.groupBy(links, (bitsPerSecond) => bitsPerSecond)].map(
    ([bitsPerSecond, { length }]) =>
      `${length === 1 ? 'one link' : `${length} links`} of ${formatBitsPerSecond(bitsPerSecond)}`,
  );
  return `${alike.join(' and ')} behind ${address}`;
}
