/** How the map is drawn, for whoever draws it: ways as path data, colours and dashes of lines, signs, captions. */
import type { Point } from './map-place.ts';
import type { StationState } from './station-state.ts';

/** Lines that follow each other differ in their dash as well as in their colour. Lengths in CSS pixels at zoom 1. */
export const lineDashes = [undefined, '14 3', '6 3', '20 3 4 3'] as const;
export const lineColours = 8;

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
