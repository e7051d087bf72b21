/**
 * The chart on its canvas: Chart.js with its scales and layout, and one dataset that draws all lines by itself.
 *
 * A dataset for each line would cost Chart.js an element for each of its points at every update; here a point costs
 * what the canvas takes for it. Nothing is animated, both axes have fixed ends, and nothing is drawn while hidden.
 */
import { Chart, DatasetController, LinearScale, PointElement, type ChartConfiguration } from 'chart.js';
import { colourOfLook, dashOfLook } from '#path-map/map-drawing.ts';
import { isGap, reduceToPixels } from './reduce-to-pixels.ts';

/** One line; values below the zero line are negative, NaN is a gap. */
export interface StreamLine {
  readonly id: string;
  readonly look: number;
  readonly values: Float64Array;
  /** Stacked: what it stands on; the area between the two is filled. */
  readonly floor?: Float64Array;
}

export interface StreamFrame {
  /** ms since 1970, rising. */
  readonly times: readonly number[];
  readonly lines: readonly StreamLine[];
  /** Told apart by dashes as well: for as many lines as a person can follow. */
  readonly isDashed: boolean;
  readonly from: number;
  readonly until: number;
  readonly above: number;
  readonly below: number;
  readonly ceilings: readonly { readonly name: string; readonly value: number }[];
  /** Lines that stand out while the others step back; empty: all are equal. */
  readonly emphasised: ReadonlySet<string>;
  readonly timeStepMs: number;
  readonly valueStep: number;
  readonly timeText: (ms: number) => string;
  readonly valueText: (value: number) => string;
}

export interface StreamColours {
  readonly lines: readonly string[];
  readonly text: string;
  readonly grid: string;
  readonly zero: string;
  readonly ceiling: string;
  readonly fontFamily: string;
}

export interface StreamChart {
  readonly draw: (frame: StreamFrame) => void;
  readonly recolour: (colours: StreamColours) => void;
  /** The plot in CSS pixels of the canvas. */
  readonly area: () => {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly destroy: () => void;
}

/** By number; the same as on the map, shorter. */
const dashes: readonly (readonly number[])[] = [[], [8, 2], [4, 2], [11, 2, 3, 2]];

const sketches = new WeakMap<Chart, { frame: StreamFrame; colours: StreamColours }>();

class StreamController extends DatasetController {
  static id = 'stream';
  // Chart.js asks for a kind of element, though none is ever made.
  static defaults = { datasetElementType: false, dataElementType: 'point' };

  override buildOrUpdateElements(): void {
    // There are no elements: the lines are drawn from their values.
  }

  override parse(): void {
    // Nor is anything parsed.
  }

  override update(): void {
    // Nothing is kept from one drawing to the next.
  }

