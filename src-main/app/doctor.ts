/** What works on this machine for Switchyard, and what to do about the rest. */
import type { Capture } from '#shared/capture.ts';
import type { Result } from '#shared/result.ts';
import type { Engine } from '../powershell/engine.ts';
import type { ShellFacts } from '../powershell/shell.ts';

/** `limited`: something is left out, and said; `broken`: what it is for does not work at all. */
type DoctorState = 'works' | 'limited' | 'broken';

export interface DoctorLine {
  readonly id:
    'node' | 'files' | 'folder' | 'settings' | 'browser' | 'window' | 'powershell' | 'rights' | 'answers';
  readonly state: DoctorState;
  /** What was seen, in a sentence. */
  readonly says: string;
  /** What the person can do. */
  readonly remedy?: string;
}

/** What is asked of the machine. Each is asked once; what throws counts as broken, with its message. */
export interface Machine {
  readonly nodeVersion: string;
  /** Paths of files that are not as they were built; undefined in a checkout. */
  readonly changedFiles: () => readonly string[] | undefined;
  readonly dataFolder: string;
  /** Writes something there and takes it away again. Throws where that does not work. */
  readonly tryDataFolder: () => void;
  /** Sentences about what in the settings file could not be read. */
  readonly settingsIgnored: () => readonly string[];
  readonly isPageBuilt: boolean;
  /** Opens a socket on the loopback address and closes it. Throws where that is not possible. */
  readonly tryLoopback: () => Promise<void>;
  /** The path of the desktop program where it is there. */
  readonly desktopProgram: string | undefined;
  readonly isWindows: boolean;
  readonly findEngine: () => Result<Engine>;
  readonly startPowerShell: (
    engine: Engine,
  ) => Promise<{ readonly facts: Result<ShellFacts>; readonly startMs: number }>;
  readonly look: () => Promise<Result<Capture>>;
}

const broken = (id: DoctorLine['id'], says: string, remedy?: string): DoctorLine => ({
  id,
  state: 'broken',
  says,
  ...(remedy !== undefined && { remedy }),
});

const works = (id: DoctorLine['id'], says: string): DoctorLine => ({ id, state: 'works', says });

const limited = (id: DoctorLine['id'], says: string, remedy: string): DoctorLine => ({
  id,
  state: 'limited',
  says,
  remedy,
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function ofFiles(machine: Machine): DoctorLine {
  const changed = machine.changedFiles();
  if (changed === undefined)
    return works(
      'files',
      'This is a checkout: scripts and rule pages are used as they lie there, unchecked.',
    );
  if (changed.length === 0)
    return works('files', 'All scripts and rule pages are those that came with Switchyard.');
  return broken(
    'files',
    `Not as they came with Switchyard, and so not used: ${changed.join(', ')}.`,
    'Install Switchyard again from where you trust it, and find out who may write in its folder.',
  );
}

function ofFolder(machine: Machine): DoctorLine {
  try {
    machine.tryDataFolder();
    return works('folder', `Settings and logs can be written to ${machine.dataFolder}.`);
  } catch (error) {
    return limited(
      'folder',
      `Settings and logs cannot be written to ${machine.dataFolder}: ${messageOf(error)}`,
      'Checks work without. For settings name a file elsewhere with --settings.',
    );
  }
}

function ofSettings(machine: Machine): DoctorLine {
  const ignored = machine.settingsIgnored();
  if (ignored.length === 0) return works('settings', 'The settings can be read, or there are none.');
  return limited('settings', ignored.join(' '), 'See "switchyard settings"; the rest of the file counts.');
}

async function ofBrowser(machine: Machine): Promise<DoctorLine> {
  if (!machine.isPageBuilt)
    return broken('browser', 'The page for the browser has not been built.', 'Run: npm run build');
  try {
    await machine.tryLoopback();
    return works('browser', 'The browser shell can listen on 127.0.0.1: switchyard serve.');
  } catch (error) {
    return broken(
      'browser',
      `Nothing can listen on 127.0.0.1: ${messageOf(error)}`,
      'See which firewall or policy forbids it; the terminal needs no socket.',
    );
  }
}

function ofWindow({ desktopProgram }: Machine): DoctorLine {
  return desktopProgram === undefined
    ? limited(
        'window',
        'The desktop program is not here.',
        'Use the browser shell: switchyard serve. It shows the same.',
      )
    : works('window', `The desktop program is here: ${desktopProgram}.`);
}

async function ofHost(machine: Machine): Promise<readonly DoctorLine[]> {
  const elsewhere = 'Look at a capture of a host (--capture FILE) or at a demo host (--demo NAME).';
  if (!machine.isWindows)
    return [
      limited('powershell', 'This is not Windows, so this machine itself cannot be looked at.', elsewhere),
    ];
  const engine = machine.findEngine();
  if (!engine.ok) return [broken('powershell', engine.failure.message, engine.failure.remedy ?? elsewhere)];
  const { facts, startMs } = await machine.startPowerShell(engine.value);
  if (!facts.ok) return [broken('powershell', facts.failure.message, facts.failure.remedy ?? elsewhere)];
  const { version, languageMode, is64Bit, isElevated } = facts.value;
  const seconds = (startMs / 1000).toFixed(1);
  const said = `Windows PowerShell ${version} (${languageMode}, ${is64Bit ? '64' : '32'} bit) answers after ${seconds} s: ${engine.value.executable}. No execution policy stands in its way, because no script file is run.`;
  return [
    is64Bit
      ? works('powershell', said)
      : limited('powershell', said, 'Use a 64-bit Switchyard: a 32-bit PowerShell lacks modules of Windows.'),
    isElevated
      ? works('rights', 'Switchyard runs elevated: everything can be asked.')
      : limited(
          'rights',
          'Switchyard runs without elevation: some answers will be refused.',
          'Start it as administrator.',
        ),
    ofAnswers(await machine.look()),
  ];
}

function ofAnswers(look: Result<Capture>): DoctorLine {
  if (!look.ok) return broken('answers', look.failure.message, look.failure.remedy);
  const observations = Object.entries(look.value.observations);
  const failed = observations.flatMap(([name, observation]) =>
    observation.status === 'failed' ? [`${name} (${observation.error.kind})`] : [],
  );
  const absent = observations.filter(([, { status }]) => status === 'unavailable').map(([name]) => name);
  const answered = observations.length - failed.length - absent.length;
  const said = `${answered} of ${observations.length} questions were answered${absent.length === 0 ? '' : `; not on this machine: ${absent.join(', ')}`}.`;
  if (failed.length === 0) return works('answers', said);
  return (answered === 0 ? broken : limited)(
    'answers',
    `${said} Failed: ${failed.join(', ')}.`,
    '"switchyard check" shows each with what Windows said; what rests on it is not judged.',
  );
}

/** In the order in which a person would mend it. Never throws. */
export async function examine(machine: Machine): Promise<readonly DoctorLine[]> {
  return [
    works('node', `Node.js ${machine.nodeVersion}.`),
    ofFiles(machine),
    ofFolder(machine),
    ofSettings(machine),
    await ofBrowser(machine),
    ofWindow(machine),
    ...(await ofHost(machine)),
  ];
}
