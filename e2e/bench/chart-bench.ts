/** What an update of the live chart costs, beside the libraries it could have been and the least that a canvas takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type Page } from 'playwright/test';
import { build } from 'vite';
import { loadPageBundle } from '../../src-main/platform/page-bundle.ts';
import { obtainBrowser } from '../chromium.ts';
import type { ChartBench, Drawer } from './chart-page/page.svelte.ts';
import { heading, median, milliseconds, row } from './print.ts';

declare global {
  interface Window {
    readonly chartBench: ChartBench;
  }
}

const drawers: readonly Drawer[] = ['canvas', 'app', 'uplot', 'chart.js'];
const names: Readonly<Record<Drawer, string>> = {
  canvas: 'bare canvas',
  app: 'the chart of the app',
  uplot: 'uPlot',
  'chart.js': 'Chart.js as it comes',
};
const points = 600;
const pacedSeconds = 5;

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'chart-page'),
    plugins: [svelte()],
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, minify: true },
  });
}

async function openPage(browser: Browser, folder: string): Promise<Page> {
  const files = loadPageBundle(folder);
  const page = await browser.newPage({ viewport: { width: 1240, height: 900 } });
  // An isolated page of localhost has the finest clock that a browser gives.
  await page.route('http://localhost/**', async (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    await route.fulfill(
      file === undefined
        ? { status: 404 }
        : {
            contentType: file.contentType,
            body: file.body,
            headers: {
              'Cross-Origin-Opener-Policy': 'same-origin',
              'Cross-Origin-Embedder-Policy': 'require-corp',
            },
          },
    );
  });
  await page.goto('http://localhost/');
  return page;
}

/** Percent of one core that the pages' processes take while `work` runs. */
async function cpuWhile(browser: Browser, work: () => Promise<void>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const seconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const [before, started] = [await seconds(), performance.now()];
  await work();
  const used = (await seconds()) - before;
  await session.detach();
  return (used * 100_000) / (performance.now() - started);
}

export async function benchCharts(): Promise<void> {
  heading(
    `Live chart, ${points} points a line: time of an update (median, p95), CPU of the page at 1 and 4 Hz`,
  );
  const found = obtainBrowser();
  if (typeof found === 'object' && 'missing' in found) {
    row('skipped', found.missing);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-chart-bench-'));
  await buildPage(folder);
  const browser = await chromium.launch({
    ...(found === 'playwright' ? {} : { executablePath: found.executablePath }),
    args: ['--disable-background-timer-throttling', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  for (const series of [8, 32, 64]) {
    let floor: { readonly time: number; readonly cpu: number } | undefined;
    for (const drawer of drawers) {
      const page = await openPage(browser, folder);
      await page.evaluate(([which, lines, each]) => window.chartBench.setUp(which, lines, each), [
        drawer,
        series,
        points,
      ] as const);
      // The library as it comes takes up to a second for each.
      const [warm, count] = drawer === 'chart.js' ? [1, 5] : [30, 150];
      const times = await page.evaluate(([before, measured]) => window.chartBench.burst(before, measured), [
        warm,
        count,
      ] as const);
      const [slow, fast] = [1, 4].map(
        (hertz) => () =>
          cpuWhile(browser, () =>
            page.evaluate(([rate, seconds]) => window.chartBench.pace(rate, seconds), [
              hertz,
              pacedSeconds,
            ] as const),
          ),
      );
      const cpu = { slow: (await slow?.()) ?? 0, fast: (await fast?.()) ?? 0 };
      await page.close();
      const time = median(times);
      floor ??= { time, cpu: cpu.slow };
      const sorted = [...times].sort((a, b) => a - b);
      const late = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
      row(
        `${series} lines, ${names[drawer]}`,
        `${time.toFixed(2)} ms, ${milliseconds(late)}  (${(time / floor.time).toFixed(1)} times the canvas); ${cpu.slow.toFixed(1)} %, ${cpu.fast.toFixed(1)} %`,
      );
    }
  }
  await browser.close();
  rmSync(folder, { recursive: true });
}
