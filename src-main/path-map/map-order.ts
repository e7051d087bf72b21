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

/** A place in the left column and one in the right, joined by a lane or a track. */
type Joint = readonly [left: number, right: number];

/** How many of the pairs are in another order on the right than on the left: a Fenwick tree over the right places. */
function inversions(joints: readonly Joint[]): number {
  const sorted = [...joints].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ranks = new Map(
    [...new Set(joints.map(([, right]) => right))].sort((a, b) => a - b).map((r, i) => [r, i + 1]),
  );
  const tree = new Array<number>(ranks.size + 1).fill(0);
  let found = 0;
  let seen = 0;
  for (let first = 0; first < sorted.length;) {
    // Joints of one left place do not cross each other: they are counted before any of them is entered.
    let next = first;
    while (next < sorted.length && sorted[next]?.[0] === sorted[first]?.[0]) next += 1;
    const alike = sorted.slice(first, next).map(([, right]) => ranks.get(right) ?? 0);
    for (const rank of alike) {
      let notBeyond = 0;
      for (let at = rank; at > 0; at -= at & -at) notBeyond += tree[at] ?? 0;
      found += seen - notBeyond;
    }
    for (const rank of alike)
      for (let at = rank; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
    seen += alike.length;
    first = next;
  }
  return found;
}

interface Places {
  readonly lanes: ReadonlyMap<number, number>;
  /** Of the middle of each station. */
  readonly stations: ReadonlyMap<string, number>;
}

function placesOf(groups: readonly Group[]): Places {
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

const nowhere: Places = { lanes: new Map(), stations: new Map() };

/** Crossings that two neighbours in a column would have with `first` above `second`, by the places that they lead to. */
function crossingsOf(first: readonly number[], second: readonly number[]): number {
  let found = 0;
  for (const a of first) for (const b of second) if (a > b) found += 1;
  return found;
}

class Search {
  /** Stations that tracks join, both ways. */
  readonly #joined = new Map<string, { readonly left: string[]; readonly right: string[] }>();

  constructor(tracks: readonly { readonly from: string; readonly to: string }[]) {
    for (const { from, to } of tracks) {
      this.#ends(from).right.push(to);
      this.#ends(to).left.push(from);
    }
  }

  #ends(id: string): { readonly left: string[]; readonly right: string[] } {
    const there = this.#joined.get(id) ?? { left: [], right: [] };
    this.#joined.set(id, there);
    return there;
  }

  crossings(order: Order): number {
    let sum = 0;
    for (let column = 1; column < order.length; column += 1) sum += this.#at(order, column);
    return sum;
  }

  /** Crossings between a column and the one on its left. */
  #at(order: Order, column: number): number {
    const [left, right] = [order[column - 1], order[column]];
    if (left === undefined || right === undefined) return 0;
    const [fromLeft, fromRight] = [placesOf(left), placesOf(right)];
    const joints: Joint[] = [];
    for (const [lane, place] of fromLeft.lanes) {
      const other = fromRight.lanes.get(lane);
      if (other !== undefined) joints.push([place, other]);
    }
    for (const [id, place] of fromLeft.stations) {
      for (const to of this.#joined.get(id)?.right ?? []) {
        const other = fromRight.stations.get(to);
        if (other !== undefined) joints.push([place, other]);
      }
    }
    return inversions(joints);
  }

  /** Places in a neighbouring column that a group leads to, by its lanes and its tracks. */
  #leadsTo(group: Group, side: 'left' | 'right', beside: Places): number[] {
    const found: number[] = [];
    for (const lane of group.lanes) {
      const place = beside.lanes.get(lane);
      if (place !== undefined) found.push(place);
    }
    for (const id of this.#joined.get(group.stationId ?? '')?.[side] ?? []) {
      const place = beside.stations.get(id);
      if (place !== undefined) found.push(place);
    }
    return found;
  }

  /** Sorts one column by the mean place of what its groups and lanes are joined to in another. */
  #sortBy(order: Order, column: number, neighbour: number): void {
    const [groups, beside] = [order[column], order[neighbour]];
    if (groups === undefined || beside === undefined) return;
    const places = placesOf(beside);
    const own = placesOf(groups);
    // A group that is joined to nothing there keeps its share of the column's height; what no line can reach stays last.
    const scale = beside.length === 0 || groups.length === 0 ? 1 : beside.length / groups.length;
    const keyOf = (group: Group, index: number): number => {
      const found = this.#leadsTo(group, neighbour < column ? 'left' : 'right', places);
      if (found.length > 0) return found.reduce((a, b) => a + b, 0) / found.length;
      return group.lanes.length === 0 && !this.#joined.has(group.stationId ?? '') ? Infinity : index * scale;
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

  /** Swaps neighbours of one column, groups and then lanes, where that takes crossings away. Says whether it did. */
  #swapIn(order: Order, column: number): boolean {
    const groups = order[column] ?? [];
    const left = column === 0 ? nowhere : placesOf(order[column - 1] ?? []);
    const right = placesOf(order[column + 1] ?? []);
    let isBetter = false;
    const ends = groups.map((group) => [
      this.#leadsTo(group, 'left', left),
      this.#leadsTo(group, 'right', right),
    ]);
    for (let index = 0; index + 1 < groups.length; index += 1) {
      const [above, below] = [ends[index] ?? [], ends[index + 1] ?? []];
      const gain = above.reduce((sum, list, side) => {
        const other = below[side] ?? [];
        return sum + crossingsOf(list, other) - crossingsOf(other, list);
      }, 0);
      if (gain <= 0) continue;
      swap(groups, index);
      swap(ends, index);
      isBetter = true;
    }
    for (const { stationId, lanes } of groups) {
      const isOnTrack = this.#joined.has(stationId ?? '');
      for (let index = 0; index + 1 < lanes.length; index += 1) {
        if (isOnTrack) {
          // A track leaves from the middle of its station: lanes that change sides of it count as well.
          const before = this.#at(order, column) + this.#at(order, column + 1);
          swap(lanes, index);
          if (this.#at(order, column) + this.#at(order, column + 1) < before) isBetter = true;
          else swap(lanes, index);
          continue;
        }
        const [a, b] = [lanes[index] ?? 0, lanes[index + 1] ?? 0];
        const gain = [left, right].reduce((sum, { lanes: places }) => {
          const [first, second] = [places.get(a), places.get(b)];
          return first === undefined || second === undefined ? sum : sum + Math.sign(first - second);
        }, 0);
        if (gain <= 0) continue;
        swap(lanes, index);
        isBetter = true;
      }
    }
    return isBetter;
  }

  #swapWhileBetter(order: Order): void {
    for (let isBetter = true; isBetter;) {
      isBetter = false;
      for (let column = 0; column < order.length; column += 1) {
        if (this.#swapIn(order, column)) isBetter = true;
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

/** Swaps an item of a list with the next. */
function swap(list: unknown[], index: number): void {
  const [one, next] = [list[index], list[index + 1]];
  if (one === undefined || next === undefined) return;
  list[index] = next;
  list[index + 1] = one;
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
  // Of several hops the first by name stands for all: the station keeps its place when one of its lines is gone.
  const nameOf = new Map<string, string>(
    content.stations.map(({ id, name, hops }: ContentStation) => [
      id,
      hops.map((hop) => hop.name).sort(byName.compare)[0] ?? name,
    ]),
  );
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
  // First by the target and the address, as a person would list them; then led by each column in turn, under the target
  // and on its own; then, where lines still cross, from as many mixed orders as a host of this size allows.
  const leads: readonly ColumnName[][] = [
    [],
    ...content.columns.map((column): ColumnName[] => ['target', column]),
    ...content.columns.map((column) => [column]),
  ];
  // Those that cross least as they are come first: an order that needs no mending survives when a line is gone.
  const given = leads
    .map((lead) => startFrom(content, sortedBy([...lead, 'target', 'adapter', 'address', 'portal']), spans))
    .map((order) => ({ order, crossings: search.crossings(order) }))
    .sort((a, b) => a.crossings - b.crossings);
  const mixed = mixedOrders(lanes);
  const mixes = lanes.length <= mixedUpTo ? mixedStarts : 0;
  for (let start = 0; start < given.length + mixes && fewest > 0; start += 1) {
    const order = search.improve(given[start]?.order ?? startFrom(content, mixed(), spans));
    const crossings = search.crossings(order);
    if (crossings < fewest) [best, fewest] = [order, crossings];
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
