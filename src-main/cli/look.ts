/** A look at the host that a command was told, with progress in the terminal. */
import type { Result } from '#shared/result.ts';
import { visibleText } from '#shared/visible-text.ts';
import { lookOnce, type OneLook } from '../app/look-once.ts';
import type { HostChoice } from '../app/select-host.ts';
import type { Terminal } from './terminal.ts';

export async function lookWithProgress(choice: HostChoice, terminal: Terminal): Promise<Result<OneLook>> {
  let label = '';
  const looked = await lookOnce(choice, {
    signal: terminal.signal,
    onStart: (origin) => {
      label = visibleText(origin.label);
      terminal.progress(`Looking at ${label} ...`);
    },
    onProgress: ({ done, total, observation }) =>
      terminal.progress(`Looking at ${label}: ${done} of ${total}, ${observation}`),
  });
  terminal.progress('');
  return looked;
}
