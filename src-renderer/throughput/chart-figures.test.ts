import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesPoints } from '#shared/sample.ts';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import { ceilingLines, chartSubjects, figureText, linkCeiling, niceStep, reachOf } from './chart-figures.ts';
import { selectedSubjects, storageAdapters } from './chart-subjects.ts';
import { reduceToPixels } from './reduce-to-pixels.ts';
import { nearestMoment, streamLines, timeStep } from './stream-lines.ts';

const summary = { latest: null, p50: null, p95: null, p99: null, max: null };

function seriesOf(name: string, direction: 'in' | 'out', values: readonly (number | null)[]): SeriesPoints {
  return {
    id: `${name}|${direction}`,
    subject: { id: name, kind: 'adapter', name },
    measure: 'throughput',
    unit: 'bytesPerSecond',
    direction,
    part: 'all',
    source: 'Class',
    values,
    summary,
  };
}

describe('the lines', () => {
  const subjects = chartSubjects(
    [seriesOf('A', 'in', [1, 2, null]), seriesOf('A', 'out', [3, 4, 5]), seriesOf('B', 'in', [10, null, 30])],
    'throughput',
    new Map([['B', 5]]),
  );

  it('gather the directions of a thing, with the look that the map gives it', () => {
    expect(subjects.map(({ name, look, series }) => [name, look, series.length])).toEqual([
      ['A', 0, 2],
      ['B', 5, 1],
    ]);
  });

  it('show below zero what goes out, and a gap as a gap', () => {
    const { lines, above, below } = streamLines(subjects, false);
    expect(lines.map(({ values }) => [...values])).toEqual([
      [1, 2, Number.NaN],
      [-3, -4, -5],
      [10, Number.NaN, 30],
    ]);
    expect([above, below]).toEqual([30, 5]);
  });

  it('stand on each other where stacked, and a gap takes nothing from the others', () => {
    const { lines, above } = streamLines(subjects, true);
    expect([...(lines[2]?.values ?? [])]).toEqual([11, Number.NaN, 30]);
    expect([...(lines[2]?.floor ?? [])]).toEqual([1, 2, 0]);
    expect(above).toBe(30);
  });
});

describe('the axis', () => {
  it('has few round steps, holds every value, and a ceiling only where it is near', () => {
    const positive = fc.double({ min: 0.001, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, (above, below, ceiling) => {
        const line = { name: 'x', bytesPerSecond: ceiling, text: 'x' };
        const reach = reachOf(above, below, [line]);
        expect(reach.above).toBeGreaterThanOrEqual(above * 0.999);
        expect(reach.below).toBeGreaterThanOrEqual(below * 0.999);
        expect((reach.above + reach.below) / reach.step).toBeLessThanOrEqual(8);
        const isDrawn = reach.ceilings.length === 1;
        expect(isDrawn).toBe(ceiling <= 2.5 * Math.max(above, below));
        if (isDrawn) expect(reach.above).toBeGreaterThan(ceiling * 0.999);
      }),
      { numRuns: 100 },
    );
    expect(reachOf(0, 0, [])).toMatchObject({ above: 1, below: 0 });
    expect([0.03, 7, 120, 2400].map(niceStep)).toEqual([0.05, 10, 200, 2500]);
  });

  it('labels as many times as there is room for', () => {
    expect(timeStep(300_000, 900)).toBe(30_000);
    expect(timeStep(3_600_000, 400)).toBe(900_000);
  });
});

it('figures have at most three digits and their unit', () => {
  expect(figureText(103_435_965, 'throughput')).toBe('103 MB/s');
  expect(figureText(1.0487556, 'latency')).toBe('1.05 ms');
  expect(figureText(7.7822, 'queue')).toBe('7.78');
  expect(figureText(null, 'latency')).toBe('–');
});

