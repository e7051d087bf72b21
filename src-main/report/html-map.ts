/** The map of the window as a picture for paper: the same content, order and places, drawn as SVG with its words. */
import type { Check } from '#shared/finding.ts';
import { visibleText } from '#shared/visible-text.ts';
import { columnTitle } from '#path-map/column-titles.ts';
import { mapContent, type MapContent } from '#path-map/map-content.ts';
import {
  colourOfLook,
  dashArrayOfLook,
  isAngular,
  limitCaption,
  pathData,
  pointMark,
  routeLooks,
  stationMark,
} from '#path-map/map-drawing.ts';
import { fitMap } from '#path-map/map-fit.ts';
import { detailSize, labelLines, shortened } from '#path-map/map-label.ts';
import { limitsOf, pointsOfFailure } from '#path-map/map-marks.ts';
import { orderMap } from '#path-map/map-order.ts';
import { stationWidth, type PlacedMap, type PlacedStation } from '#path-map/map-place.ts';
import { stationDetails } from '#path-map/station-detail.ts';
import { stationStandings, type StationState } from '#path-map/station-state.ts';
import { element, type MarkupNode } from './markup.ts';

const fontPx = 12;
const headHeight = 20;
/**
 * CSS pixels: rooms that A4 and Letter both have inside their margins. Part of an upright page, all of one, or one on
 * its side.
 */
const rooms = [
  { width: 690, height: 440, isWide: false },
  { width: 690, height: 830, isWide: false },
  { width: 950, height: 560, isWide: true },
] as const;
/** Larger than that, words are easily read on paper, and no other room is tried. */
const readable = 0.8;
/** What another room has to gain. */
const worth = 1.08;

export interface MapPicture {
  readonly picture: MarkupNode;
  /** It needs a page that is wider than high. */
  readonly isWide: boolean;
  /** What of the legend the picture needs. */
  readonly states: ReadonlySet<StationState>;
  readonly has: {
    readonly standby: boolean;
    readonly possible: boolean;
    readonly idle: boolean;
    readonly frame: boolean;
    readonly point: boolean;
  };
}

export function drawMap(check: Check): MapPicture {
  const content = mapContent(check);
  const order = orderMap(content);
  const limits = limitsOf(content, check.targets);
  const points = pointsOfFailure(check.targets);
  const standings = stationStandings(check, content);
  const details = stationDetails(check, content, standings, points);
  const fits = rooms.map((room) => {
    const fitted = fitMap(content, order, {
      width: room.width,
      height: room.height - headHeight,
      fontPx,
      limits,
      details,
    });
    return { ...fitted, isWide: room.isWide, scale: scaleIn(fitted.map, room) };
  });
  const { map, zoom, isWide } = fits.reduce((best, next) =>
    best.scale < readable && next.scale > best.scale * worth ? next : best,
  );
  const stateOf = (id: string): StationState => standings.get(id)?.state ?? 'normal';
  const isPoint = ({ station }: PlacedStation): boolean => station.hops.some(({ id }) => points.has(id));
  const height = map.height + headHeight;
  const picture = element(
    'svg',
    {
      class: 'map',
      role: 'img',
      'aria-label': describe(check, content),
      width: Math.round(map.width * zoom),
      height: Math.round(height * zoom),
      viewBox: `0 0 ${map.width} ${height}`,
    },
    map.columns.map(({ name, x }) =>
      element('text', { class: 'head', x, y: 12 }, columnTitle(content, name)),
    ),
    element(
      'g',
      { transform: `translate(0 ${headHeight})` },
      networkShape(map),
      tracks(map),
      lines(map, content),
      frames(map),
      map.stations.map((placed) => [
        isPoint(placed)
          ? element('path', {
              class: 'point',
              d: pointMark(placed.x + 12, placed.y - placed.height / 2 - 3),
            })
          : undefined,
        stationShape(placed.x, placed.y, placed.height, stateOf(placed.station.id)),
        label(placed, details.get(placed.station.id) ?? ''),
      ]),
    ),
  );
  return {
    picture,
    isWide,
    states: new Set(content.stations.map(({ id }) => stateOf(id))),
    has: {
      standby: content.lines.some(({ isStandby }) => isStandby),
      possible: content.tracks.some(({ kind }) => kind === 'possible'),
      idle: content.tracks.some(({ kind }) => kind === 'idle'),
      frame: map.frames.length > 0,
      point: map.stations.some(isPoint),
    },
  };
}

