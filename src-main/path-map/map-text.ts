/** The map in text: each of its lines as the stations that it runs through. */
import type { Check } from '#shared/finding.ts';
import { mapContent } from './map-content.ts';
import { possibleAdapters } from './map-table.ts';

export interface MapLine {
  /** Names of the stations from the host's end to the storage's. */
  readonly stops: readonly string[];
  /** What else has to be said of the line; left out where it is in use and its way known. */
  readonly remark?: string;
}

/** The lines of the map as it is first drawn: of a large host a line stands for several routes. */
export function mapLines(check: Pick<Check, 'graph' | 'model'>): readonly MapLine[] {
  const content = mapContent(check);
  const names = new Map(content.stations.map(({ id, name }) => [id, name]));
  return content.lines.map((line): MapLine => {
    const stops = content.columns.flatMap((column) => {
      const stop = line.stops.get(column);
      if (stop !== undefined) return names.get(stop) ?? [];
      const possible = column === 'adapter' ? possibleAdapters(content, line.id) : [];
      return possible.length === 0 ? [] : `one of ${possible.join(', ')}`;
    });
    const remark =
      line.unknownBecause.length > 0
        ? `way not known: ${line.unknownBecause.join(' ')}`
        : line.isStandby
          ? 'carries nothing now'
          : undefined;
    return { stops, ...(remark !== undefined && { remark }) };
  });
}
