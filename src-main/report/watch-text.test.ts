import { expect, it } from 'vitest';
import type { WatchView } from '#shared/watch-view.ts';
import { renderWatchLines, renderWatchTable } from './watch-text.ts';

const view: WatchView = {
  title: 'HV01',
  timeMs: Date.parse('2026-01-15T12:00:05Z'),
  readingMs: 41.6,
  notes: ['It goes slower.'],
  rows: [
    { group: 'Adapters', name: 'NIC1', in: 62_500_000, out: 1000, bytesPerSecond: 125_000_000 },
    { group: 'Adapters', name: 'NIC\u001b[31m2', in: null, out: null, bytesPerSecond: 125_000_000 },
    { group: 'Disks', name: 'Disk 1', in: 40e6, out: 0, queue: 3.26, latencyMs: 0.84 },
    { group: 'Disks', name: 'Disk 2', in: 20e6, out: 0, queue: 1, latencyMs: null },
    { group: 'Disks', name: '日本語のディスク', in: 0, out: 0, queue: 0, latencyMs: null },
  ],
};
const options = { width: 110, hasColour: false, nowMs: 0 };

it('draws every row with a bar against its link, or against the busiest of its kind', () => {
  const lines = renderWatchTable(view, options, 40).split('\n');
  expect(lines[0]).toMatch(/^HV01 {2}12:00:05 UTC, 42 ms for a reading/);
  expect(lines[1]).toBe('It goes slower.');
  const row = (name: string) => lines.find((line) => line.startsWith(name)) ?? '';
  expect(row('NIC1')).toMatch(/62\.5 MB\/s {6}1 kB\/s {2}█+·+ {2}50 % of link$/);
  expect(row('Disk 1')).toMatch(/40 MB\/s {7}0 B\/s {2}█+ {2}0\.8 ms, 3\.3 in flight$/);
  const cells = (text: string) => text.split('█').length - 1;
  expect(cells(row('Disk 1'))).toBe(2 * cells(row('Disk 2')));
  expect(cells(row('日本'))).toBe(0);
  expect(lines.join('')).not.toContain('\u001b');
});

it('counts what does not fit, and leaves bars out where there is no room for them', () => {
  const short = renderWatchTable(view, options, 5).split('\n');
  expect(short.length).toBeLessThanOrEqual(5);
  expect(short.at(-1)).toMatch(/rows more than fit/);
  expect(renderWatchTable(view, { ...options, width: 70 }, 40)).not.toContain('█');
});

it('says in lines what moved anything, for whoever has no terminal', () => {
  expect(renderWatchLines(view).split('\n')).toEqual([
    '12:00:05 It goes slower.',
    '12:00:05 NIC1: in 62.5 MB/s, out 1 kB/s, 50 % of link',
    '12:00:05 Disk 1: in 40 MB/s, out 0 B/s, 0.8 ms, 3.3 in flight',
    '12:00:05 Disk 2: in 20 MB/s, out 0 B/s, 1.0 in flight',
  ]);
});
