/**
 * The log of what the program did, for all shells: lines in a file of the person, five files of 10 MB. It holds no
 * content of a host, and what reaches it in a message is made plain first. Own code, because it is forty lines: loggers
 * from npm rotate without saying when they no longer can, and the one made for Electron runs nowhere else.
 */
import { appendFileSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder, makeConfigFolder } from './config-folder.ts';
import { plainWords } from './plain-words.ts';

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

export type Log = Readonly<Record<Level, (message: string) => void>>;

export interface LogOptions {
  /** Shells that run at the same time each write a file of their own. */
  readonly shell: 'terminal' | 'browser' | 'desktop';
  readonly folder?: string;
  /** The most talkative level that is written; `info` unless told otherwise. */
  readonly level?: Level;
  readonly fileBytes?: number;
  readonly files?: number;
  readonly now?: () => Date;
  /** Told once, in a sentence for a person, when nothing can be written any more. The program goes on without. */
  readonly onStopped: (reason: string) => void;
  /** For tests of a disk that is full. */
  readonly append?: (file: string, line: string) => void;
}

export function logFolder(): string {
  return join(configFolder(), 'logs');
}

const appendToFile = (file: string, line: string): void => appendFileSync(file, line, { mode: 0o600 });

/** Nothing is touched before the first line. Never throws. */
export function openLog(options: LogOptions): Log {
  const { folder = logFolder(), level = 'info', fileBytes = 10 * 2 ** 20, files = 5 } = options;
  const { now = () => new Date(), append = appendToFile } = options;
  const file = join(folder, `${options.shell}.log`);
  const numbered = (number: number): string =>
    number === 0 ? file : join(folder, `${options.shell}.${number}.log`);
  let isStopped = false;

  const makeRoom = (bytes: number): void => {
    const there = lstatSync(file, { throwIfNoEntry: false });
    if (there === undefined) return;
    if (!there.isFile()) throw new Error(`${file} is not a file of its own.`);
    if (there.size + bytes <= fileBytes) return;
    rmSync(numbered(files - 1), { force: true });
    for (let number = files - 2; number >= 0; number -= 1) {
      if (lstatSync(numbered(number), { throwIfNoEntry: false }) !== undefined)
        renameSync(numbered(number), numbered(number + 1));
    }
  };

  const write = (of: Level, message: string): void => {
    if (isStopped || levels.indexOf(of) > levels.indexOf(level)) return;
    const line = `${now().toISOString()} ${of.padEnd(5)} ${plainWords(message)}\n`;
    try {
      makeConfigFolder(folder);
      makeRoom(Buffer.byteLength(line));
      append(file, line);
    } catch (error) {
      isStopped = true;
      options.onStopped(stoppedSentence(file, error));
    }
  };
  return {
    error: (message) => write('error', message),
    warn: (message) => write('warn', message),
    info: (message) => write('info', message),
    debug: (message) => write('debug', message),
  };
}

function stoppedSentence(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why =
    code === 'ENOSPC'
      ? 'the disk is full'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'the file may not be written'
        : error instanceof Error
          ? error.message
          : String(error);
  return `No log is written any more to ${file}: ${why}. Everything else goes on.`;
}
