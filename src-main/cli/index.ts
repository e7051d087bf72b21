/** The terminal shell: `node src-main/cli/index.ts check ...`. */
import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';
import { openTerminal } from './terminal.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked a second time: at once.
    if (ending.signal.aborted) process.exit(exitCodes.interrupted);
    ending.abort();
  });
}

process.exitCode = await run(process.argv.slice(2), openTerminal(ending.signal));
