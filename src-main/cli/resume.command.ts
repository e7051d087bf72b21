/** `switchyard resume`: after a restart, whether it brought what a change waited for. */
import { visibleText } from '#shared/visible-text.ts';
import { renderEntryText } from '../report/change-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openHost } from './plan-options.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard resume: looks whether a restart brought what a change waited for, and says how to go on

  switchyard resume [ID]

${judgingHelp}
                    A demo restarts within switchyard fix itself.

  ID           the change, as switchyard history lists it; needed only where several wait
  -h, --help   this text

Exit code
  0  it did; nothing waits     1  it did not, or not all of it     3  not restarted yet     64  a wrong call`,
  options: { ...judgingOptions, id: { type: 'string', isWord: true } },
  run: async (options, terminal) => {
    const opened = await openHost(options, terminal);
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const { changes, close } = opened.value;
    try {
      const { entries, failure } = changes.history();
      if (failure !== undefined) terminal.remark(visibleText(failure.message));
      const waiting = entries.filter(({ outcome }) => outcome === 'waits-for-restart');
      const { id } = options;
      const meant = id === undefined ? waiting : waiting.filter((one) => one.id === id);
      const [one, ...others] = meant;
      if (one === undefined && id !== undefined) {
        throw new WrongCall(`No change "${visibleText(id)}" waits for a restart.`);
      }
      if (one === undefined) {
        terminal.answer('No change waits for a restart.');
        return exitCodes.fine;
      }
      if (others.length > 0) {
        throw new WrongCall('Several changes wait.', `Name one: ${meant.map((each) => each.id).join(', ')}.`);
      }
      const resumed = await changes.resume(one.id);
      if (!resumed.ok) return showFailure(resumed.failure, terminal);
      const entry = resumed.value.entries.find((each) => each.id === one.id);
      if (entry === undefined) return exitCodes.notMade;
      terminal.answer(renderEntryText(entry, terminal.textOptions()));
      return entry.outcome === 'successful' ? exitCodes.fine : exitCodes.warning;
    } finally {
      await close();
    }
  },
});
