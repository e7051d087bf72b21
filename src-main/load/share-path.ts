/** Names of files on shares: which are plain, and why others are not read. */
import type { LoadRefusal } from '#shared/load.ts';

const longest = 1024;
/** Names that Windows takes for devices, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
/** Shares that carry no files. */
const noFiles: ReadonlySet<string> = new Set(['ipc$', 'pipe', 'mailslot', 'print$']);

export interface ShareAndFile {
  readonly server: string;
  readonly share: string;
  /** The folders below the share, and the file. */
  readonly parts: readonly string[];
}

/** `\\server\share\folder\file`; undefined for anything else. Says nothing of whether its parts are plain. */
export function shareAndFile(path: string): ShareAndFile | undefined {
  if (!path.startsWith('\\\\')) return undefined;
  const [server = '', share = '', ...parts] = path.slice(2).split('\\');
  return server === '' || share === '' || parts.length === 0 ? undefined : { server, share, parts };
}

/** Why this is no plain name of a file on a share; undefined where it is one. */
export function refusedPath(path: string): LoadRefusal | undefined {
  const plain = 'Give a file as \\\\server\\share\\folder\\file.';
  if (/^[\\/]{2}[.?](?:[\\/]|$)/.test(path) || /^\\\?\?\\/.test(path)) {
    return { reason: 'device-path', message: 'That names a device.', remedy: plain };
  }
  const parsed = shareAndFile(path);
  if (parsed === undefined) {
    return { reason: 'not-a-share', message: 'That is no file on a share.', remedy: plain };
  }
  const { server, share, parts } = parsed;
  if (noFiles.has(share.toLowerCase()) || [share, ...parts].some((part) => device.test(part))) {
    return { reason: 'device-path', message: 'That names a device.', remedy: plain };
  }
  if (share.endsWith('$')) {
    return {
      reason: 'administrative-share',
      message: `${share} is a share that Windows keeps for itself or hides.`,
      remedy: 'Choose a file on a share that is there for storage.',
    };
  }
  if (parts.some((part) => part.includes(':'))) {
    return {
      reason: 'alternate-stream',
      message: 'That names a stream beside the content of a file.',
      remedy: plain,
    };
  }
  const isOdd = (part: string): boolean =>
    // What cannot be seen, what Windows has for patterns, and what it would take for another name.
    part === '' || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*/<>?|]/u.test(part) || /[. ]$/.test(part);
  return path.length > longest || [server, share, ...parts].some(isOdd) || server.includes(':')
    ? { reason: 'odd-path', message: 'That is no plain name of a file.', remedy: plain }
    : undefined;
}
