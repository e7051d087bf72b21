/** The soak of `npm run soak` for a few simulated minutes, and what its verdict finds out. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { memorySlope, notFlat, type Figures } from './verdict.ts';

const flat: Figures = {
  hours: 2,
  processes: 5,
  openFiles: 40,
  sockets: 0,
  timers: 10,
  listeners: 0,
  memoryMb: 50,
};
const after = (of: (index: number) => Partial<Figures>): Figures[] =>
  Array.from({ length: 8 }, (_, index) => ({ ...flat, hours: 2 + index / 2, ...of(index) }));

describe('the verdict', () => {
  it('takes what goes up and down, and comes back, for flat', () => {
    const swaying = after((index) => ({ memoryMb: 50 + (index % 3), timers: 10 + (index % 2) }));
    expect(notFlat(swaying)).toEqual([]);
  });

  it.each<[string, (index: number) => Partial<Figures>]>([
    ['processes', (index) => ({ processes: index === 7 ? 6 : 5 })],
    ['openFiles', (index) => ({ openFiles: 40 + index })],
    ['sockets', (index) => ({ sockets: index >> 2 })],
    ['timers', (index) => ({ timers: 10 + index })],
    ['listeners', (index) => ({ listeners: index === 3 ? 1 : 0 })],
    ['memory', (index) => ({ memoryMb: 50 + 3 * index })],
  ])('finds out %s that grow', (name, of) => {
    const found = notFlat(after(of));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
  });

  it('judges no memory of the first hour, nor of too few figures', () => {
    expect(memorySlope(after((index) => ({ hours: index / 8 })))).toBeUndefined();
    expect(notFlat([flat])).toHaveLength(1);
  });
});

it('minutes with something wrong every ten seconds leave nothing behind', { timeout: 300_000 }, () => {
  const ended = spawnSync(
    process.execPath,
    ['--expose-gc', path.join(import.meta.dirname, 'soak.ts'), '--hours', '0.06', '--every', '1.8'],
    { encoding: 'utf8' },
  );
  expect(ended.stderr).toBe('');
  const lines = ended.stdout.trim().split('\n');
  expect(lines.at(-1)).toMatch(/^flat: too short to judge memory/);
  expect(ended.status).toBe(0);
  const [looks, , samples, faults, pages, changes] = (lines.at(-2) ?? '')
    .trim()
    .split(/\s+/)
    .slice(7)
    .map(Number);
  expect(looks).toBeGreaterThan(2);
  expect(samples).toBeGreaterThan(150);
  expect(faults).toBeGreaterThan(5);
  expect(pages).toBeGreaterThan(0);
  expect(changes).toBeGreaterThan(0);
});
