/** Where the window stood when it was closed: kept in a small file, and put right where the screens have changed. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import * as z from 'zod';

export interface WindowState {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

/** The size at the first start; Windows chooses the place. */
export const defaultSize = { width: 1280, height: 800 } as const;
export const smallestSize = { width: 640, height: 480 } as const;

const largestFileBytes = 10_000;
/** A window that is dragged says so many times a second. */
const quietMs = 500;
/** So much of the title bar has to be on a screen that a mouse can take hold of it. */
const gripWidth = 100;
const titleBarHeight = 32;

const whole = z.number().int().min(-100_000).max(100_000);
const fileSchema = z.object({
  bounds: z.object({ x: whole, y: whole, width: whole.positive(), height: whole.positive() }),
  isMaximized: z.boolean(),
});

/** Undefined where there is no such file, or it is not what we write. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    if (statSync(path).size > largestFileBytes) return undefined;
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not there, not readable, not JSON: the window opens at its default place, and the next close writes it anew.
    return undefined;
  }
}

/** Written aside and renamed: half a file is never there. False where it could not be written. */
export function writeWindowState(path: string, state: WindowState): boolean {
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(aside, JSON.stringify(state), { flag: 'wx' });
    renameSync(aside, path);
    return true;
  } catch {
    if (existsSync(aside)) rmSync(aside);
    return false;
  }
}

/**
 * The bounds as they fit the screens that are there now: no larger than the screen that has most of the window, and
 * with its title bar in reach. Undefined where no screen has any of it.
 */
export function fitBounds(bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle | undefined {
  const [best] = workAreas
    .map((area) => ({ area, seen: overlap(bounds, area) }))
    .filter(({ seen }) => seen > 0)
    .sort((a, b) => b.seen - a.seen);
  if (best === undefined) return undefined;
  const { area } = best;
  const width = Math.min(Math.max(bounds.width, smallestSize.width), area.width);
  const height = Math.min(Math.max(bounds.height, smallestSize.height), area.height);
  return {
    x: between(bounds.x, area.x - width + gripWidth, area.x + area.width - gripWidth),
    y: between(bounds.y, area.y, area.y + area.height - titleBarHeight),
    width,
    height,
  };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

type Kept = Pick<BrowserWindow, 'on' | 'isDestroyed' | 'isMaximized' | 'isMinimized' | 'getNormalBounds'>;

/** Hands the state on when the window has come to rest somewhere else, and once more as it closes. */
export function followWindow(window: Kept, keep: (state: WindowState) => void): void {
  let pause: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(pause);
    // A minimised window comes back as it was before.
    if (!window.isDestroyed() && !window.isMinimized()) {
      keep({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    }
  };
  const later = (): void => {
    clearTimeout(pause);
    pause = setTimeout(tell, quietMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', tell);
  window.on('closed', () => clearTimeout(pause));
}
