/**
 * A settings file on the disk. It may lie under version control and be edited by hand, so a file that cannot be read is
 * never lost: before the first change its content is copied aside. A change is written whole or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, succeed, type Result } from '#shared/result.ts';
import { wrongDocument } from './settings-schema.ts';

const sizeLimitBytes = 4 * 1024 * 1024;
/** A change takes milliseconds: a lock this old was left behind by a process that was killed. */
const staleLockMs = 10_000;

export type FileReading =
  | { readonly is: 'absent' }
  | { readonly is: 'read'; readonly document: unknown; readonly bytes: Buffer }
  | { readonly is: 'bad'; readonly because: string; readonly bytes?: Buffer };

/** Never throws: a file that cannot be used says why. */
export function readSettingsFile(file: string): FileReading {
  let bytes: Buffer;
  try {
    const facts = lstat(file);
    if (facts === undefined) return { is: 'absent' };
    if (!facts.isFile()) {
      return {
        is: 'bad',
        because: facts.isSymbolicLink()
          ? 'It is a link, and links are not followed.'
          : 'It is no regular file.',
      };
    }
    bytes = readBounded(file);
  } catch (error) {
    return { is: 'bad', because: `It could not be read: ${systemText(error)}.` };
  }
  if (bytes.length > sizeLimitBytes) return { is: 'bad', because: 'It is larger than 4 MB.' };
  let document: unknown;
  try {
    document = JSON.parse(decoded(bytes));
  } catch (error) {
    const place = /(?:line \d+ column \d+|position \d+)/.exec(String(error))?.[0];
    return { is: 'bad', because: `It is not valid JSON${place === undefined ? '' : ` (${place})`}.`, bytes };
  }
  const wrong = wrongDocument(document);
  return wrong === undefined ? { is: 'read', document, bytes } : { is: 'bad', because: wrong, bytes };
}

interface NewContent {
  readonly document: object;
  /** False: something in the file could not be understood and is lost with the change, so a copy is kept. */
  readonly isSound: boolean;
}

/**
 * Reads, changes and writes as one: who comes in between waits or is told. Refuses to write over a link or anything
 * else that is no regular file.
 */
export function writeSettingsFile(
  file: string,
  change: (read: FileReading) => Result<NewContent>,
): Result<void> {
  const lock = `${file}.lock`;
  let temporary: string | undefined;
  let isLocked = false;
  try {
    isLocked = takeLock(lock);
    if (!isLocked) {
      return fail('refused', `${file} is being changed by another Switchyard.`, { remedy: 'Try again.' });
    }
    const facts = lstat(file);
    if (facts !== undefined && !facts.isFile()) {
      return fail(
        'bad-file',
        `${file} is ${facts.isSymbolicLink() ? 'a link' : 'no regular file'}, and is not written.`,
        {
          remedy: 'Name the file itself.',
        },
      );
    }
    const read = readSettingsFile(file);
    if (read.is === 'bad' && read.bytes === undefined) {
      return fail('bad-file', `${file} is left as it is. ${read.because}`, { remedy: 'Name another file.' });
    }
    const changed = change(read);
    if (!changed.ok) return changed;
    const { document, isSound } = changed.value;
    if (!isSound && read.is !== 'absent' && read.bytes !== undefined) keepAside(file, read.bytes);
    temporary = join(dirname(file), `.${basename(file)}.${randomBytes(8).toString('hex')}.tmp`);
    // Who may read the file may read the new one.
    writeNew(
      temporary,
      Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`, 'utf8'),
      (facts?.mode ?? 0o600) & 0o777,
    );
    renameSync(temporary, file);
    temporary = undefined;
    return succeed(undefined);
  } catch (error) {
    return fail('bad-file', `${file} could not be written: ${systemText(error)}.`, {
      remedy: 'Check the folder and its permissions, or name another file with --settings.',
      detail: String(error),
    });
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    if (isLocked) rmSync(lock, { force: true });
  }
}

/** The same content is kept once, whatever is changed afterwards. */
function keepAside(file: string, bytes: Buffer): void {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  try {
    writeNew(`${file}.kept-${hash}`, bytes, 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Exclusive: never over a file that someone laid there before, nor through a link; on the disk when it returns. */
function writeNew(path: string, bytes: Buffer, mode: number): void {
  const handle = openSync(path, 'wx', mode);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function takeLock(lock: string): boolean {
  for (const isLast of [false, true]) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const age = Date.now() - (lstat(lock)?.mtimeMs ?? 0);
      if (isLast || age < staleLockMs) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

function readBounded(file: string): Buffer {
  // Without O_NONBLOCK a named pipe would wait for a writer for ever. Windows has neither flag.
  const flags = constants as Partial<typeof constants>;
  const handle = openSync(file, constants.O_RDONLY | (flags.O_NONBLOCK ?? 0) | (flags.O_NOFOLLOW ?? 0));
  try {
    const { size } = fstatSync(handle);
    return size > sizeLimitBytes ? Buffer.alloc(sizeLimitBytes + 1) : readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** UTF-8, or UTF-16 as Windows PowerShell writes when it redirects. */
function decoded(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
}

function systemText(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such folder';
    case 'EACCES':
    case 'EPERM':
      return 'access is denied';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EROFS':
      return 'the disk is read-only';
    case 'ELOOP':
      return 'it is a link, and links are not followed';
    case undefined:
    default:
      return `the system refused (${codeOf(error) ?? 'no error code'})`;
  }
}
