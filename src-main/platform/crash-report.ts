/** What is kept of a crash: a file that the person can read, and then send or not. Nothing is sent by the program. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { release, arch } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { logFolder } from './log.ts';
import { plainWords } from './plain-words.ts';
import { productName, productVersion } from './version.ts';

export interface CrashOptions {
  readonly shell: 'terminal' | 'browser' | 'desktop';
  readonly error: unknown;
  readonly folder?: string;
  readonly now?: Date;
}

/** Writes the report and answers its path, or undefined where it could not be written. Never throws. */
export function writeCrashReport({
  shell,
  error,
  folder = logFolder(),
  now = new Date(),
}: CrashOptions): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const versions = ['node', 'electron', 'chrome'].flatMap((name) => {
    const version = process.versions[name];
    return version === undefined ? [] : [`${name} ${version}`];
  });
  const report = [
    `${productName} ${productVersion} (${shell}) ended unexpectedly at ${now.toISOString()}.`,
    `${versions.join(', ')}, ${process.platform} ${release()}, ${arch()}`,
    '',
    ...stack.split('\n').map((line) => plainWords(line)),
    '',
    'Names, addresses and folders of people were replaced. Nothing of this was sent to anybody.',
    '',
  ].join('\n');
  const file = join(folder, `crash-${now.toISOString().replaceAll(':', '-')}-${process.pid}.txt`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, report, { flag: 'wx', mode: 0o600 });
    return file;
  } catch {
    // There is no other place for it; the error itself is shown where the program was started.
    return undefined;
  }
}

/** Told to the person in whatever way the shell has. */
export function crashSentence(file: string | undefined): string {
  return file === undefined
    ? 'A report of it could not be written.'
    : `A report of it lies in ${file}. Read it, and send it along when you tell us: names and addresses were replaced.`;
}

/** What nothing else caught ends the program, with a report, instead of leaving it half alive. */
export function reportCrashes(
  shell: CrashOptions['shell'],
  end: (error: unknown, sentence: string) => void,
): void {
  const crashed = (error: unknown): void => end(error, crashSentence(writeCrashReport({ shell, error })));
  process.once('uncaughtException', crashed);
  process.once('unhandledRejection', crashed);
}
