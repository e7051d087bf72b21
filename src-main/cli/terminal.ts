/** The terminal that a command talks to: where its answer goes, where its remarks go, and what they may look like. */
import type { TextOptions } from '../report/text-page.ts';

export interface Terminal {
  /** The answer: standard output. A line end is added. */
  readonly answer: (text: string) => void;
  /** Remarks, progress, reasons: standard error. A line end is added. */
  readonly remark: (text: string) => void;
  /** A line that the next one replaces; nothing where standard error is no terminal. An empty text clears it. */
  readonly progress: (text: string) => void;
  readonly textOptions: () => TextOptions;
  /** Aborted by Ctrl-C or a polite request to end. */
  readonly signal: AbortSignal;
}

const widestText = 110;
const widthWithoutTerminal = 100;

/** Colour on a terminal that can show it. NO_COLOR beats all; FORCE_COLOR beats the missing terminal. */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

export function openTerminal(signal: AbortSignal): Terminal {
  const write = quietWriter(process.stdout);
  const writeRemark = quietWriter(process.stderr);
  let hasProgress = false;
  const clearProgress = (): void => {
    if (hasProgress) writeRemark('\r\u001b[2K');
    hasProgress = false;
  };
  return {
    signal,
    answer: (text) => {
      clearProgress();
      write(`${text}\n`);
    },
    remark: (text) => {
      clearProgress();
      writeRemark(`${text}\n`);
    },
    progress: (text) => {
      if (!process.stderr.isTTY) return;
      clearProgress();
      if (text === '') return;
      writeRemark(text.slice(0, process.stderr.columns - 1));
      hasProgress = true;
    },
    textOptions: () => ({
      width: process.stdout.isTTY ? Math.min(process.stdout.columns, widestText) : widthWithoutTerminal,
      hasColour: wantsColour(process.stdout.isTTY, process.env),
      nowMs: Date.now(),
    }),
  };
}

/** When the reader has gone (`| head`), there is nobody left to write to, and the exit code still tells the rest. */
function quietWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isGone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isGone = true;
  });
  return (text) => {
    if (!isGone) stream.write(text);
  };
}