  override draw(): void {
    const sketch = sketches.get(this.chart);
    if (sketch !== undefined) drawFrame(this.chart, sketch.frame, sketch.colours);
  }
}

Chart.register(StreamController, PointElement, LinearScale);

declare module 'chart.js' {
  interface ChartTypeRegistry {
    stream: {
      chartOptions: object;
      datasetOptions: object;
      defaultDataPoint: number;
      metaExtensions: object;
      parsedDataType: object;
      scales: 'linear';
    };
  }
}

function drawFrame(chart: Chart, frame: StreamFrame, colours: StreamColours): void {
  const { ctx, chartArea, scales } = chart;
  const { x, y } = scales;
  if (x === undefined || y === undefined) return;
  const zero = y.getPixelForValue(0);
  const perValue = y.getPixelForValue(1) - zero;
  const first = x.getPixelForValue(frame.from);
  const perMs = (x.getPixelForValue(frame.until) - first) / (frame.until - frame.from);
  const places = new Float64Array(frame.times.length);
  for (let index = 0; index < places.length; index += 1) {
    places[index] = first + ((frame.times[index] ?? 0) - frame.from) * perMs;
  }

  ctx.save();
  ctx.lineJoin = 'round';
  for (const line of frame.lines) {
    const isBack = frame.emphasised.size > 0 && !frame.emphasised.has(line.id);
    const colour = colours.lines[colourOfLook(line.look)] ?? colours.text;
    ctx.globalAlpha = isBack ? 0.2 : 1;
    ctx.strokeStyle = colour;
    ctx.lineWidth = frame.emphasised.has(line.id) ? 2.5 : frame.isDashed ? 1.5 : 1;
    ctx.setLineDash(frame.isDashed ? [...(dashes[dashOfLook(line.look)] ?? [])] : []);
    ctx.beginPath();
    trace(ctx, reduceToPixels(places, line.values), (value) => zero + value * perValue);
    ctx.stroke();
    if (line.floor !== undefined) {
      ctx.globalAlpha = isBack ? 0.06 : 0.28;
      ctx.fillStyle = colour;
      fillBetween(ctx, places, line.values, line.floor, (value) => zero + value * perValue);
    }
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.strokeStyle = colours.zero;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(chartArea.left, Math.round(zero) + 0.5);
  ctx.lineTo(chartArea.right, Math.round(zero) + 0.5);
  ctx.stroke();
  drawCeilings(ctx, chartArea, frame, colours, (value) => zero + value * perValue);
  ctx.restore();
}

function trace(
  ctx: CanvasRenderingContext2D,
  { places, values }: { readonly places: Float64Array; readonly values: Float64Array },
  heightOf: (value: number) => number,
): void {
  let isBroken = true;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (isGap(value)) {
      isBroken = true;
      continue;
    }
    const place = places[index] ?? 0;
    const height = heightOf(value);
    if (!isBroken) {
      ctx.lineTo(place, height);
      continue;
    }
    ctx.moveTo(place, height);
    // A value between two gaps would be a line without length, which is not drawn.
    if (isGap(values[index + 1] ?? Number.NaN)) ctx.lineTo(place + 1, height);
    isBroken = false;
  }
}

function fillBetween(
  ctx: CanvasRenderingContext2D,
  places: Float64Array,
  values: Float64Array,
  floor: Float64Array,
  heightOf: (value: number) => number,
): void {
  let start = 0;
  for (let end = 0; end <= values.length; end += 1) {
    if (end < values.length && !isGap(values[end] ?? Number.NaN)) continue;
    if (end - start > 1) {
      ctx.beginPath();
      for (let at = start; at < end; at += 1) ctx.lineTo(places[at] ?? 0, heightOf(values[at] ?? 0));
      for (let at = end - 1; at >= start; at -= 1) ctx.lineTo(places[at] ?? 0, heightOf(floor[at] ?? 0));
      ctx.fill();
    }
    start = end + 1;
  }
}

function drawCeilings(
  ctx: CanvasRenderingContext2D,
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  frame: StreamFrame,
  colours: StreamColours,
  heightOf: (value: number) => number,
): void {
  ctx.strokeStyle = colours.ceiling;
  ctx.fillStyle = colours.ceiling;
  ctx.font = `11px ${colours.fontFamily}`;
  ctx.textAlign = 'right';
  ctx.setLineDash([6, 4]);
  for (const { name, value } of frame.ceilings) {
    for (const signed of frame.below >= value ? [value, -value] : [value]) {
      const height = Math.round(heightOf(signed)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(area.left, height);
      ctx.lineTo(area.right, height);
      ctx.stroke();
      if (signed < 0) continue;
      const hasRoom = height - area.top > 14;
      ctx.textBaseline = hasRoom ? 'bottom' : 'top';
      ctx.fillText(name, area.right - 4, height + (hasRoom ? -2 : 3));
    }
  }
}

/** At whole steps, so that the labels are round and move with the lines. */
function ticksBetween(from: number, until: number, step: number): { value: number }[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(until / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    value: (first + index) * step,
  }));
}

/** `canvas` stands in an element of its own that gives it its size. */
export function streamChart(canvas: HTMLCanvasElement, colours: StreamColours): StreamChart {
  let look = colours;
  let texts: Pick<StreamFrame, 'timeText' | 'valueText'> = { timeText: String, valueText: String };
  let steps = { time: 1000, value: 1 };
  const tick = () => ({
    color: look.text,
    font: { size: 11, family: look.fontFamily },
    autoSkip: false,
    minRotation: 0,
    maxRotation: 0,
  });
  const configuration: ChartConfiguration<'stream', number[], string> = {
    type: 'stream',
    data: { datasets: [{ data: [] }] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 10 } },
      scales: {
        x: {
          type: 'linear',
          grid: { display: false },
          border: { display: false },
          ticks: {
            ...tick(),
            sampleSize: 4,
            callback: (value) => texts.timeText(Number(value)),
          },
          afterBuildTicks: (scale) => {
            scale.ticks = ticksBetween(scale.min, scale.max, steps.time);
          },
        },
        y: {
          type: 'linear',
          border: { display: false },
          ticks: {
            ...tick(),
            // All of them, as a few steps have a longer unit than the others.
            sampleSize: 16,
            callback: (value) => texts.valueText(Math.abs(Number(value))),
          },
          afterBuildTicks: (scale) => {
            scale.ticks = ticksBetween(scale.min, scale.max, steps.value);
          },
        },
      },
    },
  };
  const chart = new Chart(canvas, configuration);

  const paint = (colour: StreamColours): void => {
    look = colour;
    const { x, y } = chart.options.scales ?? {};
    if (x?.ticks) x.ticks.color = colour.text;
    if (y?.ticks) y.ticks.color = colour.text;
    if (y !== undefined) y.grid = { ...y.grid, color: colour.grid };
  };
  paint(colours);

  return {
    draw: (frame) => {
      texts = frame;
      steps = { time: frame.timeStepMs, value: frame.valueStep };
      sketches.set(chart, { frame, colours: look });
      const { x, y } = chart.options.scales ?? {};
      if (x !== undefined && y !== undefined) {
        x.min = frame.from;
        x.max = frame.until;
        y.min = -frame.below;
        y.max = frame.above;
      }
      chart.update('none');
    },
    recolour: (fresh) => {
      paint(fresh);
      const sketch = sketches.get(chart);
      if (sketch === undefined) return;
      sketch.colours = fresh;
      chart.update('none');
    },
    area: () => chart.chartArea,
    destroy: () => chart.destroy(),
  };
}
