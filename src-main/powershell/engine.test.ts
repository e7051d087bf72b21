import { describe, expect, it } from 'vitest';
import { findEngine, type Machine } from './engine.ts';

const windows: Machine = {
  platform: 'win32',
  arch: 'x64',
  environment: {
    systemroot: 'C:\\Windows',
    PATH: 'C:\\planted;C:\\Windows',
    PSModulePath: 'C:\\Users\\me\\Modules',
    USERNAME: 'me',
    COR_PROFILER: '{0}',
    COMPLUS_Version: 'v2',
    NODE_OPTIONS: '--require x',
    NODE_POWERSHELL: 'C:\\planted\\powershell.exe',
    ELECTRON_RUN_AS_NODE: '1',
    __PSLockdownPolicy: '4',
    windir: 'C:\\planted',
    ComSpec: 'C:\\planted\\cmd.exe',
  },
  exists: () => true,
};

describe('the engine of this machine', () => {
  it('is the Windows PowerShell of the system, with nothing around it but what is listed', () => {
    expect(findEngine(windows)).toEqual({
      ok: true,
      value: {
        executable: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        workingFolder: 'C:\\Windows\\System32',
        environment: {
          SystemRoot: 'C:\\Windows',
          windir: 'C:\\Windows',
          USERNAME: 'me',
          ComSpec: 'C:\\Windows\\System32\\cmd.exe',
          Path: 'C:\\Windows\\System32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
          PATHEXT: '.COM;.EXE',
        },
        moduleFolders: ['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules'],
      },
    });
  });

  it('is reached past the redirection of a 32-bit process on 64-bit Windows', () => {
    const environment = { SystemRoot: 'D:\\WINNT', PROCESSOR_ARCHITEW6432: 'AMD64' };
    expect(findEngine({ ...windows, arch: 'ia32', environment })).toMatchObject({
      value: { executable: 'D:\\WINNT\\Sysnative\\WindowsPowerShell\\v1.0\\powershell.exe' },
    });
    expect(findEngine({ ...windows, arch: 'ia32', environment: { SystemRoot: 'D:\\WINNT' } })).toMatchObject({
      value: { executable: 'D:\\WINNT\\System32\\WindowsPowerShell\\v1.0\\powershell.exe' },
    });
  });

  it.each<[string, Partial<Machine>, RegExp]>([
    ['another system', { platform: 'linux' }, /not Windows/],
    ['a Windows without its PowerShell', { exists: () => false }, /not where Windows keeps it: C:\\Windows/],
    ['no folder of Windows', { environment: {} }, /SystemRoot/],
    ['a relative folder', { environment: { SystemRoot: 'Windows' } }, /SystemRoot/],
    ['a folder on the network', { environment: { SystemRoot: '\\\\server\\share' } }, /SystemRoot/],
    ['a folder with a way out', { environment: { SystemRoot: 'C:\\..\\planted' } }, /SystemRoot/],
  ])('is a failure that a person can act on, on %s', (_name, change, message) => {
    const found = findEngine({ ...windows, ...change });
    expect(found).toMatchObject({ ok: false, failure: { kind: 'start-failed' } });
    if (found.ok) return;
    expect(found.failure.message).toMatch(message);
    expect(found.failure.remedy).toBeTruthy();
  });

  it('is asked of this very machine where nothing else is said', () => {
    expect(findEngine().ok).toBe(process.platform === 'win32');
  });
});
