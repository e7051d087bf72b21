/** What a person tells about a host, from the terminal, and what the other commands make of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callCommandAt } from '../testing/call-command.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const day = 86_400_000;
let folder = '';
const file = (): string => path.join(folder, 'settings.json');
const capture = (): string => path.join(folder, 'host.capture.json');

const at = (ms: number, ...words: readonly string[]) =>
  callCommandAt(ms, [...words, '--capture', capture(), '--settings', file()]);
const settings = (...words: readonly string[]) => at(now, 'settings', ...words);
const section = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(file(), 'utf8')) as { hosts: { HV01: Record<string, unknown> } }).hosts.HV01;

interface Answer {
  readonly summary: { readonly errors: number; readonly warnings: number; readonly waived: number };
  readonly findings: readonly { readonly id: string; readonly rule: string; readonly waived?: object }[];
  readonly targets: readonly { readonly possibleCeiling: number; readonly assumptions: readonly string[] }[];
  readonly interfaces: readonly { readonly name: string; readonly uses: readonly object[] }[];
  readonly settings?: { readonly told: readonly string[]; readonly unused: readonly string[] };
}
async function check(ms = now): Promise<Answer & { readonly code: number }> {
  const { code, answer } = await at(ms, 'check', '--json');
  return { code, ...(JSON.parse(answer) as Answer) };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-set-'));
  await callCommandAt(now, ['capture', '-o', capture(), '--demo', 'iscsi-on-team']);
});
afterEach(() => rmSync(file(), { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

describe('switchyard settings waive', () => {
  it('takes a finding out of the sums and the exit code until its last day is over', async () => {
    writeFileSync(file(), '{ "format": "switchyard-settings", "version": 1 }');
    expect((await check()).code).toBe(2);
    const said = await settings(
      'waive',
      'iscsi-on-team',
      '--reason',
      'New NICs come.',
      '--until',
      '2026-12-01',
      '--by',
      'anna',
    );
    expect(said).toMatchObject({
      code: 0,
      answer: expect.stringMatching(/is waived until 2026-12-01/) as string,
    });
    const waived = await check();
    expect(waived).toMatchObject({ code: 1, summary: { errors: 0, warnings: 1, waived: 1 } });
    expect(waived.findings.find(({ rule }) => rule === 'iscsi-on-team')?.waived).toEqual({
      reason: 'New NICs come.',
      until: '2026-12-01',
      by: 'anna',
      on: '2026-11-29',
    });
    expect((await at(now, 'check')).answer).toMatch(
      /WAIVED ERROR[\s\S]*Until 2026-12-01, by anna on 2026-11-29: New/,
    );

    const expired = await check(now + 3 * day);
    expect(expired).toMatchObject({ code: 2, summary: { errors: 1, waived: 0 } });
    expect((await at(now + 3 * day, 'check')).answer).toMatch(
      /It was waived until 2026-12-01 and counts again/,
    );

    expect(await settings('unwaive', 'iscsi-on-team')).toMatchObject({ code: 0 });
    expect((await check()).code).toBe(2);
  });

  it('takes a rule for whatever it is about, or for what is named', async () => {
    await settings('waive', 'single-session', '--every', '--reason', 'x', '--until', '10d');
    await settings('waive', 'iscsi-on-team', '--about', 'Team1', '--reason', 'x', '--until', '10d');
    const { code, settings: account } = await check();
    expect(code).toBe(2);
    expect(section()['waivers']).toEqual([
      { rule: 'single-session', reason: 'x', until: '2026-12-09', on: '2026-11-29' },
      { rule: 'iscsi-on-team', subjects: ['Team1'], reason: 'x', until: '2026-12-09', on: '2026-11-29' },
    ]);
    expect(account?.unused).toEqual([
      expect.stringMatching(/iscsi-on-team for Team1 covers nothing: the finding is also/),
    ]);
  });
});

describe('switchyard settings', () => {
  it('tells links, and the ceilings change with them', async () => {
    writeFileSync(file(), '{ "format": "switchyard-settings", "version": 1 }');
    expect((await check()).targets[0]?.possibleCeiling).toBe(1e9);
    expect(await settings('links', 'vol1', '10.0.10.101=100M')).toMatchObject({ code: 0 });
    const { targets } = await check();
    expect(targets[0]?.possibleCeiling).toBe(1e8);
    expect(targets[0]?.assumptions).toContain('Told by you: one link of 100 Mb/s behind 10.0.10.101.');
    expect((await at(now, 'expect')).answer).toContain('Told by you: one link of 100 Mb/s');
    expect((await settings('links', 'vol1', 'none')).code).toBe(0);
    expect((await check()).targets[0]?.possibleCeiling).toBe(1e9);
  });

  it('corrects what an interface is for, and the rules follow', async () => {
    await settings('role', 'team1', 'not-storage');
    expect(section()['roles']).toEqual({ Team1: ['not-storage'] });
    const { interfaces, settings: account } = await check();
    expect(interfaces.find(({ name }) => name === 'Team1')?.uses).not.toContainEqual(
      expect.objectContaining({ role: 'storage' }),
    );
    expect(account?.told).toContain('Team1 is for not storage, as you said.');
    await settings('role', 'Team1', 'default');
    expect(section()['roles']).toEqual({});
  });

  it('sets a threshold, shows it where the rules are listed, and takes it back', async () => {
    await settings('threshold', 'PATH-NIC-SLOW.minimumGigabits', '10');
    expect((await check()).findings.map(({ rule }) => rule)).toContain('path-nic-slow');
    const rules = await callCommandAt(now, ['rules', '--for', 'hv01', '--settings', file()]);
    expect(rules.answer).toMatch(/path-nic-slow\.minimumGigabits = 10 Gbit\/s \(set; 1 otherwise\)/);
    await settings('threshold', 'path-nic-slow.minimumGigabits', 'default');
    expect((await check()).findings.map(({ rule }) => rule)).not.toContain('path-nic-slow');
  });

  it('chooses a vendor profile', async () => {
    await settings('profile', 'netapp-ontap');
    const { findings, settings: account } = await check();
    expect(findings.map(({ rule }) => rule)).toContain('storage-timers');
    expect(account?.told).toEqual(['Compared with what NetApp ONTAP asks for.']);
  });

  it('pins the look of now beside the file, or a file, and diff compares with it', async () => {
    expect(await at(now, 'diff', '--baseline')).toMatchObject({ code: 3 });
    await settings('baseline');
    const [pinned] = readdirSync(folder).filter((name) => name.endsWith('.gz'));
    expect(section()['baseline']).toBe(pinned);
    expect(await at(now, 'diff', '--baseline')).toMatchObject({ code: 0 });
    expect((await check()).settings?.told).toEqual([expect.stringMatching(/^The baseline is the look of /)]);

    const changed = JSON.parse(readFileSync(capture(), 'utf8')) as {
      observations: { NetAdapter: { data: { Name: string; Status: string }[] } };
    };
    changed.observations.NetAdapter.data.pop();
    const other = path.join(folder, 'other.capture.json');
    writeFileSync(other, JSON.stringify(changed));
    await settings('baseline', other);
    expect(section()['baseline']).toBe('other.capture.json');
    expect(await at(now, 'diff', '--baseline')).toMatchObject({ code: 1 });
    await settings('baseline', 'none');
    expect(await at(now, 'diff', '--baseline')).toMatchObject({
      code: 64,
      remarks: expect.stringMatching(/No baseline is pinned for HV01/) as string,
    });
  });

  it('shows what is set, also as JSON', async () => {
    await settings('waive', 'iscsi-on-team', '--reason', 'New NICs come.', '--until', '5d');
    expect((await settings()).answer).toMatch(/WAIVERS\n {2}iscsi-on-team@[0-9a-f]{8}\n {4}Until 2026-12-04/);
    expect(JSON.parse((await settings('show', '--json')).answer)).toMatchObject({
      format: 'switchyard-settings-state',
      isKept: true,
      waivers: [{ isExpired: false }],
    });
  });

  it.each<[readonly string[], RegExp]>([
    [['waive'], /not the whole of it[\s\S]*settings waive FINDING/],
    [['waive', 'iscsi-on-team'], /needs a reason/],
    [['waive', 'iscsi-on-team', '--reason', 'x'], /needs a last day/],
    [['waive', 'iscsi-on-team', '--reason', 'x', '--until', 'soon'], /--until cannot be "soon"/],
    [['waive', 'iscsi-on-team', '--reason', 'x', '--until', '2027-02-30'], /--until cannot be/],
    [['waive', 'iscsi-on-team', '--reason', 'x', '--until', '2026-11-28'], /2026-11-28 is over/],
    [
      ['waive', 'iscsi-on-taem', '--reason', 'x', '--until', '3d'],
      /no finding "iscsi-on-taem"[\s\S]*Did you mean iscsi-on-team\?/,
    ],
    [
      ['waive', 'rss-off', '--reason', 'x', '--until', '3d'],
      /The rule has none\. Waive it all the same with --every/,
    ],
    [['waive', 'iscsi-on-team@00000000', '--reason', 'x', '--until', '3d'], /about other things by now/],
    [['unwaive', 'iscsi-on-team'], /is not waived for this host/],
    [['threshold', 'driver-age.year', '3'], /Did you mean driver-age\.years\?/],
    [['threshold', 'driver-age.years', 'old'], /a number of years, 6 where nothing is set/],
    [['role', 'NIC99', 'storage'], /no interface "NIC99"[\s\S]*Did you mean NIC/],
    [['role', 'NIC1', 'fast'], /"fast" is nothing that an interface is for/],
    [['profile', 'netap-ontap'], /Did you mean netapp-ontap\?/],
    [['links', 'vol9', '10.0.0.1=1G'], /reaches no target "vol9"/],
    [['links', 'vol1', '10.0.0.1=fast'], /tells no link/],
    [['frobnicate'], /There are: show, waive/],
    [['waiv'], /Did you mean settings waive\?/],
  ])('%j is a wrong call', async (words, said) => {
    const ended = await settings(...words);
    expect(ended.code).toBe(64);
    expect(ended.remarks).toMatch(said);
    expect(readdirSync(folder)).not.toContain('settings.json');
  });

  it('keeps nothing of a demo host unless a file is named', async () => {
    const words = ['settings', 'threshold', 'driver-age.years', '3', '--demo', 'iscsi-on-team'];
    expect(await callCommandAt(now, words)).toMatchObject({
      code: 64,
      remarks: expect.stringMatching(/nothing is kept/) as string,
    });
    expect(await callCommandAt(now, [...words, '--settings', file()])).toMatchObject({ code: 0 });
    expect(section()).toEqual({ thresholds: { 'driver-age.years': 3 } });
  });

  it('of a file that is not there ends a check before the look', async () => {
    expect(await at(now, 'check')).toMatchObject({
      code: 3,
      remarks: expect.stringMatching(/There is no settings file/) as string,
    });
  });

  it('says of a bad file what was ignored, and checks all the same', async () => {
    writeFileSync(
      file(),
      '{ "format": "switchyard-settings", "version": 1, "hosts": { "HV01": { "waivers": 3 } } }',
    );
    expect(await check()).toMatchObject({
      code: 2,
      settings: { unused: ['hosts.HV01.waivers is ignored: expected a list.'] },
    });
    expect((await at(now, 'pairing')).remarks).toContain('hosts.HV01.waivers is ignored');
  });
});
