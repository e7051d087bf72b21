import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { ShellFacts } from '../powershell/shell.ts';
import type { JournalEvent } from '../remediation/journal-event.ts';
import type { ReadJournal } from '../remediation/journal.ts';
import { examine, type Machine } from './doctor.ts';
import type { FolderRights } from './program-rights.ts';

const facts: ShellFacts = {
  version: '5.1.20348.1',
  languageMode: 'FullLanguage',
  isElevated: true,
  is64Bit: true,
  computerName: 'HV01',
};
const capture = (observations: object): Capture => ({ observations }) as Capture;
const asked = { status: 'ok', durationMs: 1, data: [] };

const tight = 'O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
const closed: readonly FolderRights[] = [
  { folder: 'C:\\Program Files\\Switchyard', sddl: tight, problem: '' },
  { folder: 'C:\\Program Files', sddl: tight, problem: '' },
  { folder: 'C:\\journal', sddl: tight, problem: '' },
  { folder: 'C:\\data', sddl: 'O:S-1-5-21-1D:(A;;FA;;;S-1-5-21-1)', problem: '' },
];
const withRights = (folder: string, sddl: string): Partial<Machine> => ({
  startPowerShell: () =>
    Promise.resolve({
      facts: succeed(facts),
      startMs: 1,
      rights: succeed(closed.map((one) => (one.folder === folder ? { ...one, sddl } : one))),
    }),
});
const began: JournalEvent = {
  event: 'begins',
  at: '2026-01-15T12:00:00Z',
  change: 'c1',
  kind: 'fix',
  host: 'HV01',
  by: 'x',
  pid: 1,
  title: 'Set the policy',
  planHash: '',
  findings: [],
  fixes: [],
  steps: [],
  isSimulated: false,
};
const withJournal = (read: Result<ReadJournal>): Partial<Machine> => ({
  journal: { folder: 'C:\\journal', read: () => read },
});

const well: Machine = {
  nodeVersion: '24.0.0',
  changedFiles: () => [],
  dataFolder: 'C:\\data',
  tryDataFolder: () => undefined,
  settingsIgnored: () => [],
  journal: { folder: 'C:\\journal', read: () => succeed({ events: [], gaps: [] }) },
  programFolders: ['C:\\Program Files\\Switchyard'],
  machineFolders: ['C:\\journal'],
  isPageBuilt: true,
  tryLoopback: () => Promise.resolve(),
  desktopProgram: 'C:\\Switchyard.exe',
  isWindows: true,
  findEngine: () =>
    succeed({ executable: 'C:\\ps.exe', workingFolder: '', environment: {}, moduleFolders: [] }),
  startPowerShell: () => Promise.resolve({ facts: succeed(facts), startMs: 1234, rights: succeed(closed) }),
  look: () => Promise.resolve(succeed(capture({ Service: asked, NetAdapter: asked }))),
};

async function lineOf(id: string, more: Partial<Machine>) {
  return (await examine({ ...well, ...more })).find((line) => line.id === id);
}

