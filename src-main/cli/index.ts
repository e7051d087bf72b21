/** The terminal shell: `node src-main/cli/index.ts check ...`. */
import { reportCrashes } from '../platform/crash-report.ts';
import { exitCodes } from './exit-codes.ts';
import { nodeTooOld } from './node-version.ts';
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

reportCrashes(process.argv[2] === 'serve' ? 'browser' : 'terminal', (error, sentence) => {
  console.error(`switchyard: Something went wrong inside Switchyard.\n${String(error)}\n${sentence}`);
  process.exit(exitCodes.notMade);
});
const tooOld = nodeTooOld(process.versions.node);
if (tooOld === undefined) process.exitCode = await run(process.argv.slice(2), openTerminal(ending.signal));
else {
  console.error(tooOld);
  process.exitCode = exitCodes.notMade;
}
