/**
 * Gives every station its place and every line its way: columns at fixed x, tracks at 45 degrees, labels in space of
 * their own. All lengths are CSS pixels at zoom 1.
 */
import type { ColumnName, ContentStation, ContentTrack, MapContent } from './map-content.ts';
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
  readonly label: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
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
  readonly network:
    { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined;
}

export interface PlaceOptions {
  /** Height of the label's text; everything that holds text grows with it. */
  readonly fontPx: number;
}

/** Between neighbouring lines on a track; lines are 5 wide. */
const laneGap = 7;
const stationWidth = 16;
const networkWidth = 44;
/** Between a station and its label, and between a label and what comes below it. */
const labelGap = 3;
const slotGap = 14;
const headHeight = 34;
const margin = 14;
/** The steepest change that is drawn as one diagonal; beyond it the line runs down between two. */
const longestDiagonal = 64;
const shortestGap = 26;

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

function placeVertically(columns: readonly (readonly Slot[])[], content: MapContent): void {
  const slotOfLine = columns.map(
    (slots) => new Map(slots.flatMap((slot) => slot.group.lineIds.map((id) => [id, slot] as const))),
  );
  const slotOfStation = new Map(
    columns.flatMap((slots) =>
      slots.flatMap((slot) =>
        slot.group.stationId === undefined ? [] : [[slot.group.stationId, slot] as const],
      ),
    ),
  );
  const tracksOf = new Map<string, string[]>();
  for (const { from, to } of content.tracks) {
    if (from === undefined) continue;
    tracksOf.set(from, [...(tracksOf.get(from) ?? []), to]);
    tracksOf.set(to, [...(tracksOf.get(to) ?? []), from]);
  }
  // A start in order; the rounds only straighten it.
  for (const slots of columns)
    settle(
      slots,
      slots.map(() => 0),
    );
  const moveTowards = (column: number, besides: readonly number[]): void => {
    const slots = columns[column] ?? [];
    const wishes = slots.map((slot) => {
      const found: number[] = [];
      for (const id of slot.group.lineIds) {
        for (const beside of besides) {
          const other = slotOfLine[beside]?.get(id);
          if (other !== undefined) found.push(laneY(other, id) - (laneY(slot, id) - slot.y));
        }
      }
      for (const id of slot.group.stationId === undefined ? [] : (tracksOf.get(slot.group.stationId) ?? [])) {
        const other = slotOfStation.get(id);
        if (other !== undefined) found.push(other.y);
      }
      return found.length === 0 ? slot.y : found.reduce((a, b) => a + b, 0) / found.length;
    });
    settle(slots, wishes);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < columns.length; step += 1) {
      const column = round % 2 === 0 ? step : columns.length - 1 - step;
      moveTowards(column, [column - 1, column + 1]);
    }
  }
  // The fullest column stays; the others follow it outwards, so that a line without a reason to bend is straight.
  const fullness = columns.map((slots) => slots.reduce((sum, { above, below }) => sum + above + below, 0));
  const pivot = fullness.indexOf(Math.max(...fullness));
  for (let column = pivot - 1; column >= 0; column -= 1) moveTowards(column, [column + 1]);
  for (let column = pivot + 1; column < columns.length; column += 1) moveTowards(column, [column - 1]);
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

/** Places everything. Same content and order, same picture. */
export function placeMap(content: MapContent, order: MapOrder, { fontPx }: PlaceOptions): PlacedMap {
  const labelHeight = Math.ceil(fontPx * 2.6);
  const stations = new Map(content.stations.map((station) => [station.id, station]));
  const columns: Slot[][] = order.columns.map(({ groups }) =>
    groups.map((group) => {
      const half = Math.max(stationWidth, (group.lineIds.length - 1) * laneGap + stationWidth) / 2;
      return group.stationId === undefined
        ? { group, above: laneGap + 2, below: laneGap + 2, y: 0 }
        : { group, above: half + slotGap / 2, below: half + labelGap + labelHeight + slotGap / 2, y: 0 };
    }),
  );
  placeVertically(columns, content);

  const top = Math.min(0, ...columns.flatMap((slots) => slots.map((slot) => slot.y - slot.above)));
  const shift = headHeight + margin - top;
  for (const slots of columns) for (const slot of slots) slot.y = Math.round(slot.y + shift);
  const height =
    Math.max(headHeight, ...columns.flatMap((slots) => slots.map((slot) => slot.y + slot.below))) + margin;

  const labelWidths = order.columns.map(({ name, groups }) => {
    if (name === 'network') return networkWidth;
    const longest = Math.max(
      4,
      ...groups.map(({ stationId }) => stations.get(stationId ?? '')?.name.length ?? 0),
    );
    return Math.round(Math.min(fontPx * 9.5, Math.max(fontPx * 4.6, longest * fontPx * 0.54)));
  });

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

  let x = margin;
  const xs = labelWidths.map((width, column) => {
    const middle = x + width / 2;
    x += width + (gaps[column]?.width ?? margin);
    return middle;
  });

  /** Where a change of lane begins: the outermost line turns first, so that parallel lines stay parallel. */
  const turnsOf = (column: number): Map<string, number> => {
    const gap = gaps[column];
    const turns = new Map<string, number>();
    if (gap === undefined) return turns;
    const start = (xs[column] ?? 0) + (labelWidths[column] ?? 0) / 2 + 4;
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
    const turn = begin.x + (labelWidths[from.column] ?? 0) / 2 + 4;
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
          label: { x: middle - width / 2, y: slot.y + tall / 2 + labelGap, width, height: labelHeight },
        },
      ];
    }),
  );
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