/** How large the map is on paper, where it is never larger than written. */
function scaleIn(
  { width, height }: PlacedMap,
  room: { readonly width: number; readonly height: number },
): number {
  return Math.min(1, room.width / width, room.height / (height + headHeight));
}

function describe(check: Check, content: MapContent): string {
  const routes = check.graph.routes.length;
  const gathered = content.lines.length < routes ? `, gathered in ${content.lines.length} lines` : '';
  return `Path map: ${routes} ${routes === 1 ? 'route' : 'routes'}${gathered}. The same stands as tables under Routes and stations.`;
}

function networkShape({ network }: PlacedMap): MarkupNode | undefined {
  if (network === undefined) return undefined;
  const { x, y, width, height } = network;
  return element('rect', { class: 'network', x, y, width, height, rx: width / 2 });
}

function tracks(map: PlacedMap): MarkupNode[] {
  return map.tracks.map(({ track, points }) => {
    const d = pathData(points);
    return element(
      'g',
      { class: `track ${track.kind}` },
      element('path', { d }),
      track.kind === 'possible' ? element('path', { class: 'inside', d }) : undefined,
    );
  });
}

function lines(map: PlacedMap, content: MapContent): MarkupNode[] {
  const byId = new Map(content.lines.map((line) => [line.id, line]));
  const looks = routeLooks(content);
  return map.lines.map(({ lineId, pieces }) => {
    const line = byId.get(lineId);
    const look = looks.get(line?.routeIds[0] ?? '') ?? 0;
    return element(
      'g',
      { class: `line colour-${colourOfLook(look)}${line?.isStandby === true ? ' standby' : ''}` },
      element('title', {}, line?.name),
      pieces.map((piece) =>
        element('path', { 'stroke-dasharray': dashArrayOfLook(look), d: pathData(piece) }),
      ),
    );
  });
}

function frames(map: PlacedMap): MarkupNode[] {
  return map.frames.flatMap(({ limit, x, y, width, height }) => {
    const caption = shortened(visibleText(limitCaption(limit.targets)), (width + 2 * fontPx) / captionPx);
    return [
      element('rect', { class: 'frame', x, y, width, height, rx: 6 }),
      element('text', { class: 'caption', x: x + width / 2, y: y + 12 }, caption),
    ];
  });
}
const captionPx = 11;

/** The mark of a station, also for the legend. */
export function stationShape(x: number, y: number, height: number, state: StationState): MarkupNode {
  const mark = stationMark(state, x, y);
  return element(
    'g',
    { class: `station ${state}` },
    element('rect', {
      class: 'outline',
      x: x - stationWidth / 2,
      y: y - height / 2,
      width: stationWidth,
      height,
      rx: isAngular(state) ? 2 : stationWidth / 2,
    }),
    mark === undefined ? undefined : element('path', { class: 'mark', d: mark }),
  );
}

function label(
  { station, x, label: box, nameLines, detailLines }: PlacedStation,
  detail: string,
): MarkupNode[] {
  const lineHeight = fontPx * 1.3;
  const ems = box.width / fontPx;
  const names = labelLines(visibleText(station.name), ems, Math.max(1, nameLines));
  const words =
    detail === '' ? [] : labelLines(visibleText(detail), ems / detailSize, Math.max(1, detailLines));
  const below = box.y + names.length * lineHeight;
  const whole = station.hops.map(({ name }) => name);
  return [
    element(
      'text',
      { class: 'name' },
      element('title', {}, whole.join(', ')),
      names.map((line, index) =>
        element('tspan', { x, y: (box.y + fontPx + index * lineHeight).toFixed(1) }, line),
      ),
    ),
    ...words.map((line, index) =>
      element(
        'text',
        { class: 'detail', x, y: (below + fontPx * detailSize + index * lineHeight * detailSize).toFixed(1) },
        line,
      ),
    ),
  ];
}
