/** What works on this machine for Switchyard, and what to do about the rest. */
import type { Capture, ObservationName } from '#shared/capture.ts';
import type { Result } from '#shared/result.ts';
import type { Engine } from '../powershell/engine.ts';
import type { ShellFacts } from '../powershell/shell.ts';
import { toldChanges } from '../remediation/history.ts';
import type { ReadJournal } from '../remediation/journal.ts';
import { openFolders, programFolderWayOut, type FolderRights } from './program-rights.ts';

/** `limited`: something is left out, and said; `broken`: what it is for does not work at all. */
type DoctorState = 'works' | 'limited' | 'broken';

export interface DoctorLine {
  readonly id:
    | 'node'
    | 'files'
    | 'folder'
    | 'settings'
    | 'journal'
    | 'browser'
    | 'window'
    | 'powershell'
    | 'rights'
    | 'program'
    | 'own-folders'
    | 'features'
    | 'answers';
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
  /** Where changes are written down, and what stands there. */
  readonly journal: { readonly folder: string; readonly read: () => Result<ReadJournal> };
  readonly isPageBuilt: boolean;
  /** Opens a socket on the loopback address and closes it. Throws where that is not possible. */
  readonly tryLoopback: () => Promise<void>;
  /** The path of the desktop program where it is there. */
  readonly desktopProgram: string | undefined;
  readonly isWindows: boolean;
  /** Where the program lies, and what runs it: their files run with its rights. */
  readonly programFolders: readonly string[];
  /** Where an elevated Switchyard keeps what it believes later: the journal and the guards. */
  readonly machineFolders: readonly string[];
  readonly findEngine: () => Result<Engine>;
  /** `rights` are of the folders above, of all those over the program's, and of `dataFolder`. */
  readonly startPowerShell: (engine: Engine) => Promise<{
    readonly facts: Result<ShellFacts>;
    readonly startMs: number;
    readonly rights: Result<readonly FolderRights[]>;
  }>;
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

function ofJournal({ journal }: Machine): DoctorLine {
  const read = journal.read();
  if (!read.ok)
    return broken(
      'journal',
      read.failure.message,
      `${read.failure.remedy ?? ''} Without the journal nothing on this host is changed; looking works.`.trim(),
    );
  const { events, gaps } = read.value;
  const changes = toldChanges(events);
  if (changes.length === 0 && gaps.length === 0)
    return works(
      'journal',
      `Nothing was changed on this machine yet: there is no journal in ${journal.folder}.`,
    );
  const open = changes.filter(({ outcome, isDismissed }) => outcome === 'interrupted' && !isDismissed);
  if (open.length > 0)
    return limited(
      'journal',
      `Changes that nobody finished: ${open.map(({ beginning }) => `${beginning.title} (${beginning.at})`).join('; ')}.`,
      '"switchyard history" tells how far each came; "switchyard rollback" takes it back.',
    );
  if (gaps.length > 0)
    return limited(
      'journal',
      `A part of the journal in ${journal.folder} is lost. ${gaps.join(' ')}`,
      'What is whole counts, and "switchyard history" shows it. New changes are written after it; nothing has to be done.',
    );
  return works('journal', `The journal in ${journal.folder} is whole: ${changes.length} changes.`);
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
  const { facts, startMs, rights } = await machine.startPowerShell(engine.value);
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
    ...ofRights(machine, rights),
    ...ofLook(await machine.look()),
  ];
}

function ofRights(machine: Machine, rights: Result<readonly FolderRights[]>): readonly DoctorLine[] {
  if (!rights.ok) {
    return [
      limited(
        'program',
        rights.failure.message,
        'See by hand that only administrators write there: icacls, for the folder and each above it.',
      ),
    ];
  }
  const program = openFolders(rights.value, machine.programFolders);
  const own = [
    ...openFolders(rights.value, machine.machineFolders),
    ...openFolders(rights.value, [machine.dataFolder], { isOwnersAlright: true }),
  ];
  return [
    program.length === 0
      ? works('program', 'Only administrators can exchange the files of the program.')
      : limited(
          'program',
          `Others could put files in place of those of the program, which then run with your rights. ${program.join(' ')}`,
          programFolderWayOut,
        ),
    own.length === 0
      ? works('own-folders', 'Journal and guards are closed to others, and so are your settings and logs.')
      : limited(
          'own-folders',
          own.join(' '),
          'Find out who opened them. Journal and guards are closed again with the next change; settings by icacls.',
        ),
  ];
}

/** What shows that a role or feature is there. */
const features: readonly (readonly [string, ObservationName])[] = [
  ['Hyper-V', 'VMSwitch'],
  ['Multipath I/O', 'MSDSMGlobalDefaultLoadBalancePolicy'],
  ['iSCSI', 'IscsiSession'],
  ['SMB', 'SmbConnection'],
  ['LBFO teams', 'NetLbfoTeam'],
  ['Failover Clustering', 'Cluster'],
];

function ofLook(look: Result<Capture>): readonly DoctorLine[] {
  if (!look.ok) return [ofAnswers(look)];
  const standing = (wanted: string): string[] =>
    features.flatMap(([name, observation]) =>
      look.value.observations[observation]?.status === wanted ? [name] : [],
    );
  const here = standing('ok');
  const absent = standing('unavailable');
  return [
    works(
      'features',
      `Here: ${here.length === 0 ? 'none of what storage rests on' : here.join(', ')}.${
        absent.length === 0 ? '' : ` Not here, so what concerns it does not apply: ${absent.join(', ')}.`
      }`,
    ),
    ofAnswers(look),
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
    ofJournal(machine),
    await ofBrowser(machine),
    ofWindow(machine),
    ...(await ofHost(machine)),
  ];
}
