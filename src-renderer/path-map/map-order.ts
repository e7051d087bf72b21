/**
 * The order of stations in each column, and of the lines in each station, with as few crossings as can be found.
 *
 * Lines through one station stay together, so that they run side by side on its track. The search starts from several
 * fixed orders, sweeps to and fro by the mean place of the neighbours, and then swaps neighbours while that helps; it
 * is deterministic, and of equally good orders the first one found wins, which is the one nearest to the names.
 */
import type { ColumnName, ContentLine, ContentStation, MapContent } from './map-content.ts';

/** A station with its lines from top to bottom, or a single line that passes the column without a stop. */
export interface OrderedGroup {
  readonly stationId: string | undefined;
  readonly lineIds: readonly string[];
}

export interface MapOrder {
  readonly columns: readonly { readonly name: ColumnName; readonly groups: readonly OrderedGroup[] }[];
  readonly crossings: number;
}

interface Group {
  readonly stationId: string | undefined;
  readonly lanes: number[];
}

/** Columns of groups; lanes are indices of lines. */
type Order = Group[][];

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Rounds of sweeping; more never helped on the hosts of the tests. */
const sweeps = 8;

/** The columns that a line is drawn in: without a sure adapter it is interrupted between team and portal. */
function spanOf(line: ContentLine, columns: readonly ColumnName[]): readonly number[] {
  const stops = columns.flatMap((name, index) => (line.stops.has(name) ? [index] : []));
  const [first, last] = [stops[0], stops.at(-1)];
  if (first === undefined || last === undefined) return [];
  const hidden = line.stops.has('adapter') ? [] : [columns.indexOf('adapter'), columns.indexOf('network')];
  const span: number[] = [];
  for (let column = first; column <= last; column += 1) if (!hidden.includes(column)) span.push(column);
  return span;
}

/** Pairs of places in two neighbouring columns that a track joins; their inversions are the crossings. */
function crossingsBetween(left: readonly Group[], right: readonly Group[], tracks: readonly Track[]): number {
  const [fromLeft, fromRight] = [placesOf(left), placesOf(right)];
  const pairs: [number, number][] = [];
  for (const [lane, place] of fromLeft.lanes) {
    const other = fromRight.lanes.get(lane);
    if (other !== undefined) pairs.push([place, other]);
  }
  for (const { from, to } of tracks) {
    const [a, b] = [fromLeft.stations.get(from), fromRight.stations.get(to)];
    if (a !== undefined && b !== undefined) pairs.push([a, b]);
  }
  let crossings = 0;
  for (let i = 0; i < pairs.length; i += 1) {
    for (let j = i + 1; j < pairs.length; j += 1) {
      const [a, b] = [pairs[i], pairs[j]];
      if (a !== undefined && b !== undefined && (a[0] - b[0]) * (a[1] - b[1]) < 0) crossings += 1;
    }
  }
  return crossings;
}

interface Track {
  readonly from: string;
  readonly to: string;
}

function placesOf(groups: readonly Group[]): { lanes: Map<number, number>; stations: Map<string, number> } {
  const lanes = new Map<number, number>();
  const stations = new Map<string, number>();
  let place = 0;
  for (const group of groups) {
    const first = place;
    for (const lane of group.lanes) lanes.set(lane, place++);
    if (group.lanes.length === 0) place += 1;
    if (group.stationId !== undefined) stations.set(group.stationId, (first + place - 1) / 2);
  }
  return { lanes, stations };
}

class Search {
  readonly #tracks: readonly Track[];

  constructor(tracks: readonly Track[]) {
    this.#tracks = tracks;
  }

  crossings(order: Order): number {
    let sum = 0;
    for (let column = 1; column < order.length; column += 1) sum += this.#at(order, column);
    return sum;
  }

  #isOnTrack({ stationId }: Group): boolean {
    return this.#tracks.some(({ from, to }) => from === stationId || to === stationId);
  }

  #at(order: Order, column: number): number {
    const [left, right] = [order[column - 1], order[column]];
    return left === undefined || right === undefined ? 0 : crossingsBetween(left, right, this.#tracks);
  }

  /** Sorts one column by the mean place of what its groups and lanes are joined to in another. */
  #sortBy(order: Order, column: number, neighbour: number): void {
    const [groups, beside] = [order[column], order[neighbour]];
    if (groups === undefined || beside === undefined) return;
    const places = placesOf(beside);
    const own = placesOf(groups);
    const joined = (group: Group): number[] => [
      ...group.lanes.flatMap((lane) => places.lanes.get(lane) ?? []),
      ...this.#tracks.flatMap(({ from, to }) => {
        const [mine, other] = neighbour < column ? [to, from] : [from, to];
        return mine === group.stationId ? (places.stations.get(other) ?? []) : [];
      }),
    ];
    // A group that is joined to nothing there keeps its share of the column's height; what no line can reach stays last.
    const scale = beside.length === 0 || groups.length === 0 ? 1 : beside.length / groups.length;
    const keyOf = (group: Group, index: number): number => {
      const found = joined(group);
      if (found.length > 0) return found.reduce((a, b) => a + b, 0) / found.length;
      return group.lanes.length === 0 && !this.#isOnTrack(group) ? Infinity : index * scale;
    };
    const keys = new Map(groups.map((group, index) => [group, keyOf(group, index)]));
    order[column] = [...groups].sort((a, b) => {
      const [left, right] = [keys.get(a) ?? 0, keys.get(b) ?? 0];
      return left === right ? 0 : left - right;
    });
    for (const { lanes } of groups) {
      lanes.sort(
        (a, b) =>
          (places.lanes.get(a) ?? own.lanes.get(a) ?? 0) - (places.lanes.get(b) ?? own.lanes.get(b) ?? 0),
      );
    }
  }

  #swapWhileBetter(order: Order): void {
    for (let isBetter = true; isBetter;) {
      isBetter = false;
      for (let column = 0; column < order.length; column += 1) {
        const groups = order[column] ?? [];
        const cost = (): number => this.#at(order, column) + this.#at(order, column + 1);
        const trySwap = (list: unknown[], index: number): void => {
          const before = cost();
          [list[index], list[index + 1]] = [list[index + 1], list[index]];
          if (cost() < before) isBetter = true;
          else [list[index], list[index + 1]] = [list[index + 1], list[index]];
        };
        for (let index = 0; index + 1 < groups.length; index += 1) trySwap(groups, index);
        for (const { lanes } of groups) {
          for (let index = 0; index + 1 < lanes.length; index += 1) trySwap(lanes, index);
        }
      }
    }
  }

  improve(start: Order): Order {
    let best = copy(start);
    let fewest = this.crossings(best);
    const order = copy(start);
    for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
      if (sweep % 2 === 0)
        for (let column = 1; column < order.length; column += 1) this.#sortBy(order, column, column - 1);
      else
        for (let column = order.length - 2; column >= 0; column -= 1) this.#sortBy(order, column, column + 1);
      const polished = copy(order);
      this.#swapWhileBetter(polished);
      const crossings = this.crossings(polished);
      if (crossings < fewest) [best, fewest] = [polished, crossings];
    }
    return best;
  }
}

