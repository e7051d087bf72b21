import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import { fail, succeed } from '#shared/result.ts';
import type { ShellFacts } from '../powershell/shell.ts';
import { examine, type Machine } from './doctor.ts';

const facts: ShellFacts = {
  version: '5.1.20348.1',
  languageMode: 'FullLanguage',
  isElevated: true,
  is64Bit: true,
  computerName: 'HV01',
};
const capture = (observations: object): Capture => ({ observations }) as Capture;
const asked = { status: 'ok', durationMs: 1, data: [] };

const well: Machine = {
  nodeVersion: '24.0.0',
  changedFiles: () => [],
  dataFolder: 'C:\\data',
  tryDataFolder: () => undefined,
  settingsIgnored: () => [],
  isPageBuilt: true,
  tryLoopback: () => Promise.resolve(),
  desktopProgram: 'C:\\Switchyard.exe',
  isWindows: true,
  findEngine: () =>
    succeed({ executable: 'C:\\ps.exe', workingFolder: '', environment: {}, moduleFolders: [] }),
  startPowerShell: () => Promise.resolve({ facts: succeed(facts), startMs: 1234 }),
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
        startPowerShell: () => Promise.resolve({ facts: succeed({ ...facts, is64Bit: false }), startMs: 1 }),
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
          Promise.resolve({ facts: succeed({ ...facts, isElevated: false }), startMs: 1 }),
      },
      /without elevation/,
      /administrator/,
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
