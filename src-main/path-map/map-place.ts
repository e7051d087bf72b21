/**
 * Gives every station its place and every line its way: columns at fixed x, tracks at 45 degrees, labels in space of
 * their own. All lengths are CSS pixels at zoom 1.
 */
import { detailSize, labelWidth, linesOf } from './map-label.ts';
import type { ColumnName, ContentStation, ContentTrack, MapContent } from './map-content.ts';
import type { Limit } from './map-marks.ts';
import type { MapOrder, OrderedGroup } from './map-order.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedStation {
  readonly station: ContentStation;
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
  /** Long enough for all its lines. */
  readonly height: number;
  readonly lineIds: readonly string[];
  /** Where its label may stand: nothing else is drawn there. */
  readonly label: Box;
  /** How many lines its name and the words below it get. */
  readonly nameLines: number;
  readonly detailLines: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The frame around what holds targets back, with room for a caption at its top. */
interface PlacedFrame extends Box {
  readonly limit: Limit;
}

interface PlacedLine {
  readonly lineId: string;
  /** One for each piece: a line is interrupted where a team decides. */
  readonly pieces: readonly (readonly Point[])[];
}

interface PlacedTrack {
  readonly track: ContentTrack;
  readonly points: readonly Point[];
}

export interface PlacedMap {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly name: ColumnName; readonly x: number; readonly width: number }[];
  readonly stations: readonly PlacedStation[];
  readonly lines: readonly PlacedLine[];
  readonly tracks: readonly PlacedTrack[];
  /** The physical network: one shape that all tracks cross. */
  readonly network: Box | undefined;
  readonly frames: readonly PlacedFrame[];
}

export interface PlaceOptions {
  /** Height of the label's text; everything that holds text grows with it. */
  readonly fontPx: number;
  /** The few words below each name, by id of the station. */
  readonly details?: ReadonlyMap<string, string>;
  /** What gets a frame. */
  readonly limits?: readonly Limit[];
  /** From 0, labels as wide as their text asks, to 1, as narrow as they can be read. */
  readonly squeeze?: number;
  /** The steepest change that is drawn as one diagonal; beyond it the line runs down between two. */
  readonly longestDiagonal?: number;
  /** Between the labels of two columns where nothing bends. */
  readonly shortestGap?: number;
  /** Between a label and what comes below it. */
  readonly slotGap?: number;
  /** The width to fill, as far as gaps may grow. */
  readonly width?: number;
}

/** Between neighbouring lines on a track; lines are 5 wide. */
const laneGap = 7;
export const stationWidth = 16;
/** Between a station and its label. */
const labelGap = 3;
const framePadding = 6;
export const slotGapAtLeast = 14;
const margin = 10;
/** What a gap may grow by in a wide window: further apart, stations look unrelated. */
const mostStretch = 90;
interface Slot {
  readonly group: OrderedGroup;
  /** Space above and below its middle. */
  readonly above: number;
  readonly below: number;
  y: number;
}

/** Moves the wished places as little as possible so that each keeps its distance: pool adjacent violators. */
function settle(slots: readonly Slot[], wishes: readonly number[]): void {
  const offsets: number[] = [];
  let sum = 0;
  slots.forEach((slot, index) => {
    const before = slots[index - 1];
    if (before !== undefined) sum += before.below + slot.above;
    offsets.push(sum);
  });
  const blocks: { mean: number; size: number }[] = [];
  slots.forEach((_, index) => {
    let block = { mean: (wishes[index] ?? 0) - (offsets[index] ?? 0), size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean > block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const size = last.size + block.size;
      block = { mean: (last.mean * last.size + block.mean * block.size) / size, size };
    }
    blocks.push(block);
  });
  let index = 0;
  for (const { mean, size } of blocks) {
    for (let count = 0; count < size; count += 1, index += 1) {
      const slot = slots[index];
      if (slot !== undefined) slot.y = mean + (offsets[index] ?? 0);
    }
  }
}

