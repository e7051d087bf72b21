import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/finding.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { mapContent } from './map-content.ts';
import { colourOfLook, dashOfLook, lineColours, routeLooks } from './map-drawing.ts';
import { limitsOf } from './map-marks.ts';
import { orderMap } from './map-order.ts';
import { breakable } from './map-label.ts';
import { placeMap, type PlacedMap } from './map-place.ts';
import { mapTables } from './map-table.ts';
import { walk, type Step } from './map-walk.ts';
import { stationStandings, type StationState } from './station-state.ts';

const converged = demoCheck('converged-2012r2');
const fibreChannel = demoCheck('fibre-channel');
const dedicated = demoCheck('mpio-dedicated');

function standingOf(check: Check, name: string, closed?: ReadonlySet<string>) {
  const content = mapContent(check);
  const station = content.stations.find((one) => one.name === name);
  return stationStandings(check, content, closed).get(station?.id ?? '');
}

function withAdapter(check: Check, name: string, patch: { isUp: boolean; status: string }): Check {
  const adapters = check.model.adapters.map((adapter) =>
    adapter.name === name ? { ...adapter, ...patch } : adapter,
  );
  return { ...check, model: { ...check.model, adapters } };
}

function withPathState(state: 'Failed' | 'Standby' | undefined): Check {
  const disks = fibreChannel.model.disks.map(({ mpio, ...disk }) => ({
    ...disk,
    ...(mpio && {
      mpio: {
        ...mpio,
        paths: mpio.paths.map(({ state: was, ...path }, index) => {
          const now = index === 0 ? state : was;
          return { ...path, ...(now !== undefined && { state: now }) };
        }),
      },
    }),
  }));
  return { ...fibreChannel, model: { ...fibreChannel.model, disks } };
}

const firstPath = mapContent(fibreChannel).stations.find(({ kind }) => kind === 'path')?.name ?? '';
const unplugged = withAdapter(converged, 'NIC1', { isUp: false, status: 'Disconnected' });
const closedNic = new Set(converged.model.adapters.filter(({ name }) => name === 'NIC1').map(({ id }) => id));

describe('how a station stands', () => {
  it.each<readonly [what: string, check: Check, name: string, state: StationState, words: RegExp]>([
    ['an adapter in use says nothing', converged, 'NIC1', 'normal', /^$/],
    ['an adapter that a team may choose is not idle', converged, 'NIC2', 'normal', /^$/],
    ['an adapter that no route uses is idle', dedicated, 'NIC1', 'idle', /^idle$/],
    [
      'an adapter without a link is down, in the words of Windows',
      unplugged,
      'NIC1',
      'down',
      /^disconnected$/,
    ],
    [
      'a team with one member down is degraded',
      unplugged,
      'ConvergedTeam',
      'degraded',
      /^1 of 2 members down$/,
    ],
    ['a failed path is down', withPathState('Failed'), firstPath, 'down', /^failed$/],
    ['a standby path is on standby', withPathState('Standby'), firstPath, 'standby', /^standby$/],
    [
      'a path of which nothing is said is not known',
      withPathState(undefined),
      firstPath,
      'unknown',
      /not known/,
    ],
    ['a path over Fibre Channel is well', fibreChannel, firstPath, 'normal', /^$/],
    [
      'a disk with a failed path is degraded',
      withPathState('Failed'),
      'Disk 1',
      'degraded',
      /^1 of \d+ paths down$/,
    ],
  ])('%s', (_, check, name, state, words) => {
    const standing = standingOf(check, name);
    expect(standing?.state).toBe(state);
    expect(standing?.words).toMatch(words);
  });

  it('is closed where it was taken out, whatever else it is', () => {
    expect(standingOf(converged, 'NIC1', closedNic)).toEqual({ state: 'closed', words: 'closed' });
    expect(standingOf(unplugged, 'NIC1', closedNic)?.state).toBe('closed');
    expect(standingOf(converged, 'NIC2', closedNic)?.state).toBe('normal');
  });
});

