import { describe, expect, it } from 'vitest';
import type { LiveRate } from '#shared/live.ts';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import { cellText } from '#shared/table-cells.ts';
import { formatBytesPerSecond } from '#shared/units.ts';
import { mapContent } from '#path-map/map-content.ts';
import {
  countedStations,
  flowOf,
  lineLoads,
  lineWidth,
  loadText,
  loadWords,
  rateColumns,
  routeLoads,
  stationLoads,
} from './live-load.ts';

const rate = (subjectId: string, received: number | null, sent: number | null = 0): LiveRate => ({
  subjectId,
  in: received,
  out: sent,
});
const ratesOf = (rates: readonly LiveRate[]) => new Map(rates.map((one) => [one.subjectId, one]));

describe('the load on the map', () => {
  const check = demoCheck('mpio-dedicated');
  const content = mapContent(check);
  const [first] = content.lines;
  const routeId = first?.routeIds[0] ?? '';

  it('is the sum of the routes of a line, and nothing where one of them has a gap', () => {
    expect(lineLoads(content, ratesOf([rate(routeId, 10, 2)])).get(first?.id ?? '')).toEqual({
      in: 10,
      out: 2,
    });
    expect(lineLoads(content, ratesOf([rate(routeId, null, null)])).size).toBe(0);
    const bundle = {
      ...content,
      lines: [{ ...first, id: 'b', routeIds: ['x', 'y'] } as (typeof content.lines)[number]],
    };
    expect(lineLoads(bundle, ratesOf([rate('x', 1), rate('y', 2)])).get('b')).toEqual({ in: 3, out: 0 });
    expect(lineLoads(bundle, ratesOf([rate('x', 1)])).size).toBe(0);
  });

  it('is what a station counts with the speed of its link, and at a target what leads to it', () => {
    const nic = content.stations.find(({ name }) => name === 'iSCSI-A');
    const target = content.stations.find(({ column }) => column === 'target');
    if (nic === undefined || target === undefined) throw new Error('The demo has changed.');
    const routes = content.lines.flatMap(({ routeIds }) => routeIds);
    const rates = ratesOf([rate(nic.id, 125_000_000), ...routes.map((id) => rate(id, 7))]);
    const loads = stationLoads(content, rates, check.model);
    expect(loads.get(nic.id)).toEqual({ in: 125_000_000, out: 0, most: 1_250_000_000 });
    expect(loads.get(target.id)).toEqual({ in: 28, out: 0 });
    expect([...countedStations(content, new Set(rates.keys()))].sort()).toEqual([...loads.keys()].sort());
    rates.delete(routes[0] ?? '');
    expect(stationLoads(content, rates, check.model).has(target.id)).toBe(false);
  });

  it('stands in columns, with the link of a route that certainly leaves by one, and unknown where nothing is counted', () => {
    const { id: lineId = '', stops } = first ?? {};
    const nic = content.stations.find(({ id }) => id === stops?.get('adapter'))?.name;
    const link = check.model.adapters.find(({ name }) => name === nic)?.speedBitsPerSecond ?? 0;
    const loads = routeLoads(content, ratesOf([rate(routeId, 0, link / 16)]), check.model);
    const columns = rateColumns(loads);
    const cells = (id: string) => columns.map((column) => cellText(column, { id }));
    expect(cells(lineId)).toEqual(['0 B/s', formatBytesPerSecond(link / 16), '50 %']);
    expect(cells('another')).toEqual(['unknown', 'unknown', 'unknown']);
    const onTeam = demoCheck('iscsi-on-team');
    const ofTeam = mapContent(onTeam);
    const [line] = ofTeam.lines;
    const teamLoads = routeLoads(ofTeam, ratesOf([rate(line?.routeIds[0] ?? '', 1000)]), onTeam.model);
    expect(rateColumns(teamLoads).map((column) => cellText(column, { id: line?.id ?? '' }))).toEqual([
      '1 kB/s',
      '0 B/s',
      'unknown',
    ]);
  });

  it('is a width and words with the larger direction', () => {
    expect([0, 0.25, 1, 4].map((part) => lineWidth({ in: part, out: 0 }, 1))).toEqual([2, 5, 8, 8]);
    const load = { in: 1e6, out: 3e8, most: 1.25e9 };
    expect(loadText(load)).toBe('300 MB/s · 24 %');
    expect(loadWords(load)).toBe('1 MB/s in, 300 MB/s out, 24 % of its link');
    expect([flowOf(load), flowOf({ in: 5, out: 1 })]).toEqual(['out', undefined]);
  });
});