function laneY(slot: Slot, lineId: string): number {
  const lane = slot.group.lineIds.indexOf(lineId);
  return slot.y + (lane - (slot.group.lineIds.length - 1) / 2) * laneGap;
}

/** Rounds of moving stations towards what they are joined to; later ones move less than a pixel. */
const rounds = 24;

/** What a slot is joined to in a neighbouring column: where it would lie straight is the other's place and the shift. */
interface Pull {
  readonly column: number;
  readonly other: Slot;
  readonly shift: number;
}

function laneOffset({ group }: Slot, lane: number): number {
  return (lane - (group.lineIds.length - 1) / 2) * laneGap;
}

/** What pulls each slot, worked out once: the rounds below only add numbers. */
function pullsOf(
  columns: readonly (readonly Slot[])[],
  content: MapContent,
): ReadonlyMap<Slot, readonly Pull[]> {
  const pulls = new Map<Slot, Pull[]>(columns.flat().map((slot) => [slot, []]));
  const joinSlots = (left: Slot, right: Slot, column: number, shift: number): void => {
    pulls.get(left)?.push({ column: column + 1, other: right, shift });
    pulls.get(right)?.push({ column, other: left, shift: -shift });
  };
  const stations = new Map<string, { slot: Slot; column: number }>();
  columns.forEach((slots, column) => {
    const next = new Map(
      (columns[column + 1] ?? []).flatMap((slot) =>
        slot.group.lineIds.map((id, lane) => [id, { slot, offset: laneOffset(slot, lane) }] as const),
      ),
    );
    for (const slot of slots) {
      if (slot.group.stationId !== undefined) stations.set(slot.group.stationId, { slot, column });
      slot.group.lineIds.forEach((id, lane) => {
        const other = next.get(id);
        if (other !== undefined) joinSlots(slot, other.slot, column, other.offset - laneOffset(slot, lane));
      });
    }
  });
  for (const { from, to } of content.tracks) {
    const [left, right] = [stations.get(from ?? ''), stations.get(to)];
    if (left !== undefined && right?.column === left.column + 1)
      joinSlots(left.slot, right.slot, left.column, 0);
  }
  return pulls;
}

function placeVertically(columns: readonly (readonly Slot[])[], content: MapContent): void {
  const pulls = pullsOf(columns, content);
  // A start in order; the rounds only straighten it.
  for (const slots of columns)
    settle(
      slots,
      slots.map(() => 0),
    );
  /** `beside`: the one neighbouring column that pulls; left out, both do. */
  const moveTowards = (column: number, beside?: number): void => {
    const slots = columns[column] ?? [];
    const wishes = slots.map((slot) => {
      let sum = 0;
      let count = 0;
      for (const pull of pulls.get(slot) ?? []) {
        if (beside !== undefined && pull.column !== beside) continue;
        sum += pull.other.y + pull.shift;
        count += 1;
      }
      return count === 0 ? slot.y : sum / count;
    });
    settle(slots, wishes);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < columns.length; step += 1) {
      moveTowards(round % 2 === 0 ? step : columns.length - 1 - step);
    }
  }
  // The fullest column stays; the others follow it outwards, so that a line without a reason to bend is straight.
  const fullness = columns.map((slots) => slots.reduce((sum, { above, below }) => sum + above + below, 0));
  const pivot = fullness.indexOf(Math.max(...fullness));
  for (let column = pivot - 1; column >= 0; column -= 1) moveTowards(column, column + 1);
  for (let column = pivot + 1; column < columns.length; column += 1) moveTowards(column, column - 1);
}

/** From one lane to another across a gap: straight on, one diagonal, or two with a run between them. */
function across(from: Point, to: Point, turn: number, reach: number): Point[] {
  const dy = to.y - from.y;
  if (Math.abs(dy) < 0.5) return [from, { x: to.x, y: from.y }];
  const step = Math.sign(dy);
  const diagonal = Math.min(Math.abs(dy), reach);
  if (diagonal === Math.abs(dy)) {
    return [from, { x: turn, y: from.y }, { x: turn + diagonal, y: to.y }, to];
  }
  const half = diagonal / 2;
  return [
    from,
    { x: turn, y: from.y },
    { x: turn + half, y: from.y + step * half },
    { x: turn + half, y: to.y - step * half },
    { x: turn + diagonal, y: to.y },
    to,
  ];
}

