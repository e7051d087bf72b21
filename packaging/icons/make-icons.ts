/** `node packaging/icons/make-icons.ts`: the icons of the program, drawn by Chromium from the one of the page. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '../../e2e/chromium.ts';

/** What Windows asks for, from the list of files to the large tile. */
const sizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const largest = 512;

/** An icon file whose images are PNG, as Windows has read them since Vista. */
function icoOf(images: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const headerLength = 6 + 16 * images.length;
  const header = Buffer.alloc(headerLength);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = headerLength;
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  chromiumSandbox: false,
});
const svg = readFileSync(path.join(import.meta.dirname, '../../src-renderer/public/icon.svg'), 'utf8');
const page = await browser.newPage();

async function draw(size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

const images = [];
for (const size of sizes) images.push({ size, png: await draw(size) });
writeFileSync(path.join(import.meta.dirname, 'icon.ico'), icoOf(images));
writeFileSync(path.join(import.meta.dirname, 'icon.png'), await draw(largest));
await browser.close();
