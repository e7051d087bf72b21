/** Which PowerShell runs the scripts, and with what around it: the one of Windows, by absolute path. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fail, succeed, type Result } from '#shared/result.ts';

export interface Engine {
  /** Absolute path. */
  readonly executable: string;
  readonly workingFolder: string;
  /** The whole environment of the process, PSModulePath apart. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where modules are looked for, first to last; nowhere else. */
  readonly moduleFolders: readonly string[];
}

/**
 * All that Windows PowerShell and the modules of Windows read. Everything else is dropped: variables such as
 * COR_PROFILER, COMPLUS_*, NODE_OPTIONS or __PSLockdownPolicy would let a lower-privileged parent steer the process.
 */
const keptVariables = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'CommonProgramFiles',
  'CommonProgramFiles(x86)',
  'CommonProgramW6432',
  'COMPUTERNAME',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'LOGONSERVER',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PROCESSOR_ARCHITECTURE',
  'PROCESSOR_ARCHITEW6432',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'ProgramW6432',
  'PUBLIC',
  'SystemDrive',
  'SystemRoot',
  'TEMP',
  'TMP',
  'USERDNSDOMAIN',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
] as const;

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
  exists: existsSync,
};

const elsewhere = 'Check a demo host or a capture file instead.';

/** The Windows PowerShell of this machine. Fails with `start-failed` where there is none. */
export function findEngine(machine: Machine = thisMachine): Result<Engine> {
  if (machine.platform !== 'win32') {
    return fail('start-failed', 'This is not Windows, so there is no Windows PowerShell to ask.', {
      remedy: elsewhere,
    });
  }
  // Names of variables have no case on Windows.
  const given = new Map(
    Object.entries(machine.environment).map(([name, value]) => [name.toUpperCase(), value]),
  );
  const systemRoot = given.get('SYSTEMROOT');
  if (systemRoot === undefined || !/^[A-Za-z]:\\[^\\/:*?"<>|]+$/.test(systemRoot)) {
    return fail('start-failed', 'The folder of Windows is not known: SystemRoot is not an absolute path.', {
      remedy: 'Start Switchyard from an ordinary session of Windows.',
      detail: `SystemRoot=${systemRoot ?? ''}`,
    });
  }
  const join = (...parts: string[]): string => path.win32.join(...parts);
  const system32 = join(systemRoot, 'System32');
  // A 32-bit process sees the 32-bit folder under the name System32; the way past it is Sysnative.
  const isRedirected = machine.arch === 'ia32' && given.get('PROCESSOR_ARCHITEW6432') !== undefined;
  const executable = join(
    isRedirected ? join(systemRoot, 'Sysnative') : system32,
    'WindowsPowerShell',
    'v1.0',
    'powershell.exe',
  );
  if (!machine.exists(executable)) {
    return fail('start-failed', `Windows PowerShell is not where Windows keeps it: ${executable}.`, {
      remedy: `Install the Windows PowerShell feature of Windows. ${elsewhere}`,
    });
  }
  const environment: Record<string, string> = {};
  for (const name of keptVariables) {
    const value = given.get(name.toUpperCase());
    if (value !== undefined) environment[name] = value;
  }
  const engineFolder = join(system32, 'WindowsPowerShell', 'v1.0');
  return succeed({
    executable,
    workingFolder: system32,
    environment: {
      ...environment,
      windir: systemRoot,
      ComSpec: join(system32, 'cmd.exe'),
      Path: [system32, systemRoot, join(system32, 'Wbem'), engineFolder].join(';'),
      PATHEXT: '.COM;.EXE',
    },
    moduleFolders: [join(engineFolder, 'Modules')],
  });
}
