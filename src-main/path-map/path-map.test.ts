import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/finding.ts';
import { listResources } from '../platform/resources.ts';
import { demoCheck } from '../testing/demo-check.ts';
import {
  columnNames,
  mapContent,
  mostSingleLines,
  type ContentLine,
  type MapContent,
} from './map-content.ts';
import { fitMap, smallestFit, type FittedMap } from './map-fit.ts';
import { limitsOf, linesThrough, pointsOfFailure } from './map-marks.ts';
import { orderMap, type MapOrder } from './map-order.ts';
import { placeMap, type PlacedMap, type PlacedStation } from './map-place.ts';
import { stationDetails } from './station-detail.ts';
import { stationStandings } from './station-state.ts';

const demos = listResources('scenarios').map((file) => file.replace(/\.json$/, ''));
const fontPx = 12;

function placed(content: MapContent): PlacedMap {
  return placeMap(content, orderMap(content), { fontPx });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Rooms that the map has beside its tabs and under its head in windows of 1024, 1280, 1920 and 3840 pixels. */
const rooms = [
  { width: 680, height: 210 },
  { width: 680, height: 440 },
  { width: 890, height: 540 },
  { width: 1340, height: 820 },
  { width: 2680, height: 1900 },
];

interface Ordered {
  readonly content: MapContent;
  readonly order: MapOrder;
}

function ordered(check: Check, isOpened: boolean): Ordered {
  const gathered = mapContent(check);
  const content = isOpened ? mapContent(check, new Set(gathered.bundles.keys())) : gathered;
  return { content, order: orderMap(content) };
}

function fitted(
  check: Check,
  { content, order }: Ordered,
  room: { readonly width: number; readonly height: number },
): FittedMap {
  const points = pointsOfFailure(check.targets);
  return fitMap(content, order, {
    ...room,
    fontPx,
    limits: limitsOf(content, check.targets),
    details: stationDetails(check, content, stationStandings(check, content), points),
  });
}

function markOf(station: PlacedStation): Box {
  return { x: station.x - 8, y: station.y - station.height / 2, width: 16, height: station.height };
}

/** Names of the stations of a column from top to bottom, and the lines in the order in which they enter it. */
function ordersOf(check: Check): ReadonlyMap<string, { stations: string[]; lines: string[] }> {
  const content = mapContent(check);
  const ids = new Map(content.stations.map(({ id, hops }) => [id, hops.map((hop) => hop.id).join(' ')]));
  return new Map(
    orderMap(content).columns.map(({ name, groups }) => [
      name,
      {
        stations: groups.flatMap(({ stationId }) => ids.get(stationId ?? '') ?? []),
        lines: groups.flatMap(({ lineIds }) => lineIds),
      },
    ]),
  );
}

/** The same host as if the adapter had never been there. */
function withoutAdapter(check: Check, id: string): Check {
  const { graph } = check;
  return {
    ...check,
    graph: {
      hops: graph.hops.filter((hop) => hop.id !== id),
      links: graph.links.filter(({ from, to }) => from !== id && to !== id),
      routes: graph.routes.flatMap((route) => {
        const { nowAdapterId, ...egress } = route.egress;
        const adapterIds = egress.adapterIds.filter((adapter) => adapter !== id);
        const isLost = adapterIds.length === 0 && egress.adapterIds.length > 0;
        if (isLost) return [];
        const now = nowAdapterId === undefined || nowAdapterId === id ? {} : { nowAdapterId };
        return [{ ...route, egress: { ...egress, ...now, adapterIds } }];
      }),
    },
  };
}

describe.each(demos)('the map of %s', (id) => {
  const check = demoCheck(id);
  const gathered = ordered(check, false);
  const whole = placeMap(gathered.content, gathered.order, { fontPx });

  it.each([
    ['gathered', gathered],
    ['with every route', gathered.content.bundles.size > 0 ? ordered(check, true) : gathered],
  ])('has no label over another or over a station in any room, %s', (_, drawn) => {
    for (const room of rooms) {
      const { map } = fitted(check, drawn, room);
      map.stations.forEach((one, index) => {
        for (const [at, other] of map.stations.entries()) {
          if (Math.abs(other.x - one.x) > 200) continue;
          const names = `${one.station.name}, ${other.station.name} at ${room.width}`;
          if (at > index && overlaps(one.label, other.label)) expect.fail(names);
          if (at !== index && overlaps(markOf(one), other.label)) expect.fail(names);
        }
      });
      for (const { label, y, height } of map.stations) {
        expect(label.x).toBeGreaterThanOrEqual(0);
        expect(label.x + label.width).toBeLessThanOrEqual(map.width);
        expect(y - height / 2).toBeGreaterThan(0);
        expect(label.y + label.height).toBeLessThanOrEqual(map.height);
      }
    }
  });

  it('is never wider than its room, and never too small to read', () => {
    for (const room of rooms) {
      const { map, zoom } = fitted(check, gathered, room);
      expect(map.width * zoom).toBeLessThanOrEqual(room.width + 1);
      expect(zoom).toBeGreaterThanOrEqual(smallestFit);
    }
  });

  it('keeps the lines of a station side by side, in one order on both sides of it', () => {
    const { map } = fitted(check, gathered, { width: 890, height: 540 });
    const ways = new Map(map.lines.map(({ lineId, pieces }) => [lineId, pieces.flat()]));
    for (const { x, y, lineIds } of map.stations) {
      lineIds.forEach((lineId, lane) => {
        const here = ways.get(lineId)?.find((point) => point.x === x);
        expect(here?.y).toBeCloseTo(y + (lane - (lineIds.length - 1) / 2) * 7);
      });
    }
    // Two lines swap only where one of them leaves the track, or their stations stand the other way round.
    const { columns } = gathered.order;
    columns.slice(1).forEach(({ groups }, at) => {
      const before = columns[at]?.groups ?? [];
      for (const { lineIds, stationId } of groups) {
        const origin = before.find((group) => lineIds.every((line) => group.lineIds.includes(line)));
        if (origin === undefined || stationId === undefined || origin.stationId === undefined) continue;
        expect(origin.lineIds.filter((line) => lineIds.includes(line))).toEqual(lineIds);
      }
    });
  });

  it('moves as little as possible when an adapter is gone', () => {
    const before = ordersOf(check);
    for (const { kind, id: adapterId } of check.graph.hops) {
      if (kind !== 'adapter') continue;
      for (const [name, after] of ordersOf(withoutAdapter(check, adapterId))) {
        const then = before.get(name);
        const kept = (list: readonly string[] = [], other: readonly string[] = []): string[] =>
          list.filter((item) => other.includes(item));
        expect(kept(after.stations, then?.stations), name).toEqual(kept(then?.stations, after.stations));
        expect(kept(after.lines, then?.lines), name).toEqual(kept(then?.lines, after.lines));
      }
    }
  });

  it('turns its lines by 45 degrees', () => {
    for (const { pieces } of whole.lines) {
      for (const piece of pieces) {
        piece.slice(1).forEach((point, index) => {
          const before = piece[index] ?? point;
          const [dx, dy] = [Math.abs(point.x - before.x), Math.abs(point.y - before.y)];
          expect(dx < 0.01 || dy < 0.01 || Math.abs(dx - dy) < 0.01).toBe(true);
        });
      }
    }
  });

  it('is the same picture every time, whatever the order of the answers', () => {
    const { graph } = check;
    const turned = {
      ...check,
      graph: { ...graph, hops: graph.hops.toReversed(), links: graph.links.toReversed() },
    };
    const again = placed(mapContent(turned));
    const places = (map: PlacedMap) =>
      new Map(map.stations.map(({ station, x, y }) => [station.name + station.column, [x, y]]));
    expect(placed(mapContent(check))).toEqual(whole);
    expect([...places(again)].sort()).toEqual([...places(whole)].sort());
  });
});

it('gathers routes where there are too many to follow, and loses none', () => {
  const content = mapContent(demoCheck('large'));
  const routes = demoCheck('large').graph.routes.map(({ id }) => id);
  expect(routes.length).toBeGreaterThan(mostSingleLines);
  expect(content.lines.flatMap(({ routeIds }) => routeIds).sort()).toEqual(routes.sort());
  expect(content.bundles.size).toBeGreaterThan(0);
});

it('draws what a team chooses from as possible, and the line only up to the team', () => {
  const content = mapContent(demoCheck('iscsi-on-team'));
  const [line] = content.lines;
  expect(line?.stops.has('adapter')).toBe(false);
  expect(content.tracks.filter(({ kind }) => kind === 'possible')).toHaveLength(4);
});

it('draws both lines through the member that carries both', () => {
  const content = mapContent(demoCheck('converged-2012r2'));
  expect(new Set(content.lines.map(({ stops }) => stops.get('adapter'))).size).toBe(1);
  expect(content.tracks.map(({ kind }) => kind)).toContain('possible');
});

it('lights every line through what is selected, and none where nothing is', () => {
  const check = demoCheck('mpio-dedicated');
  const content = mapContent(check);
  const adapter = check.model.adapters.find(({ name }) => name === 'iSCSI-A');
  expect(linesThrough(content, new Set())).toBeUndefined();
  expect(linesThrough(content, new Set(['adapter:elsewhere']))).toBeUndefined();
  expect(linesThrough(content, new Set([adapter?.id ?? '']))?.size).toBe(2);
});

/** A host of few routes over random stations, three columns that all routes stop in. */
const smallContent = fc
  .array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 5 })
  .map((routes): MapContent => {
    const columns = ['session', 'adapter', 'portal'] as const;
    const lines = routes.map((stops, index): ContentLine => ({
      id: `line${index}`,
      name: `line${index}`,
      routeIds: [`line${index}`],
      targetId: 'target',
      isStandby: false,
      unknownBecause: [],
      stops: new Map(columns.map((column, at) => [column, `${column}${stops[at] ?? 0}`])),
    }));
    const ids = new Set(
      lines.flatMap(({ stops }) => [...stops.entries()].map(([column, id]) => `${column} ${id}`)),
    );
    return {
      columns: columnNames.filter((name) => name === 'network' || columns.some((column) => column === name)),
      stations: [...ids].map((key) => {
        const [column, id] = key.split(' ') as [(typeof columns)[number], string];
        return { id, column, kind: 'adapter', hops: [], name: id, isUp: true };
      }),
      lines,
      tracks: [],
      bundles: new Map(),
    };
  });

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((item, index) =>
    permutations([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

function inversions(a: readonly string[], b: readonly string[]): number {
  const place = new Map(b.map((id, index) => [id, index]));
  let count = 0;
  a.forEach((first, i) => {
    for (const second of a.slice(i + 1)) if ((place.get(first) ?? 0) > (place.get(second) ?? 0)) count += 1;
  });
  return count;
}

/** The fewest crossings of all orders that keep the lines of a station together. */
function fewestCrossings(content: MapContent): number {
  let states: { order: string[]; cost: number }[] = [];
  for (const column of content.columns) {
    const stopOf = new Map(content.lines.map(({ id, stops }) => [id, stops.get(column) ?? id]));
    const orders = permutations(content.lines.map(({ id }) => id)).filter((order) => {
      const runs = order.map((id) => stopOf.get(id)).filter((stop, index, all) => stop !== all[index - 1]);
      return new Set(runs).size === runs.length;
    });
    states = orders.map((order) => ({
      order,
      cost:
        states.length === 0
          ? 0
          : Math.min(...states.map((from) => from.cost + inversions(from.order, order))),
    }));
  }
  return Math.min(...states.map(({ cost }) => cost));
}

it('has no crossing that another order of the same columns would avoid', () => {
  fc.assert(
    fc.property(smallContent, (content) => {
      expect(orderMap(content).crossings).toBe(fewestCrossings(content));
    }),
    { numRuns: 150 },
  );
});
