import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, '../../resources/theme/tokens.css'), 'utf8');
const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];
type Rgb = readonly [red: number, green: number, blue: number];

/** The first definition of a token: those of the two ordinary schemes. Linear light, 0 to 1. */
function token(name: string, scheme: Scheme): Rgb {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = found?.[scheme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`No --${name}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Full dichromacy, on linear light. Source: Viénot, Brettel and Mollon 1999; Brettel for blue and yellow, as one plane. */
const visions: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red': [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  'without green': [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
  'without blue': [
    [1, 0.14461, -0.14461],
    [0, 0.85924, 0.14076],
    [0, 0.85924, 0.14076],
  ],
};

function seenBy(vision: string, colour: Rgb): Rgb {
  const [red = 0, green = 0, blue = 0] = (visions[vision] ?? []).map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, at) => sum + weight * (colour[at] ?? 0), 0),
      ),
    ),
  );
  return [red, green, blue];
}

/** CIE Lab, D65. */
function lab([red, green, blue]: Rgb): Rgb {
  const curve = (value: number): number =>
    value > 216 / 24389 ? Math.cbrt(value) : (value * 24389) / 27 / 116 + 16 / 116;
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe.each(schemes)('in the %s scheme', (scheme) => {
  const grounds = ['ground', 'ground-quiet', 'ground-raised'].map((name) => token(name, scheme));

  it.each(['text', 'text-quiet', 'accent', 'error', 'warning', 'info', 'fine'])(
    '--%s can be read on every ground',
    (name) => {
      for (const ground of grounds) expect(contrast(token(name, scheme), ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([...Array.from({ length: 8 }, (_, index) => `route-${index}`), 'line-strong', 'track'])(
    '--%s stands out from every ground',
    (name) => {
      for (const ground of grounds) expect(contrast(token(name, scheme), ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(Object.keys(visions))('routes with the same dashes differ in %s colour vision', (vision) => {
    for (const index of [0, 1, 2, 3]) {
      const pair = [index, index + 4].map((at) => seenBy(vision, token(`route-${at}`, scheme))) as [Rgb, Rgb];
      expect(difference(...pair), `route-${index} and route-${index + 4}`).toBeGreaterThanOrEqual(12);
    }
  });
});
