/** How the map is drawn, for whoever draws it: ways as path data, colours and dashes of lines, signs, captions. */
import type { MapContent } from './map-content.ts';
import type { Point } from './map-place.ts';
import type { StationState } from './station-state.ts';

export const lineColours = 8;
/** Lengths in CSS pixels at zoom 1. */
const lineDashes = [undefined, '14 3', '6 3', '20 3 4 3'] as const;
/** A look is a colour with a dash; so many differ. */
export const lineLooks = lineColours * lineDashes.length;

export function colourOfLook(look: number): number {
  return look % lineColours;
}

/** Looks that follow each other differ in their dash as well as in their colour, and of one colour in their dash. */
export function dashOfLook(look: number): number {
  return (look + Math.floor(look / lineColours)) % lineDashes.length;
}

/** As `stroke-dasharray` of SVG; undefined: drawn through. */
export function dashArrayOfLook(look: number): string | undefined {
  return lineDashes[dashOfLook(look)];
}

/**
 * The look of each route by its id, wherever it is shown: that of its line on the map as it is first drawn. The routes
 * of a bundle share its colour and differ in their dashes, so they are told apart where each is a line of its own.
 *
 * @param content of the map with no bundle opened.
 */
export function routeLooks({ lines }: Pick<MapContent, 'lines'>): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap(({ routeIds }, index) =>
      routeIds.map((id, place) => [id, (index + place * lineColours) % lineLooks] as const),
    ),
  );
}

/** The way of a line or a track as SVG path data. */
export function pathData(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join(' ');
}

/** The sign inside a station as SVG path data; undefined where it stands as it should. `y`: of its middle. */
export function stationMark(state: StationState, x: number, y: number): string | undefined {
  switch (state) {
    case 'down':
      return `M${x - 4} ${y - 4} l8 8 m0 -8 l-8 8`;
    case 'degraded':
      return `M${x} ${y - 4} v4.5 m0 2.5 v1`;
    case 'standby':
      return `M${x - 2.5} ${y - 3.5} v7 m5 -7 v7`;
    case 'closed':
      return `M${x - 5} ${y} h10`;
    case 'unknown':
      return `M${x - 2.5} ${y - 2} q0 -2.5 2.5 -2.5 q2.5 0 2.5 2.2 q0 1.5 -2.5 2.4 v0.9 m0 2.2 v0.8`;
    case 'normal':
    case 'idle':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** What carries nothing for good has corners, also for who sees no colour. */
export function isAngular(state: StationState): boolean {
  return state === 'down' || state === 'closed';
}

/** The sign of a single point of failure as SVG path data. */
export function pointMark(x: number, y: number): string {
  return `M${x} ${y - 5} l5 5 l-5 5 l-5 -5 Z`;
}

/** What stands in the frame around what holds these targets back. */
export function limitCaption(targets: readonly string[]): string {
  const [only = ''] = targets;
  const name = only.slice(only.lastIndexOf(':') + 1);
  return `limits ${targets.length === 1 ? name : `${targets.length} targets`}`;
}