describe('the keys on the map', () => {
  const content = mapContent(converged);
  const map: PlacedMap = placeMap(content, orderMap(content), { fontPx: 12 });
  const named = (name: string, column: string) =>
    map.stations.find(({ station }) => station.name === name && station.column === column);

  it.each<readonly [from: string, column: string, step: Step, to: string | undefined]>([
    ['NIC1', 'adapter', 'ArrowLeft', 'ConvergedTeam'],
    ['NIC1', 'adapter', 'ArrowDown', 'NIC2'],
    ['NIC2', 'adapter', 'ArrowUp', 'NIC1'],
    ['NIC2', 'adapter', 'ArrowLeft', 'ConvergedTeam'],
    ['NIC2', 'adapter', 'ArrowDown', undefined],
    ['NIC1', 'adapter', 'Home', 'Disk 1'],
    ['NIC1', 'adapter', 'End', 'vol1'],
    ['vol1', 'target', 'ArrowRight', undefined],
    ['Session 1', 'session', 'ArrowRight', '10.0.10.12'],
    ['Session 2', 'session', 'ArrowRight', '10.0.10.13'],
  ])('lead from %s in %s by %s to %s', (from, column, step, to) => {
    const start = named(from, column);
    if (start === undefined) throw new Error(`No ${from} on the map`);
    expect(walk(map, content, start, step)?.station.name).toBe(to);
  });

  it('reach every station of every column from any other', () => {
    const seen = new Set(map.stations.slice(0, 1));
    for (const from of seen) {
      for (const step of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
        const next = walk(map, content, from, step);
        if (next !== undefined) seen.add(next);
      }
    }
    expect(seen.size).toBe(map.stations.length);
  });
});

describe('the map as tables', () => {
  it('has a row for each route, gathered or not, with every hop in order', () => {
    const check = demoCheck('large');
    const { routes, stations, columns } = mapTables(check, new Set());
    expect(routes.map(({ id }) => id).sort()).toEqual(check.graph.routes.map(({ id }) => id).sort());
    expect(columns.map(({ name }) => name)).toEqual([
      'storage',
      'session',
      'address',
      'adapter',
      'portal',
      'target',
    ]);
    const shown = new Set(stations.flatMap(({ ids }) => ids));
    const adapters = check.graph.hops.filter(({ kind }) => kind === 'adapter');
    expect(adapters.filter(({ id }) => !shown.has(id))).toEqual([]);
  });

  it('says with whom a route shares its NIC, and what a team may choose', () => {
    const { routes } = mapTables(converged, new Set());
    const [first, second] = routes;
    expect(first?.sharedWith).toEqual([second?.name]);
    expect(first?.stops.get('adapter')).toEqual(['NIC1']);
    const [onTeam] = mapTables(demoCheck('iscsi-on-team'), new Set()).routes;
    expect(onTeam?.stops.get('adapter')).toEqual(['one of NIC1, NIC2, NIC3, NIC4']);
  });

  it('says what is marked and what is closed', () => {
    const { stations } = mapTables(converged, closedNic);
    expect(stations.find(({ name }) => name === 'NIC1')?.state).toContain('closed');
    expect(stations.find(({ name }) => name === 'ConvergedTeam')?.marks).toContain('single point of failure');
  });
});

it('frames what holds a target back, the stations of one target together', () => {
  const content = mapContent(dedicated);
  const limits = limitsOf(content, dedicated.targets);
  const names = limits.map(({ stationIds }) =>
    content.stations.flatMap(({ id, name }) => (stationIds.has(id) ? [name] : [])),
  );
  expect(names).toEqual([['iSCSI-A', 'iSCSI-B']]);
  const unlimited = dedicated.targets.map((target) => ({ ...target, limitedBy: [] }));
  expect(limitsOf(content, unlimited)).toEqual([]);
});

it.each([
  ['ConvergedSwitch', ['Converged', 'Switch']],
  ['10.0.10.101', ['10.', '0.', '10.', '101']],
  ['iSCSI-A1', ['iSCSI-', 'A1']],
  ['شبكة التخزين', ['شبكة ', 'التخزين']],
])('%s may break where its words meet', (name, parts) => {
  expect(breakable(name)).toEqual(parts);
});

describe('the looks of lines', () => {
  const content = mapContent(demoCheck('large'));
  const looks = routeLooks(content);

  it('are told apart by colour and dash, however many lines there are', () => {
    const drawn = content.lines.map(({ routeIds }) => looks.get(routeIds[0] ?? '') ?? -1);
    expect(drawn.length).toBeGreaterThan(lineColours);
    expect(new Set(drawn.map((look) => `${colourOfLook(look)} ${dashOfLook(look)}`)).size).toBe(drawn.length);
  });

  it('of the routes of one line have its colour and dashes of their own', () => {
    for (const { routeIds } of content.lines) {
      const own = routeIds.map((id) => looks.get(id) ?? -1);
      expect(new Set(own.map(colourOfLook)).size).toBe(1);
      expect(new Set(own.map(dashOfLook)).size).toBe(Math.min(4, own.length));
    }
  });
});
