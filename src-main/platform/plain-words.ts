/** Takes out of a line for the log what says whose machine it is: a log is sent to people that a host's owner never saw. */
import { isIPv6 } from 'node:net';
import { homedir, hostname, userInfo } from 'node:os';
import { visibleText } from '#shared/visible-text.ts';

interface Names {
  readonly host: string;
  readonly user: string;
  readonly home: string;
}

let ownNames: Names | undefined;

function namesOfThisMachine(): Names {
  if (ownNames !== undefined) return ownNames;
  let user = '';
  try {
    user = userInfo().username;
  } catch {
    // An account without an entry in the user database has no name that could stand in a line.
  }
  return (ownNames = { host: hostname(), user, home: homedir() });
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iqn|eui|naa)\.[\w.:-]+/gi, '<iscsi name>'],
  [/\\\\[^\s\\/"']+\\[^\s"']*/g, '<share>'],
  [/\b[A-Za-z]:\\Users\\[^\\\s"']+/gi, '<home>'],
  [/(?<![\w.])\/(?:home|Users)\/[^/\s"']+/g, '<home>'],
  [/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, '<mac>'],
  // The loopback address is everybody's, and versions have four parts less often than addresses do.
  [/\b(?!127\.0\.0\.1\b)(?:\d{1,3}\.){3}\d{1,3}\b/g, '<address>'],
  [/\bS-1-5-21(?:-\d+)+\b/g, '<account>'],
];

/** Times and places in a file have colons too: only what is an address counts as one. */
const ipv6Like = /(?<![\w:])[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*(?![\w:])/gi;

function withoutName(text: string, name: string, standIn: string): string {
  // Names such as `a` would tear words apart that have nothing to do with them.
  if (name.length < 2) return text;
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'gi'), standIn);
}

/** One line, whatever the text was: control characters are spelt out, and names and addresses have stand-ins. */
export function plainWords(text: string, names: Names = namesOfThisMachine()): string {
  let plain = withoutName(text, names.home, '<home>');
  for (const [pattern, standIn] of patterns) plain = plain.replace(pattern, standIn);
  plain = plain.replace(ipv6Like, (found) => (isIPv6(found) && found !== '::1' ? '<address>' : found));
  plain = withoutName(plain, names.host, '<host>');
  if (names.user !== 'root') plain = withoutName(plain, names.user, '<user>');
  return visibleText(plain);
}
