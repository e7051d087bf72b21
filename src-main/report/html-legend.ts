/** What the signs of the map mean, as far as the map of this report has them. */
import { dashArrayOfLook, pointMark } from '#path-map/map-drawing.ts';
import type { StationState } from '#path-map/station-state.ts';
import { stationShape, type MapPicture } from './html-map.ts';
import { element, type MarkupNode } from './markup.ts';

const states: readonly (readonly [StationState, string])[] = [
  ['idle', 'idle: it could carry, and no route uses it'],
  ['standby', 'standby: carries nothing until others fail'],
  ['degraded', 'degraded: part of it is down'],
  ['down', 'down: broken, switched off or unplugged'],
  ['unknown', 'not known: the host did not say'],
];

export function legend({ states: shown, has }: Pick<MapPicture, 'states' | 'has'>): MarkupNode {
  const line = (kind: string): MarkupNode => element('path', { d: 'M0 8 H32', class: kind });
  const items: (readonly [MarkupNode | readonly MarkupNode[], string] | undefined)[] = [
    [
      [
        element('g', { class: 'line colour-0' }, element('path', { d: 'M0 4 H32' })),
        element(
          'g',
          { class: 'line colour-1' },
          element('path', { d: 'M0 12 H32', 'stroke-dasharray': dashArrayOfLook(1) }),
        ),
      ],
      'routes; side by side they share the track',
    ],
    has.standby
      ? [element('g', { class: 'line colour-0 standby' }, line('')), 'a route that carries nothing now']
      : undefined,
    has.possible
      ? [
          element('g', { class: 'track possible' }, line(''), line('inside')),
          'a team may send routes this way',
        ]
      : undefined,
    has.idle ? [element('g', { class: 'track idle' }, line('')), 'a track that no route uses'] : undefined,
    ...states.map(([state, words]) =>
      shown.has(state) ? ([stationShape(16, 8, 16, state), words] as const) : undefined,
    ),
    has.frame
      ? [
          element('rect', { class: 'frame', x: 2, y: 1, width: 28, height: 14, rx: 4 }),
          'full first: limits the target',
        ]
      : undefined,
    has.point
      ? [element('path', { class: 'point', d: pointMark(16, 8) }), 'a single point of failure of some target']
      : undefined,
  ];
  return element(
    'ul',
    { class: 'legend' },
    items.map((item) =>
      item === undefined
        ? undefined
        : element(
            'li',
            {},
            element(
              'svg',
              { class: 'map', width: 32, height: 16, viewBox: '0 0 32 16', 'aria-hidden': 'true' },
              item[0],
            ),
            ` ${item[1]}`,
          ),
    ),
  );
}
