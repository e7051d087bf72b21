import { rule } from './storage-timers.rule.ts';
import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { hostWith, withObservation } from '../testing/host-with.ts';
import { factsFrom, failed } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { runRules } from './run-rules.ts';

const profile = {
  id: 'x',
  name: 'X',
  source: 'its manual',
  values: { diskTimeout: 60, linkDownTime: 10, maxRequestHoldTime: 30, retryCount: 6 },
};
const hklm = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet';
const adapter = `${hklm}\\Control\\Class\\{4D36E97B-E325-11CE-BFC1-08002BE10318}\\0003\\Parameters`;
const withTimers = (disk: number, link: number, hold?: number): Capture =>
  withObservation(hostWith(twoIscsiAdapters), 'StorageTimers', {
    status: 'ok',
    durationMs: 1,
    data: [
      { Key: `${hklm}\\Services\\Disk`, Name: 'TimeOutValue', Value: disk },
      { Key: adapter, Name: 'LinkDownTime', Value: link },
      ...(hold === undefined ? [] : [{ Key: adapter, Name: 'MaxRequestHoldTime', Value: hold }]),
    ],
  });
const ask = (capture: Capture, settings = { profile } as { profile?: typeof profile }) =>
  runRules(factsFrom(readSnapshot(capture)), [rule], settings);

describe('storage-timers', () => {
  it('says which limits differ from the chosen vendor', () => {
    const { findings } = ask(withTimers(120, 15, 30));
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'info',
        'Compared with X, disk time-out is 120 s instead of 60 s and LinkDownTime is 15 s instead of 10 s.',
      ],
    ]);
  });

  it('is silent where they are the same', () => {
    expect(ask(withTimers(60, 10, 30)).rules[0]?.result).toBe('fine');
  });

  it('does not take a value that is not in the registry for the right one', () => {
    const [result] = ask(withTimers(60, 10)).rules;
    expect(result).toMatchObject({
      result: 'not-evaluated',
      reason: 'The host does not say its MaxRequestHoldTime.',
    });
  });

  it.each([
    ['without a chosen vendor', withTimers(60, 10, 30), {}],
    ['without iSCSI', hostWith(smbTwoAdapters), { profile }],
  ])('is not applicable %s', (_, capture, settings) => {
    expect(ask(capture, settings).rules[0]?.result).toBe('not-applicable');
  });

  it('does not judge denied timers', () => {
    expect(ask(failed('StorageTimers')(hostWith(twoIscsiAdapters))).rules[0]?.result).toBe('not-evaluated');
  });
});
