/** The terminal that a command talks to: where its answer goes, where its remarks go, and what they may look like. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { TextOptions } from '../report/text-page.ts';
import { openScreen, type Screen } from './screen.ts';

export interface Terminal {
  /** The answer: standard output. A line end is added. */
  readonly answer: (text: string) => void;
  /** Remarks, progress, reasons: standard error. A line end is added. */
  readonly remark: (text: string) => void;
  /** A line that the next one replaces; nothing where standard error is no terminal. An empty text clears it. */
  readonly progress: (text: string) => void;
  readonly textOptions: () => TextOptions;
  /** What the person types; undefined where nobody can be asked. A hidden answer is not shown while it is typed. */
  readonly ask: (question: string, options?: { readonly isHidden?: boolean }) => Promise<string | undefined>;
  /** The whole terminal, for a picture that changes; undefined where standard output is none. */
  readonly openScreen: () => Screen | undefined;
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
    ask: (question, { isHidden = false } = {}) => {
      clearProgress();
      return askPerson(question, isHidden, signal);
    },
    openScreen: () => openScreen(process.stdin, process.stdout),
    textOptions: () => ({
      width: process.stdout.isTTY ? Math.min(process.stdout.columns, widestText) : widthWithoutTerminal,
      hasColour: wantsColour(process.stdout.isTTY, process.env),
      nowMs: Date.now(),
    }),
  };
}

async function askPerson(
  question: string,
  isHidden: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY || signal.aborted) return undefined;
  process.stderr.write(question);
  // What is typed is echoed by the reader: a hidden one gets nowhere to echo to.
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: isHidden ? silence : process.stderr,
    terminal: true,
  });
  try {
    const answer = await lines.question('', { signal });
    if (isHidden) process.stderr.write('\n');
    return answer;
  } catch {
    // Ctrl-C, or the end of the input: no answer.
    return undefined;
  } finally {
    lines.close();
  }
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
