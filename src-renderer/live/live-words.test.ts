import { describe, expect, it } from 'vitest';
import type { LiveSource, LiveState } from '#shared/live.ts';
import { costText, isQuiet, liveWord, paceText, positionText, slowedText } from './live-words.ts';

const since = '2026-11-30T00:00:00.000Z';
const now = Date.parse(since) + 12_000;
const source = (more: Partial<LiveSource> = {}): LiveSource => ({
  name: 'performance',
  phase: 'running',
  since,
  failures: 0,
  skipped: 0,
  ...more,
});
const state = (more: Partial<LiveState> = {}): LiveState => ({
  phase: 'running',
  since,
  intervalMs: 1000,
  wantedIntervalMs: 1000,
  revision: 1,
  sampleCount: 20,
  sources: [source()],
  missing: [],
  ...more,
});

describe('how the reading goes', () => {
  it.each([
    ['starts', state({ phase: 'starting' }), false, 'Starting'],
    ['has one reading', state({ sampleCount: 1 }), false, 'Starting'],
    ['runs', state(), false, 'Live'],
    ['runs while nothing moves', state(), true, 'No traffic'],
    ['shows a recording', state({ replay: { speed: 1, positionMs: 0, lengthMs: 1 } }), false, 'Replay'],
    ['came to the end of a recording', state({ phase: 'ended' }), true, 'Ended'],
  ])('has a word when it %s', (_when, given, isQuietNow, word) => {
    expect(liveWord(given, isQuietNow, now).word).toBe(word);
  });

  it('says which source does not answer, for how long and why, what that means, and what to do', () => {
    const told = (...sources: readonly LiveSource[]) =>
      liveWord(state({ phase: 'stalled', sources }), false, now);
    const stalled = source({ phase: 'stalled' });
    const steady = source({ name: 'statistics' });
    expect(told(stalled, steady)).toEqual({
      sign: 'warning',
      word: 'Stalled',
      text: 'The performance counters of Windows have not answered for 12 s. Meanwhile the lines of disks, SMB shares, RDMA and virtual machines have a gap, and queues and the channels of SMB are not judged. Windows does this every quarter of an hour on some hosts, and answers within half a minute by itself.',
    });
    const failed = { ...stalled, failure: { kind: 'exited', message: 'PowerShell ended.' } } as const;
    expect(told(failed, steady)).toMatchObject({ sign: 'error', word: 'Failed' });
    expect(told(failed, steady).text).toMatch(
      /for 12 s: PowerShell ended\. Meanwhile .* It is started anew .*“switchyard doctor”/,
    );
    const blocked = { ...failed, failure: { ...failed.failure, remedy: 'Start it as administrator.' } };
    expect(told(blocked).text).toMatch(/not judged\. Start it as administrator\.$/);
    expect(told(stalled, { ...steady, phase: 'stalled' }).text).toMatch(
      /how traffic spreads is not judged\. It is asked again/,
    );
  });

  it('says why it goes slower, and that verdicts stay', () => {
    expect(slowedText({})).toBeUndefined();
    expect(slowedText({ slowedBecause: 'It takes long.' })).toMatch(
      /^It takes long\. .*verdicts need no more/,
    );
  });

  it('adds up what all processes cost, and says nothing before it was measured', () => {
    const costs = [
      source({ cost: { medianMs: 10, slowestMs: 20, cpuPercent: 0.4 } }),
      source({ cost: { medianMs: 4, slowestMs: 5, cpuPercent: 0.5 } }),
    ];
    expect(costText({ sources: costs })).toBe('A reading takes 14 ms, 0.9 % of one core');
    expect(costText({ sources: [source()] })).toBeUndefined();
  });

  it('calls it quiet below a thousand bytes a second, also where nothing can be told', () => {
    const rate = (bytes: number | null) => ({ subjectId: 'a', in: bytes, out: null });
    expect(isQuiet([])).toBe(true);
    expect(isQuiet([rate(null), rate(999)])).toBe(true);
    expect(isQuiet([rate(600), rate(600)])).toBe(false);
  });

  it('says paces and positions shortly', () => {
    expect([250, 1000, 4000].map(paceText)).toEqual(['every 0.25 s', 'every second', 'every 4 s']);
    expect([0, 75_900].map(positionText)).toEqual(['0:00', '1:15']);
  });
});
