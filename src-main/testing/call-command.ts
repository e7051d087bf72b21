/** A command called in this process, with a terminal that keeps what it is told. */
import { run } from '../cli/run.ts';
import type { Terminal } from '../cli/terminal.ts';

interface Called {
  readonly code: number;
  readonly answer: string;
  readonly remarks: string;
}

/** `nowMs`: the time by the clock of the terminal, which ages and days are reckoned from. */
export async function callCommandAt(nowMs: number, words: readonly string[]): Promise<Called> {
  const answer: string[] = [];
  const remarks: string[] = [];
  const terminal: Terminal = {
    answer: (text) => answer.push(text),
    remark: (text) => remarks.push(text),
    progress: () => undefined,
    ask: () => Promise.resolve(undefined),
    textOptions: () => ({ width: 80, hasColour: false, nowMs }),
    openScreen: () => undefined,
    signal: new AbortController().signal,
  };
  const code = await run(words, terminal);
  return { code, answer: answer.join('\n'), remarks: remarks.join('\n') };
}

export function callCommand(...words: readonly string[]): Promise<Called> {
  return callCommandAt(0, words);
}
