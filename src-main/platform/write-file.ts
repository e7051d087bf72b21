/** Writing a file whole or not at all. */
import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, succeed, type Result } from '#shared/result.ts';
import { cleanText, describeSystemError } from './file-words.ts';

/**
 * The file is there in full, or as it was before. Others than its owner cannot read it. Fails with `bad-file`; never
 * writes through a link.
 */
export async function writeWholeFile(path: string, content: Uint8Array | string): Promise<Result<void>> {
  let temporary: string | undefined;
  const shown = cleanText(path);
  try {
    const odd = await oddTarget(path);
    if (odd !== undefined) return fail('bad-file', `${shown}: ${odd.message}`, { remedy: odd.remedy });
    const name = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
    // Exclusive: never a file that someone laid there before, nor through a link.
    const file = await open(name, 'wx', 0o600);
    temporary = name;
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(name, path);
    return succeed(undefined);
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    const { message, remedy } = describeSystemError(error);
    return fail('bad-file', `${shown} could not be written: ${message}`, { remedy, detail: String(error) });
  }
}

/** Why nothing is written there; undefined where there is a plain file, or nothing. */
async function oddTarget(path: string): Promise<{ message: string; remedy: string } | undefined> {
  const facts = await lstat(path).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  });
  if (facts === undefined || facts.isFile()) return undefined;
  if (facts.isSymbolicLink()) {
    return {
      message: 'this is a link, and nothing is written through links.',
      remedy: 'Name the file itself.',
    };
  }
  return {
    message: facts.isDirectory() ? 'this is a folder, not a file.' : 'this is not a regular file.',
    remedy: 'Name a file.',
  };
}
