/**
 * The page of the chart bench: one sliding window of the same lines, drawn by the app's own chart, by Chart.js as it
 * comes, by uPlot, and by a bare loop over the canvas. The bench drives it through `window.chartBench`.
 */
import '../../../resources/theme/tokens.css';
import 'uplot/dist/uPlot.min.css';
import { Chart, registerables } from 'chart.js';
import { flushSync, mount } from 'svelte';
import UPlot from 'uplot';
import type { ChartSubject } from '../../../src-renderer/throughput/chart-figures.ts';
import LineChart from '../../../src-renderer/throughput/LineChart.svelte';

const colours = ['#1f6feb', '#c2410c', '#00795c', '#7b3fa0', '#8a6100', '#0b7fab', '#b5307a', '#5c5347'];
const most = 1000;
const size = { width: 1200, height: 400 };

/** The same numbers for everyone. */
function noise(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

class Source {
  readonly times: number[];
  readonly values: number[][];
  readonly #levels: number[];
  readonly #random = noise();

  constructor(series: number, points: number) {
    this.times = Array.from({ length: points }, (_, index) => index * 1000);
    this.#levels = Array.from({ length: series }, (_, index) => 50 + (index % 20) * 40);
    this.values = this.#levels.map((_, index) => this.times.map(() => this.#next(index)));
  }

  step(): void {
    this.times.push((this.times.at(-1) ?? 0) + 1000);
    this.times.shift();
    for (const [index, values] of this.values.entries()) {
      values.push(this.#next(index));
      values.shift();
    }
  }

  #next(index: number): number {
    const level = (this.#levels[index] ?? 0) + (this.#random() - 0.5) * 60;
    const kept = Math.max(0, Math.min(most, level));
    this.#levels[index] = kept;
    return kept;
  }
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '';
}

/** Draws what the source holds now; the work is done when it settles. */
type Update = () => void | Promise<void>;

function appChart(source: Source, place: HTMLElement): Update {
  const summary = { latest: null, p50: null, p95: null, p99: null, max: null };
  const subjects = (): readonly ChartSubject[] =>
    source.values.map((values, index) => ({
      id: String(index),
      name: `path ${index}`,
      fullName: `path ${index}`,
      look: index % colours.length,
      series: [{ id: String(index), direction: 'in', values, summary, source: '' }],
    }));
  let shown = $state.raw({ times: [...source.times], subjects: subjects() });
  mount(LineChart, {
    target: place,
    props: {
      label: 'Bench',
      windowMs: source.times.length * 1000,
      measure: 'throughput',
      timeText: String,
      get times() {
        return shown.times;
      },
      get subjects() {
        return shown.subjects;
      },
    },
  });
  return () => {
    shown = { times: [...source.times], subjects: subjects() };
    flushSync();
  };
}

function canvasIn(place: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  place.append(canvas);
  return canvas;
}

function defaultChart(source: Source, place: HTMLElement): Update {
  Chart.register(...registerables);
  const points = source.values.map((values) =>
    values.map((y, index) => ({ x: source.times[index] ?? 0, y })),
  );
  const chart = new Chart(canvasIn(place), {
    type: 'line',
    data: {
      datasets: points.map((data, index) => ({
        label: `path ${index}`,
        data,
        borderColor: colourOf(index),
      })),
    },
    options: { responsive: false, scales: { x: { type: 'linear' } } },
  });
  return () => {
    for (const [index, data] of points.entries()) {
      data.push({ x: source.times.at(-1) ?? 0, y: source.values[index]?.at(-1) ?? 0 });
      data.shift();
    }
    chart.update();
  };
}

function uPlotChart(source: Source, place: HTMLElement): Update {
  const data = (): UPlot.AlignedData => [source.times, ...source.values];
  const plot = new UPlot(
    {
      ...size,
      legend: { show: false },
      scales: { x: { time: false }, y: { range: [0, most] } },
      series: [
        {},
        ...source.values.map((_, index) => ({ stroke: colourOf(index), width: 1, points: { show: false } })),
      ],
      axes: [{}, {}],
    },
    data(),
    place,
  );
  return async () => {
    plot.setData(data());
    // It draws in a microtask of its own.
    await Promise.resolve();
    await Promise.resolve();
  };
}

/** The floor: two axes with labels, and one stroked path for each line. */
function bareCanvas(source: Source, place: HTMLElement): Update {
  const context = canvasIn(place).getContext('2d', { alpha: false });
  if (context === null) throw new Error('There is no canvas.');
  context.font = '11px sans-serif';
  const [left, bottom] = [40, 20];
  const [width, height] = [size.width - left, size.height - bottom];
  return () => {
    const perPoint = width / (source.times.length - 1);
    const perValue = height / most;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size.width, size.height);
    context.fillStyle = '#333';
    context.strokeStyle = '#ddd';
    context.beginPath();
    for (let tick = 0; tick <= 5; tick += 1) {
      const y = Math.round(height - tick * 200 * perValue) + 0.5;
      context.moveTo(left, y);
      context.lineTo(size.width, y);
      context.fillText(String(tick * 200), 4, y + 4);
    }
    for (let tick = 0; tick <= 6; tick += 1) {
      const x = Math.round(left + (tick * width) / 6);
      context.fillText(String((source.times[0] ?? 0) + tick * 100), x, size.height - 5);
    }
    context.stroke();
    for (const [index, values] of source.values.entries()) {
      context.strokeStyle = colourOf(index);
      context.beginPath();
      for (const [at, value] of values.entries()) {
        context.lineTo(left + at * perPoint, height - value * perValue);
      }
      context.stroke();
    }
  };
}

const drawers = { app: appChart, 'chart.js': defaultChart, uplot: uPlotChart, canvas: bareCanvas };
export type Drawer = keyof typeof drawers;

let source: Source | undefined;
let update: Update = () => undefined;

async function step(): Promise<void> {
  source?.step();
  await update();
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
}

const chartBench = {
  setUp(drawer: Drawer, series: number, points: number): void {
    const place = document.getElementById('stage');
    if (place === null) throw new Error('There is no stage.');
    place.style.width = `${size.width}px`;
    place.style.height = `${size.height}px`;
    source = new Source(series, points);
    update = drawers[drawer](source, place);
  },
  /** ms of the main thread for each of `count` updates, one a frame, after some to warm up. */
  async burst(warm: number, count: number): Promise<number[]> {
    const times: number[] = [];
    for (let index = 0; index < warm + count; index += 1) {
      await nextFrame();
      const started = performance.now();
      await step();
      if (index >= warm) times.push(performance.now() - started);
    }
    return times;
  },
  async pace(hertz: number, seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      await step();
      await new Promise((resolve) => setTimeout(resolve, 1000 / hertz));
    }
  },
};
export type ChartBench = typeof chartBench;
Object.assign(window, { chartBench });
