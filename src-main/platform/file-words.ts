/** What is said of files: their names, and what the system says when one cannot be read or written. */

/** Text of a file or a path inside a message: no control or direction characters, and not without end. */
export function cleanText(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD');
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
}

export function describeSystemError(error: unknown): { message: string; remedy: string } {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { message: 'there is no such file.', remedy: 'Check the path.' };
    case 'EACCES':
    case 'EPERM':
      return {
        message: 'access to the file is denied.',
        remedy: 'Check the permissions of the file, or copy it to a folder of your own.',
      };
    case 'EISDIR':
      return { message: 'this is a folder, not a file.', remedy: 'Name a file.' };
    case 'ENOSPC':
      return { message: 'the disk is full.', remedy: 'Make room, or write to another disk.' };
    case 'EROFS':
      return { message: 'the disk is read-only.', remedy: 'Write to another folder.' };
    default:
      return {
        message: `the system refused (${typeof code === 'string' ? code : 'no error code'}).`,
        remedy: 'Check the path, or use another folder.',
      };
  }
}