interface Gap {
  /** Left and right end of the space between two columns' labels. */
  readonly width: number;
  readonly reach: number;
  readonly stagger: number;
}

/** Runs of neighbours in a column that hold the same targets back; each gets a frame. */
function framedRuns(
  groups: readonly OrderedGroup[],
  limits: readonly Limit[],
): { readonly limit: Limit; readonly stationIds: string[] }[] {
  const runs: { limit: Limit; stationIds: string[] }[] = [];
  let isNext = false;
  for (const { stationId } of groups) {
    const limit = limits.find(({ stationIds }) => stationIds.has(stationId ?? ''));
    const last = runs.at(-1);
    if (limit === undefined || stationId === undefined) {
      isNext = false;
      continue;
    }
    if (isNext && last?.limit === limit) last.stationIds.push(stationId);
    else runs.push({ limit, stationIds: [stationId] });
    isNext = true;
  }
  return runs;
}

/** Places everything. Same content, order and options, same picture. */
export function placeMap(content: MapContent, order: MapOrder, options: PlaceOptions): PlacedMap {
  const { fontPx, limits = [], squeeze = 0, longestDiagonal = 64, shortestGap = 26 } = options;
  const { slotGap = slotGapAtLeast, details = new Map<string, string>() } = options;
  const networkWidth = Math.max(44 - 14 * squeeze, fontPx * 1.8);
  const stations = new Map(content.stations.map((station) => [station.id, station]));
  const nameOf = (group: OrderedGroup): string => stations.get(group.stationId ?? '')?.name ?? '';
  const detailOf = ({ stationId }: OrderedGroup): string => details.get(stationId ?? '') ?? '';
  const labelWidths = order.columns.map(({ name, groups }) =>
    name === 'network' ? networkWidth : labelWidth(groups.map(nameOf), groups.map(detailOf), fontPx, squeeze),
  );
  const nameLines = (group: OrderedGroup, column: number): number =>
    linesOf(nameOf(group), (labelWidths[column] ?? 0) / fontPx);
  const detailLines = (group: OrderedGroup, column: number): number =>
    linesOf(detailOf(group), (labelWidths[column] ?? 0) / fontPx / detailSize);
  /** Where some station of a column has words below its name, all have room for a line. */
  const leastDetail = order.columns.map(({ groups }) =>
    groups.some((group) => detailOf(group) !== '') ? 1 : 0,
  );
  const labelHeight = (group: OrderedGroup, column: number): number =>
    Math.ceil(
      fontPx *
        1.3 *
        (nameLines(group, column) +
          Math.max(leastDetail[column] ?? 0, detailLines(group, column)) * detailSize),
    );
  const captionHeight = Math.ceil(fontPx * 1.4) + framePadding;
  const runs = order.columns.map(({ groups }) => framedRuns(groups, limits));
  const columns: Slot[][] = order.columns.map(({ groups }, column) => {
    const first = new Set(runs[column]?.map(({ stationIds }) => stationIds[0]));
    return groups.map((group) => {
      const half = Math.max(stationWidth, (group.lineIds.length - 1) * laneGap + stationWidth) / 2;
      if (group.stationId === undefined) return { group, above: laneGap / 2, below: laneGap / 2, y: 0 };
      const caption = first.has(group.stationId) ? captionHeight : 0;
      return {
        group,
        above: half + slotGap / 2 + caption,
        below: half + labelGap + labelHeight(group, column) + slotGap / 2,
        y: 0,
      };
    });
  });
  placeVertically(columns, content);

  const top = Math.min(...columns.flatMap((slots) => slots.map((slot) => slot.y - slot.above)));
  const shift = Number.isFinite(top) ? margin - top : 0;
  for (const slots of columns) for (const slot of slots) slot.y = Math.round(slot.y + shift);
  const height =
    Math.max(0, ...columns.flatMap((slots) => slots.map((slot) => slot.y + slot.below))) + margin;

  const lineSlots = columns.map(
    (slots) => new Map(slots.flatMap((slot) => slot.group.lineIds.map((id) => [id, slot] as const))),
  );
  const stationSlots = new Map(
    columns.flatMap((slots, column) =>
      slots.flatMap((slot) =>
        slot.group.stationId === undefined ? [] : [[slot.group.stationId, { slot, column }] as const],
      ),
    ),
  );
  const changes = (column: number): number[] => [
    ...[...(lineSlots[column]?.keys() ?? [])].flatMap((id) => {
      const [a, b] = [lineSlots[column]?.get(id), lineSlots[column + 1]?.get(id)];
      return a === undefined || b === undefined ? [] : [laneY(b, id) - laneY(a, id)];
    }),
    ...content.tracks.flatMap(({ from, to }) => {
      const [a, b] = [stationSlots.get(from ?? ''), stationSlots.get(to)];
      return a?.column === column && b !== undefined ? [b.slot.y - a.slot.y] : [];
    }),
  ];
  const gaps: Gap[] = columns.slice(1).map((_, column) => {
    const steep = changes(column).map(Math.abs);
    const largest = Math.max(0, ...steep);
    const reach = Math.min(largest, longestDiagonal);
    const [down, up] = [1, -1].map((way) => changes(column).filter((change) => change * way >= 0.5).length);
    const bends = Math.max(down ?? 0, up ?? 0);
    const stagger = largest > longestDiagonal ? laneGap : laneGap * Math.tan(Math.PI / 8);
    return { width: Math.round(Math.max(shortestGap, reach + bends * stagger + 8)), reach, stagger };
  });
  const natural = [...labelWidths, ...gaps.map(({ width }) => width)].reduce((a, b) => a + b, 2 * margin);
  const spare = Math.max(0, (options.width ?? 0) - natural) / Math.max(1, gaps.length);
  const stretch = Math.floor(Math.min(mostStretch, spare));

  let x = margin;
  const xs = labelWidths.map((width, column) => {
    const middle = x + width / 2;
    const gap = gaps[column];
    x += width + (gap === undefined ? margin : gap.width + stretch);
    return middle;
  });

  /** Where a change of lane begins: the outermost line turns first, so that parallel lines stay parallel. */
  const turnsOf = (column: number): Map<string, number> => {
    const gap = gaps[column];
    const turns = new Map<string, number>();
    if (gap === undefined) return turns;
    const start = (xs[column] ?? 0) + (labelWidths[column] ?? 0) / 2 + 4 + stretch / 2;
    const moving = [...(lineSlots[column]?.keys() ?? [])].flatMap((id) => {
      const [a, b] = [lineSlots[column]?.get(id), lineSlots[column + 1]?.get(id)];
      if (a === undefined || b === undefined) return [];
      const [from, to] = [laneY(a, id), laneY(b, id)];
      return Math.abs(to - from) < 0.5 ? [] : [{ id, from, isDown: to > from }];
    });
    const down = moving.filter(({ isDown }) => isDown).sort((a, b) => b.from - a.from);
    const up = moving.filter(({ isDown }) => !isDown).sort((a, b) => a.from - b.from);
    for (const list of [down, up])
      list.forEach(({ id }, index) => turns.set(id, start + index * gap.stagger));
    return turns;
  };
  const turns = gaps.map((_, column) => turnsOf(column));

  const lines = content.lines.map((line): PlacedLine => {
    const pieces: Point[][] = [];
    let piece: Point[] = [];
    columns.forEach((_, column) => {
      const slot = lineSlots[column]?.get(line.id);
      if (slot === undefined) {
        if (piece.length > 0) pieces.push(piece);
        piece = [];
        return;
      }
      const here = { x: xs[column] ?? 0, y: laneY(slot, line.id) };
      const before = piece.at(-1);
      if (before === undefined) {
        // A line that a team hides comes out of the network again.
        const isResumed = pieces.length > 0 && order.columns[column - 1]?.name === 'network';
        piece.push(...(isResumed ? [{ x: (xs[column - 1] ?? 0) + networkWidth / 2, y: here.y }] : []), here);
        return;
      }
      const gap = gaps[column - 1];
      const turn = turns[column - 1]?.get(line.id) ?? before.x;
      piece.push(...across(before, here, turn, gap?.reach ?? 0).slice(1));
    });
    if (piece.length > 0) pieces.push(piece);
    return { lineId: line.id, pieces };
  });

  const networkColumn = order.columns.findIndex(({ name }) => name === 'network');
  const adapterColumn = order.columns.findIndex(({ name }) => name === 'adapter');
  const networkLeft = (xs[networkColumn] ?? 0) - networkWidth / 2;
  const tracks = content.tracks.map((track): PlacedTrack => {
    const to = stationSlots.get(track.to);
    if (to === undefined) return { track, points: [] };
    const end = { x: xs[to.column] ?? 0, y: to.slot.y };
    // Where lines run on to the network, they are the track.
    const out = networkColumn < 0 || to.slot.group.lineIds.length > 0 ? [] : [{ x: networkLeft, y: end.y }];
    const from = stationSlots.get(track.from ?? '');
    if (from === undefined) {
      return { track, points: [{ x: end.x - (labelWidths[adapterColumn] ?? 0) / 2, y: end.y }, end, ...out] };
    }
    const begin = { x: xs[from.column] ?? 0, y: from.slot.y };
    const turn = begin.x + (labelWidths[from.column] ?? 0) / 2 + 4 + stretch / 2;
    return { track, points: [...across(begin, end, turn, gaps[from.column]?.reach ?? 0), ...out] };
  });

  const placed = columns.flatMap((slots, column) =>
    slots.flatMap((slot): PlacedStation[] => {
      const station = stations.get(slot.group.stationId ?? '');
      if (station === undefined) return [];
      const tall = Math.max(stationWidth, (slot.group.lineIds.length - 1) * laneGap + stationWidth);
      const width = labelWidths[column] ?? 0;
      const middle = xs[column] ?? 0;
      return [
        {
          station,
          x: middle,
          y: slot.y,
          height: tall,
          lineIds: slot.group.lineIds,
          label: {
            x: middle - width / 2,
            y: slot.y + tall / 2 + labelGap,
            width,
            height: labelHeight(slot.group, column),
          },
          nameLines: nameLines(slot.group, column),
          detailLines: detailLines(slot.group, column),
        },
      ];
    }),
  );
  const placedById = new Map(placed.map((one) => [one.station.id, one]));
  const frames = runs.flat().flatMap(({ limit, stationIds }): PlacedFrame[] => {
    const inside = stationIds.flatMap((id) => placedById.get(id) ?? []);
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) return [];
    const y = first.y - first.height / 2 - captionHeight;
    return [
      {
        limit,
        x: first.label.x - 2,
        y,
        width: first.label.width + 4,
        height: last.label.y + last.label.height + framePadding / 2 - y,
      },
    ];
  });
  const onWire = placed.filter(({ station }) => station.column === 'adapter' || station.column === 'portal');
  return {
    width: Math.round(x),
    height: Math.round(height),
    columns: order.columns.map(({ name }, column) => ({
      name,
      x: xs[column] ?? 0,
      width: labelWidths[column] ?? 0,
    })),
    stations: placed,
    lines,
    tracks,
    frames,
    network:
      networkColumn < 0 || onWire.length === 0
        ? undefined
        : {
            x: networkLeft,
            y: Math.min(...onWire.map(({ y, height: tall }) => y - tall / 2)) - 18,
            width: networkWidth,
            height:
              Math.max(...onWire.map(({ y, height: tall }) => y + tall / 2)) -
              Math.min(...onWire.map(({ y, height: tall }) => y - tall / 2)) +
              36,
          },
  };
}