function copy(order: Order): Order {
  return order.map((groups) => groups.map(({ stationId, lanes }) => ({ stationId, lanes: [...lanes] })));
}

/** Groups of one column in the order in which `lines` first come to them; stations without a line stand last. */
function startFrom(
  content: MapContent,
  lines: readonly number[],
  spans: readonly (readonly number[])[],
): Order {
  return content.columns.map((name, column) => {
    const groups = new Map<string, Group>();
    for (const lane of lines) {
      if (spans[lane]?.includes(column) !== true) continue;
      const stationId = content.lines[lane]?.stops.get(name);
      const key = stationId ?? `pass ${lane}`;
      const there = groups.get(key);
      if (there === undefined) groups.set(key, { stationId, lanes: [lane] });
      else there.lanes.push(lane);
    }
    const alone = content.stations
      .filter((station) => station.column === name && !groups.has(station.id))
      .sort((a, b) => byName.compare(a.name, b.name))
      .map(({ id }): Group => ({ stationId: id, lanes: [] }));
    return [...groups.values(), ...alone];
  });
}

/** Hosts of up to so many lines get mixed starts as well; on larger ones a crossing more is not seen. */
const mixedUpTo = 8;
const mixedStarts = 150;

/** Shuffles that are the same every time: a linear congruential generator with the constants of POSIX. */
function mixedOrders(lanes: readonly number[]): () => number[] {
  let state = 1;
  const below = (limit: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
  return () => {
    const order = [...lanes];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
    }
    return order;
  };
}

/** The best order found for the content. Same content, same order. */
export function orderMap(content: MapContent): MapOrder {
  const spans = content.lines.map((line) => spanOf(line, content.columns));
  const nameOf = new Map<string, string>(content.stations.map(({ id, name }: ContentStation) => [id, name]));
  const key = (lane: number, column: ColumnName): string => {
    const stop = content.lines[lane]?.stops.get(column);
    return stop === undefined ? '' : (nameOf.get(stop) ?? '');
  };
  const lanes = content.lines.map((_, lane) => lane);
  const sortedBy = (columns: readonly ColumnName[]): number[] =>
    [...lanes].sort((a, b) => {
      for (const column of columns) {
        const difference = byName.compare(key(a, column), key(b, column));
        if (difference !== 0) return difference;
      }
      return byName.compare(content.lines[a]?.id ?? '', content.lines[b]?.id ?? '');
    });
  const tracks = content.tracks.flatMap(({ from, to }) => (from === undefined ? [] : [{ from, to }]));
  const search = new Search(tracks);
  let best: Order | undefined;
  let fewest = Infinity;
  // First by the target and the address, as a person would list them; then led by each column in turn; then, where lines
  // still cross, from as many mixed orders as a host of this size allows.
  const leads = [[], ...content.columns.map((column) => [column])];
  const starts: (() => number[])[] = leads.map(
    (lead) => () => sortedBy([...lead, 'target', 'adapter', 'address', 'portal']),
  );
  const mixed = mixedOrders(lanes);
  const mixes = lanes.length <= mixedUpTo ? mixedStarts : 0;
  for (let mix = 0; mix < mixes; mix += 1) starts.push(mixed);
  for (const start of starts) {
    const order = search.improve(startFrom(content, start(), spans));
    const crossings = search.crossings(order);
    if (crossings < fewest) [best, fewest] = [order, crossings];
    if (fewest === 0) break;
  }
  return {
    columns: content.columns.map((name, column) => ({
      name,
      groups: (best?.[column] ?? []).map(({ stationId, lanes: laneOrder }) => ({
        stationId,
        lineIds: laneOrder.flatMap((lane) => content.lines[lane]?.id ?? []),
      })),
    })),
    crossings: fewest === Infinity ? 0 : fewest,
  };
}