describe('doctor', () => {
  it('finds nothing to say against a machine where all works', async () => {
    const lines = await examine(well);
    expect(lines.filter(({ state }) => state !== 'works')).toEqual([]);
    expect(lines.map(({ id }) => id)).toContain('answers');
  });

  it('tells which features are here, and which are not', async () => {
    const look = succeed(
      capture({
        VMSwitch: asked,
        IscsiSession: asked,
        Cluster: { status: 'unavailable' },
        NetLbfoTeam: { status: 'failed', error: { kind: 'timed-out' } },
      }),
    );
    expect((await lineOf('features', { look: () => Promise.resolve(look) }))?.says).toBe(
      'Here: Hyper-V, iSCSI. Not here, so what concerns it does not apply: Failover Clustering.',
    );
  });

  it.each<[string, string, string, Partial<Machine>, RegExp, RegExp]>([
    [
      'a changed script',
      'files',
      'broken',
      { changedFiles: () => ['powershell/x.ps1'] },
      /powershell\/x\.ps1/,
      /Install/,
    ],
    [
      'a read-only profile',
      'folder',
      'limited',
      {
        tryDataFolder: () => {
          throw new Error('EROFS: read-only file system');
        },
      },
      /EROFS/,
      /--settings/,
    ],
    [
      'damaged settings',
      'settings',
      'limited',
      { settingsIgnored: () => ['It is no JSON.'] },
      /no JSON/,
      /settings/,
    ],
    [
      'a page that was not built',
      'browser',
      'broken',
      { isPageBuilt: false },
      /not been built/,
      /npm run build/,
    ],
    [
      'a machine where nothing may listen',
      'browser',
      'broken',
      { tryLoopback: () => Promise.reject(new Error('EACCES')) },
      /EACCES/,
      /firewall/,
    ],
    ['no desktop program', 'window', 'limited', { desktopProgram: undefined }, /not here/, /serve/],
    ['no Windows', 'powershell', 'limited', { isWindows: false }, /not Windows/, /--capture/],
    [
      'no PowerShell',
      'powershell',
      'broken',
      { findEngine: () => fail('start-failed', 'It is not there.', { remedy: 'Install it.' }) },
      /not there/,
      /Install it/,
    ],
    [
      'constrained language',
      'powershell',
      'broken',
      {
        startPowerShell: () =>
          Promise.resolve({
            facts: fail('constrained-language', 'A policy.', { remedy: 'Ask.' }),
            startMs: 1,
            rights: succeed([]),
          }),
      },
      /policy/,
      /Ask/,
    ],
    [
      'a 32-bit PowerShell',
      'powershell',
      'limited',
      {
        startPowerShell: () =>
          Promise.resolve({
            facts: succeed({ ...facts, is64Bit: false }),
            startMs: 1,
            rights: succeed(closed),
          }),
      },
      /32 bit/,
      /64-bit/,
    ],
    [
      'no elevation',
      'rights',
      'limited',
      {
        startPowerShell: () =>
          Promise.resolve({
            facts: succeed({ ...facts, isElevated: false }),
            startMs: 1,
            rights: succeed(closed),
          }),
      },
      /without elevation/,
      /administrator/,
    ],
    [
      'a program folder that users write to',
      'program',
      'limited',
      withRights('C:\\Program Files\\Switchyard', 'O:BAD:(A;;FA;;;BU)'),
      /Switchyard can be written to by Users/,
      /Program Files/,
    ],
    [
      'a folder above the program that can be exchanged',
      'program',
      'limited',
      withRights('C:\\Program Files', 'O:BAD:(A;;SD;;;WD)'),
      /Files can be exchanged by Everyone/,
      /without elevation/,
    ],
    [
      'an open journal folder',
      'own-folders',
      'limited',
      withRights('C:\\journal', 'O:BAD:(A;;FW;;;AU)'),
      /journal can be written to by Authenticated Users/,
      /closed again/,
    ],
    [
      'settings that others write',
      'own-folders',
      'limited',
      withRights('C:\\data', 'O:S-1-5-21-1D:(A;;FW;;;BU)'),
      /data can be written to by Users/,
      /icacls/,
    ],
    [
      'a journal that cannot be read',
      'journal',
      'broken',
      withJournal(fail('bad-file', 'It cannot be read.', { remedy: 'See who holds it.' })),
      /cannot be read/,
      /who holds it.*Without the journal/,
    ],
    [
      'a damaged journal',
      'journal',
      'limited',
      withJournal(succeed({ events: [], gaps: ['Line 3 cannot be read.'] })),
      /Line 3/,
      /history/,
    ],
    [
      'a change that nobody finished',
      'journal',
      'limited',
      withJournal(succeed({ events: [began], gaps: [] })),
      /Set the policy/,
      /rollback/,
    ],
    [
      'an answer that was refused',
      'answers',
      'limited',
      {
        look: () =>
          Promise.resolve(
            succeed(
              capture({
                Service: asked,
                NetAdapter: { status: 'failed', error: { kind: 'access-denied', message: '' } },
              }),
            ),
          ),
      },
      /1 of 2 .* NetAdapter \(access-denied\)/,
      /check/,
    ],
  ])('says of %s what it means and what to do', async (_what, id, state, more, says, remedy) => {
    const line = await lineOf(id, more);
    expect(line).toMatchObject({ state });
    expect(line?.says).toMatch(says);
    expect(line?.remedy).toMatch(remedy);
  });
});
