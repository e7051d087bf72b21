/** What the path map costs: until it is first painted, beside an empty page of the same framework; layout; drawing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser } from 'playwright/test';
import { build } from 'vite';
import { checkCapture } from '../../src-main/app/check.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { loadPageBundle } from '../../src-main/platform/page-bundle.ts';
import { mapContent } from '../../src-main/path-map/map-content.ts';
import { fitMap } from '../../src-main/path-map/map-fit.ts';
import { orderMap } from '../../src-main/path-map/map-order.ts';
import { obtainBrowser } from '../chromium.ts';
import { root, serveHost } from '../launch.ts';
import { heading, median, milliseconds, row } from './print.ts';

const times = 5;
const room = { width: 890, height: 540, fontPx: 12 };

interface Painted {
  /** Milliseconds since the navigation began. */
  readonly at: number;
  readonly files: readonly string[];
  /** Milliseconds to draw the map again where its table was. */
  readonly drawn?: number;
}

declare global {
  interface Window {
    firstPaint?: number;
  }
}

/** Notes when the first station is on the screen: two frames after it is in the document. */
function notePaint(): void {
  const watch = new MutationObserver(() => {
    if (document.querySelector('[data-station]') === null) return;
    watch.disconnect();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        window.firstPaint = performance.now();
      }),
    );
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Draws the map where its table was; milliseconds until it is painted. */
async function redraw(): Promise<number> {
  const toggle = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent.trim() === 'Table',
  );
  const until = (isThere: boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if ((document.querySelector('[data-station]') !== null) === isThere) resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
  toggle?.click();
  await until(false);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const started = performance.now();
  toggle?.click();
  await until(true);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - started;
}

async function open(browser: Browser, link: string, isApp: boolean): Promise<Painted> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(notePaint);
  await page.goto(link);
  await page.waitForFunction(() => window.firstPaint !== undefined);
  const at = await page.evaluate(() => window.firstPaint ?? 0);
  const files = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  const drawn = isApp ? await page.evaluate(redraw) : undefined;
  await page.close();
  return { at, files, ...(drawn !== undefined && { drawn }) };
}

/** A page that is built already, from a server that does nothing else. */
async function emptyPage(browser: Browser, folder: string): Promise<number[]> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'empty-page'),
    plugins: [svelte()],
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, minify: true },
  });
  const files = loadPageBundle(folder);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '/');
    response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': file?.contentType ?? 'text/plain' });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const found: number[] = [];
  for (let time = 0; time < times; time += 1) {
    found.push((await open(browser, `http://127.0.0.1:${port}/`, false)).at);
  }
  server.close();
  return found;
}

async function app(browser: Browser, words: readonly string[]): Promise<Painted[]> {
  const found: Painted[] = [];
  for (let time = 0; time < times; time += 1) {
    const served = await serveHost(words);
    found.push(await open(browser, served.link, true));
    served.process.stdin.end();
    await served.ended;
  }
  return found;
}

function benchLayout(name: string, scenario: Scenario): void {
  const check = checkCapture(captureOf(scenario), 'demo');
  const gathered = mapContent(check);
  const all = new Set(gathered.bundles.keys());
  for (const [what, opened] of [
    ['gathered', new Set<string>()],
    ['every route', all],
  ] as const) {
    const spent = Array.from({ length: 3 }, () => {
      const started = performance.now();
      const content = mapContent(check, opened);
      fitMap(content, orderMap(content), room);
      return performance.now() - started;
    });
    row(`layout of ${name}, ${what} (${check.graph.routes.length} routes)`, milliseconds(median(spent)));
  }
}

/** Needs the built page in `out`. */
export async function benchMap(hosts: readonly (readonly [string, Scenario])[]): Promise<void> {
  heading('Path map: layout in Node, median of 3; in the browser, median of 5');
  for (const [name, scenario] of hosts) benchLayout(name, scenario);
  const found = obtainBrowser();
  if (typeof found === 'object' && 'missing' in found) {
    row('in the browser: skipped', found.missing);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-map-bench-'));
  const browser = await chromium.launch({
    ...(found === 'playwright' ? {} : { executablePath: found.executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const empty = median(await emptyPage(browser, path.join(folder, 'empty')));
  row('an empty page of the same framework, painted', milliseconds(empty));
  for (const [name, scenario] of hosts) {
    const file = path.join(folder, 'host.capture.json');
    writeFileSync(file, JSON.stringify(captureOf(scenario)));
    const painted = await app(browser, ['--capture', file]);
    const first = median(painted.map(({ at }) => at));
    row(
      `${name}: start to first painted map`,
      `${milliseconds(first)}  (${(first / empty).toFixed(1)} times the empty page)`,
    );
    row(`${name}: laid out and drawn again`, milliseconds(median(painted.map(({ drawn = 0 }) => drawn))));
    if (name !== hosts[0]?.[0]) continue;
    const parts = (painted[0]?.files ?? []).filter((asset) => /\.(js|css)$/.test(asset));
    const packed = parts.reduce(
      (sum, asset) => sum + gzipSync(readFileSync(path.join(root, 'out/renderer', asset))).length,
      0,
    );
    row(
      'scripts and styles of the first view',
      `${(packed / 1000).toFixed(0)} kB gzipped in ${parts.length} files`,
    );
  }
  await browser.close();
  rmSync(folder, { recursive: true });
}
