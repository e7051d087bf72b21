import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listResources } from '../../src-main/platform/resources.ts';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import {
  columnNames,
  mapContent,
  mostSingleLines,
  type ContentLine,
  type MapContent,
} from './map-content.ts';
import { linesThrough } from './map-marks.ts';
import { orderMap } from './map-order.ts';
import { placeMap, type PlacedMap } from './map-place.ts';

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

describe.each(demos)('the map of %s', (id) => {
  const check = demoCheck(id);
  const whole = placed(mapContent(check));
  const everyLine = placed(mapContent(check, new Set(mapContent(check).bundles.keys())));

  it.each([
    ['gathered', whole],
    ['with every route', everyLine],
  ])('has no label over another or over a station, %s', (_, map) => {
    map.stations.forEach((one, index) => {
      const mark = { x: one.x - 8, y: one.y - one.height / 2, width: 16, height: one.height };
      for (const [at, other] of map.stations.entries()) {
        if (at > index)
          expect(overlaps(one.label, other.label), `${one.station.name}, ${other.station.name}`).toBe(false);
        if (at !== index)
          expect(overlaps(mark, other.label), `${one.station.name} on ${other.station.name}`).toBe(false);
      }
    });
  });

  it('lies within its sheet', () => {
    for (const { label, y, height } of whole.stations) {
      expect(label.x).toBeGreaterThanOrEqual(0);
      expect(label.x + label.width).toBeLessThanOrEqual(whole.width);
      expect(y - height / 2).toBeGreaterThan(0);
      expect(label.y + label.height).toBeLessThanOrEqual(whole.height);
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
