/**
 * `npm run shots`: pictures of the page of every demo host, to look at: each view in both colour schemes and three
 * window sizes, and the cockpit once more on a 4K screen, with text at 200 % and in forced colours.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Locator, type Page } from 'playwright/test';
import { listResources } from '../../src-main/platform/resources.ts';
import { obtainBrowser } from '../chromium.ts';
import { root, serveHost } from '../launch.ts';
import { shotViews, type ShotView } from './shot-views.ts';

const help = `npm run shots -- [FOLDER] [--demo NAME]... [--view NAME]... [--size WIDTHxHEIGHT]...

Pictures of the page of each demo host, into FOLDER (shots/).
Without --demo, --view and --size everything is taken.

Names in other scripts need fonts. On Debian: fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji.`;

const schemes = ['light', 'dark'] as const;
const windowSizes = ['1024x700', '1280x800', '1920x1080'];
/** The sizes that are only taken of the cockpit, and in one scheme. */
const largestSize = '3840x2160';
const plainSize = '1280x800';
/** Two cores draw about two pages at once. */
const hostsSideBySide = 2;

interface Wanted {
  readonly folder: string;
  readonly views: readonly ShotView[];
  readonly sizes: readonly string[];
}

function sizeOf(text: string): { readonly width: number; readonly height: number } {
  const [width, height] = text.split('x').map(Number);
  if (!width || !height) throw new Error(`Not a size: ${text}`);
  return { width, height };
}

/** Two frames: what waits for the new size of the window has been drawn after them. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
}

async function shoot(page: Page, folder: string, name: string, part: Page | Locator = page): Promise<void> {
  await settled(page);
  await part.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}

/** All pictures of one host, from one page; answers with how many there are. */
async function shootHost(browser: Browser, demo: string, { folder, views, sizes }: Wanted): Promise<number> {
  const served = await serveHost(['--demo', demo]);
  const page = await browser.newPage({ viewport: sizeOf(plainSize), reducedMotion: 'reduce' });
  let taken = 0;
  try {
    await page.goto(served.link);
    // The last part of the cockpit to come: the traffic, or the word that there is none.
    await page.getByRole('region', { name: 'Throughput' }).locator('canvas, p.quiet').first().waitFor();
    for (const { name, open, close, part } of views) {
      await open(page);
      for (const size of sizes.filter((one) => one !== largestSize)) {
        await page.setViewportSize(sizeOf(size));
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          await shoot(page, folder, `${demo}-${name}-${size}-${colorScheme}`, part?.(page));
          taken += 1;
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
      if (name === 'cockpit') {
        if (sizes.includes(largestSize)) {
          await page.setViewportSize(sizeOf(largestSize));
          await shoot(page, folder, `${demo}-${name}-${largestSize}`);
          taken += 1;
        }
        await page.setViewportSize(sizeOf(plainSize));
        await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
        await shoot(page, folder, `${demo}-${name}-forced-colours`);
        await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
        await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
        await shoot(page, folder, `${demo}-${name}-text-200`);
        await page.evaluate(() => (document.documentElement.style.fontSize = ''));
        taken += 2;
      }
      await page.setViewportSize(sizeOf(plainSize));
      await close(page);
    }
  } finally {
    await page.close();
    served.process.stdin.end();
    await served.ended;
  }
  return taken;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    demo: { type: 'string', multiple: true },
    view: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const found = obtainBrowser();
if (typeof found === 'object' && 'missing' in found) throw new Error(found.missing);
const wanted: Wanted = {
  folder: path.resolve(positionals[0] ?? path.join(root, 'shots')),
  views: shotViews.filter(({ name }) => values.view?.includes(name) !== false),
  sizes: values.size ?? [...windowSizes, largestSize],
};
mkdirSync(wanted.folder, { recursive: true });
const browser = await chromium.launch({
  ...(found === 'playwright' ? {} : found),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const waiting = values.demo ?? listResources('scenarios').map((file) => file.replace(/\.json$/, ''));
const started = performance.now();
let taken = 0;
await Promise.all(
  Array.from({ length: hostsSideBySide }, async () => {
    for (let demo = waiting.shift(); demo !== undefined; demo = waiting.shift()) {
      const pictures = await shootHost(browser, demo, wanted);
      taken += pictures;
    }
  }),
);
await browser.close();
console.log(`${taken} pictures in ${((performance.now() - started) / 1000).toFixed(0)} s: ${wanted.folder}`);
