/** The map as tables: its routes hop by hop, and its stations. */
import type { Check } from '#shared/finding.ts';
import { mapTables, routeColumns, stationColumns } from '#path-map/map-table.ts';
import { shortName } from '#shared/short-name.ts';
import { paragraph, type Section } from './document.ts';
import { leanTable } from './lean-table.ts';

/** More names than these in a cell are a number: the rows themselves show who they are. */
const namesShown = 4;
/** On a host with more stations than these, those that have nothing to say of themselves stand with their routes alone. */
const stationsShown = 40;

export function mapTableSections(check: Check): readonly Section[] {
  const { columns, routes, stations } = mapTables(check, new Set());
  if (stations.length === 0) return [];
  const telling =
    stations.length <= stationsShown
      ? stations
      : stations.filter(({ state, marks }) => state !== '' || marks.length > 0);
  const more = stations.length - telling.length;
  return [
    {
      id: 'routes',
      title: 'Routes and stations',
      isWide: true,
      blocks: [paragraph('The map as tables: every route with its hops, and its stations.')],
      sections: [
        {
          id: 'route-table',
          title: 'Routes',
          blocks: leanTable(
            'Routes',
            routeColumns(columns),
            routes.map((row) => ({ ...row, sharedWith: inShort(row.sharedWith) })),
            'No route to storage was found.',
          ),
        },
        {
          id: 'station-table',
          title: 'Stations',
          blocks: [
            ...leanTable(
              'Stations',
              stationColumns,
              telling,
              'No station has anything to say besides its routes.',
            ),
            ...(more === 0
              ? []
              : [
                  paragraph(
                    `${more} more stations stand as they should and have no mark; they are in the routes.`,
                  ),
                ]),
          ],
        },
      ],
    },
  ];
}

function inShort(names: readonly string[]): readonly string[] {
  return names.length > namesShown
    ? [`${names.length} other routes`]
    : names.map((name) => shortName({ id: name, kind: 'session', name }));
}