describe('ceilings', () => {
  const { targets } = demoCheck('iscsi-on-team');

  it('of one height are one line with all their names, in both units', () => {
    const [target] = targets;
    if (target === undefined) throw new Error('The demo has a target.');
    const single = { ...target, guaranteed: target.singleStream, possible: { bitsPerSecond: 4e9 } };
    expect(ceilingLines(single as typeof target).map(({ text }) => text)).toEqual([
      'Single stream, guaranteed 1 Gb/s = 125 MB/s',
      'Possible 4 Gb/s = 500 MB/s',
    ]);
  });

  it('of links are drawn where all are known and equal', () => {
    expect(linkCeiling([1e9]).map(({ text }) => text)).toEqual(['Link 1 Gb/s = 125 MB/s']);
    expect(linkCeiling([1e9, 1e9])[0]?.name).toBe('Each link');
    for (const speeds of [[], [1e9, 1e10], [1e9, undefined], [null], [0]]) {
      expect(linkCeiling(speeds)).toEqual([]);
    }
  });
});

describe('what is shown', () => {
  const check = demoCheck('mpio-dedicated');
  const names = (ids: readonly string[]) =>
    check.graph.hops.filter(({ id }) => ids.includes(id)).map(({ name }) => name);

  it('without a selection is the adapters that storage goes over', () => {
    expect(names(storageAdapters(check).subjectIds).sort()).toEqual(['iSCSI-A', 'iSCSI-B']);
    expect(selectedSubjects(check, new Set())).toBeUndefined();
  });

  it('of a target is its routes, with its ceilings', () => {
    const [target] = check.targets;
    const shown = selectedSubjects(check, new Set([target?.id ?? '']));
    expect(shown).toMatchObject({ title: 'Routes to array1', targetId: target?.id });
    expect(shown?.subjectIds).toEqual(target?.routeIds);
  });

  it('of an address is the adapter that holds it', () => {
    const address = check.model.addresses.find(({ ipAddress }) => ipAddress === '10.0.11.14');
    const shown = selectedSubjects(check, new Set([address?.id ?? '']));
    expect(names(shown?.subjectIds ?? [])).toEqual(['iSCSI-A']);
  });

  it('of a portal is the sessions that reach it', () => {
    const portal = check.model.targetPortals.find(({ address }) => address === '10.0.12.101');
    expect(selectedSubjects(check, new Set([portal?.id ?? '']))?.subjectIds).toHaveLength(1);
  });

  it('of a team is its members', () => {
    const team = demoCheck('iscsi-on-team');
    const id = team.model.teams[0]?.id ?? '';
    expect(selectedSubjects(team, new Set([id]))?.subjectIds).toHaveLength(4);
  });
});

describe('a line of more points than pixels', () => {
  it('keeps its ends, its extremes in every pixel and its gaps', () => {
    const value = fc.option(fc.integer({ min: -50, max: 50 }), { nil: Number.NaN, freq: 8 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (given) => {
        const values = Float64Array.from(given);
        const places = values.map((_, index) => index / 40);
        const reduced = reduceToPixels(places, values);
        const extremes = (of: { places: Float64Array; values: Float64Array }) => {
          const found = new Map<number, { low: number; high: number; gaps: number }>();
          for (const [index, one] of of.values.entries()) {
            const pixel = Math.floor(of.places[index] ?? 0);
            const there = found.get(pixel) ?? { low: Infinity, high: -Infinity, gaps: 0 };
            found.set(
              pixel,
              Number.isNaN(one)
                ? { ...there, gaps: there.gaps + 1 }
                : { ...there, low: Math.min(there.low, one), high: Math.max(there.high, one) },
            );
          }
          return found;
        };
        expect(extremes(reduced)).toEqual(extremes({ places, values }));
        expect(reduced.values[0]).toBe(values[0]);
        expect(reduced.values.at(-1)).toBe(values.at(-1));
      }),
      { numRuns: 100 },
    );
  });

  it('is left alone where there is room', () => {
    const values = Float64Array.of(1, 2, 3);
    expect(reduceToPixels(Float64Array.of(0, 5, 10), values).values).toBe(values);
  });
});

it('the nearest moment is found', () => {
  const times = [0, 10, 20];
  expect([-5, 4, 6, 15, 99].map((time) => nearestMoment(times, time))).toEqual([0, 0, 1, 2, 2]);
  expect(nearestMoment([], 3)).toBeUndefined();
});
