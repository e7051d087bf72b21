import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserWindowDouble } from './electron.test-double.ts';
import {
  fitBounds,
  followWindow,
  readWindowState,
  smallestSize,
  writeWindowState,
  type WindowState,
} from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-window-'));
afterAll(() => rmSync(folder, { recursive: true }));

const state: WindowState = { bounds: { x: 10, y: 20, width: 1000, height: 700 }, isMaximized: true };
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('the file of the window', () => {
  it('gives back what was written, and leaves nothing beside it', () => {
    const path = join(folder, 'new', 'window.json');
    expect(writeWindowState(path, state)).toBe(true);
    expect(writeWindowState(path, { ...state, isMaximized: false })).toBe(true);
    expect(readWindowState(path)).toEqual({ ...state, isMaximized: false });
    expect(readdirSync(join(folder, 'new'))).toEqual(['window.json']);
  });

  it.each<[string, string]>([
    ['is empty', ''],
    ['is cut off', '{"bounds":{"x":1'],
    ['is another one', '{"theme":"dark"}'],
    ['has text for a number', '{"bounds":{"x":"1","y":0,"width":1,"height":1},"isMaximized":false}'],
    ['has a size of nothing', '{"bounds":{"x":1,"y":0,"width":0,"height":1},"isMaximized":false}'],
    ['has a place beyond all screens', '{"bounds":{"x":1e9,"y":0,"width":1,"height":1},"isMaximized":false}'],
    ['is very large', ' '.repeat(20_000)],
    ['is a list', '[]'],
  ])('that %s is as if it were not there', (_what, text) => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, text);
    expect(readWindowState(path)).toBeUndefined();
  });

  it('that is not there, or cannot be written, stops nobody', () => {
    expect(readWindowState(join(folder, 'absent.json'))).toBeUndefined();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(writeWindowState(join(file, 'window.json'), state)).toBe(false);
  });
});

describe('the place of the window', () => {
  it.each([
    [
      'stays where it fits',
      { x: 10, y: 20, width: 1000, height: 700 },
      { x: 10, y: 20, width: 1000, height: 700 },
    ],
    [
      'stays on the second screen',
      { x: 2000, y: 50, width: 1000, height: 700 },
      { x: 2000, y: 50, width: 1000, height: 700 },
    ],
    [
      'comes down from above the screen',
      { x: 10, y: -300, width: 1000, height: 700 },
      { x: 10, y: 0, width: 1000, height: 700 },
    ],
    [
      'comes in from the left',
      { x: -990, y: 0, width: 1000, height: 700 },
      { x: -900, y: 0, width: 1000, height: 700 },
    ],
    [
      'shrinks to a smaller screen',
      { x: 0, y: 0, width: 3000, height: 2000 },
      { x: 0, y: 0, width: 1920, height: 1040 },
    ],
    ['is no smaller than it may be', { x: 0, y: 0, width: 10, height: 10 }, { x: 0, y: 0, ...smallestSize }],
  ])('%s', (_what, bounds, fitted) => {
    const areas = bounds.width > 2000 ? [screen] : [screen, second];
    expect(fitBounds(bounds, areas)).toEqual(fitted);
  });

  it('is left to Windows where its screen is gone', () => {
    expect(fitBounds({ x: 2500, y: 100, width: 1000, height: 700 }, [screen])).toBeUndefined();
    expect(fitBounds({ x: 0, y: 0, width: 1000, height: 700 }, [])).toBeUndefined();
  });

  it('can always be taken hold of, and fits for good', () => {
    const side = fc.integer({ min: -5000, max: 5000 });
    const length = fc.integer({ min: 1, max: 5000 });
    const bounds = fc.record({ x: side, y: side, width: length, height: length });
    fc.assert(
      fc.property(bounds, (wanted) => {
        const fitted = fitBounds(wanted, [screen, second]);
        if (fitted === undefined) return;
        const grip = [screen, second].some(
          (area) =>
            fitted.y >= area.y &&
            fitted.y < area.y + area.height &&
            Math.min(fitted.x + fitted.width, area.x + area.width) - Math.max(fitted.x, area.x) >= 100,
        );
        expect(grip).toBe(true);
        expect(fitBounds(fitted, [screen, second])).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe('a window that is moved', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function followed() {
    const window = new BrowserWindowDouble({});
    const kept: WindowState[] = [];
    followWindow(window as unknown as BrowserWindow, (one) => kept.push(one));
    return { window, kept };
  }

  it('is written down once it rests, however often it says that it moves', () => {
    const { window, kept } = followed();
    for (let times = 0; times < 50; times += 1) window.emit(times % 2 === 0 ? 'move' : 'resize');
    expect(kept).toEqual([]);
    vi.runAllTimers();
    expect(kept).toEqual([{ bounds: window.bounds, isMaximized: false }]);
  });

  it('is written down as it closes, and not after', () => {
    const { window, kept } = followed();
    window.isFull = true;
    window.emit('move');
    window.emit('close');
    window.emit('closed');
    vi.runAllTimers();
    expect(kept).toEqual([{ bounds: window.bounds, isMaximized: true }]);
  });

  it('keeps what it was before while it is minimised', () => {
    const { window, kept } = followed();
    window.isSmall = true;
    window.emit('close');
    expect(kept).toEqual([]);
  });
});
