/** What one sample brought, as values of series: what is judged while it comes, and what a window is made of. */
import type { Series } from '#shared/sample.ts';

export interface Moment {
  /** ms since 1970, rising from moment to moment whatever was done to the clock. */
  readonly timeMs: number;
  /** By id of the series; one without a value has a gap here. */
  readonly values: ReadonlyMap<string, number>;
  /** Over how many ms before `timeMs` each value is the mean. */
  readonly spans: ReadonlyMap<string, number>;
  /** Every series that is known by now. */
  readonly series: ReadonlyMap<string, Series>;
}

/** The id of a series, the same in every answer. */
export function seriesId(
  subjectId: string,
  { measure, direction, part }: Pick<Series, 'measure' | 'direction' | 'part'>,
): string {
  const id = `${subjectId}|${measure}|${direction}`;
  return part === 'all' ? id : `${id}|${part}`;
}
