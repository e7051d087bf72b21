/** A whole terminal for a picture that changes, given back as it was. */
import type { ReadStream, WriteStream } from 'node:tty';

export interface Screen {
  /** Lines that fit. */
  readonly height: () => number;
  readonly draw: (text: string) => void;
  /** Aborted by q, Esc or Ctrl-C. */
  readonly quit: AbortSignal;
  readonly close: () => void;
}

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const quitKeys: ReadonlySet<string> = new Set(['q', 'Q', '\u0003', '\u001b']);

/** Where both are a terminal: undefined elsewhere. */
export function openScreen(
  input: ReadStream & { readonly fd: 0 },
  output: WriteStream & { readonly fd: 1 },
): Screen | undefined {
  if (!output.isTTY || process.env['TERM'] === 'dumb') return undefined;
  const quitting = new AbortController();
  const onKey = (key: Buffer): void => {
    if (quitKeys.has(key.toString('latin1'))) quitting.abort();
  };
  const hasKeys = input.isTTY;
  if (hasKeys) {
    input.setRawMode(true);
    input.resume();
    input.on('data', onKey);
  }
  output.write(enter);
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    output.write(leave);
    if (!hasKeys) return;
    input.off('data', onKey);
    input.setRawMode(false);
    input.pause();
  };
  // Whatever ends the program, the person gets the terminal back.
  process.once('exit', close);
  return {
    height: () => output.rows,
    draw: (text) => {
      const lines = text.split('\n').slice(0, output.rows);
      output.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
    },
    quit: quitting.signal,
    close: () => {
      close();
      process.off('exit', close);
    },
  };
}
