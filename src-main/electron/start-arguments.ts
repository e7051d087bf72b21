/** The words that the desktop program was started with: which host is meant, and switches that it must not have. */
import { defaultDemo, type HostChoice } from '../app/select-host.ts';

/** Each of them gives another process a way into a program that may run elevated. */
const dangerous =
  /^--?(?:no-sandbox|remote-debugging-|inspect|js-flags|disable-web-security|load-extension)/i;

/** The first switch that the packaged program refuses to start with, or undefined. */
export function findDangerousSwitch(words: readonly string[]): string | undefined {
  return words.find((word) => dangerous.test(word));
}

function valueOf(words: readonly string[], name: string): string | undefined {
  const inline = words.find((word) => word.startsWith(`--${name}=`));
  if (inline !== undefined) return inline.slice(name.length + 3);
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : (words[at + 1] ?? '');
}

/** `--settings FILE`: where what is set for hosts is kept. */
export function readSettingsFile(words: readonly string[]): string | undefined {
  return valueOf(words, 'settings');
}

/** `--demo NAME`, `--capture FILE`; else this machine on Windows, and elsewhere the demo. */
export function readHostChoice(words: readonly string[], platform: NodeJS.Platform): HostChoice {
  const choice = {
    capture: valueOf(words, 'capture'),
    demo: valueOf(words, 'demo'),
    host: valueOf(words, 'host'),
  };
  const isChosen = Object.values(choice).some((value) => value !== undefined);
  return isChosen || platform === 'win32' ? choice : { demo: defaultDemo };
}
