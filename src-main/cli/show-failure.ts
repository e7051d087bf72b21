/** A failure in the terminal, and the exit code that belongs to it. */
import { nextStep } from '#shared/next-step.ts';
import type { Failure } from '#shared/result.ts';
import { visibleText } from '#shared/visible-text.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export function showFailure(failure: Failure, terminal: Terminal): number {
  if (terminal.signal.aborted) {
    terminal.remark('Stopped.');
    return exitCodes.interrupted;
  }
  terminal.remark(`switchyard: ${visibleText(failure.message)}`);
  terminal.remark(visibleText(nextStep(failure)));
  return failure.kind === 'bad-request' ? exitCodes.wrongCall : exitCodes.notMade;
}
