/** `switchyard history`: the changes that were made from here, and how each ended. */
import { renderEntryText, renderHistoryText } from '../report/change-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openHost } from './plan-options.ts';
import { showFailure } from './show-failure.ts';
import { visibleText } from '#shared/visible-text.ts';

export const command = defineCommand({
  help: `switchyard history: what was changed on this host, by whom, and how it ended

  switchyard history [ID] [--json]

${judgingHelp}
                    A demo has no history: its changes end with the program.

  ID           one change in full: its commands, what they said, before and after
  --json       for programs: JSON on standard output
  -h, --help   this text

Exit code
  0  shown     2  a change is unfinished or not all undone     3  it could not be read     64  a wrong call`,
  options: { ...judgingOptions, id: { type: 'string', isWord: true }, json: { type: 'boolean' } },
  run: async (options, terminal) => {
    const opened = await openHost(options, terminal);
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const { changes, close } = opened.value;
    try {
      const { entries, failure } = changes.history();
      if (failure !== undefined) terminal.remark(visibleText(failure.message));
      const one = entries.find(({ id }) => id === options.id);
      if (options.id !== undefined && one === undefined) {
        throw new WrongCall(`The history has no change "${visibleText(options.id)}".`);
      }
      const shown = one === undefined ? entries : [one];
      terminal.answer(
        options.json
          ? JSON.stringify(shown, undefined, 2)
          : one === undefined
            ? renderHistoryText(entries, terminal.textOptions())
            : renderEntryText(one, terminal.textOptions()),
      );
      const { leftovers, guardsUnknown } = await changes.state();
      if (guardsUnknown !== undefined) {
        terminal.remark(
          visibleText(`Whether a guard is still on this host is not known. ${guardsUnknown.message}`),
        );
      }
      for (const { title, message, startedAt } of leftovers) {
        terminal.remark(visibleText(`Unfinished: ${title}, begun ${startedAt}. ${message}`));
      }
      if (entries.length === 0 && failure !== undefined) return exitCodes.notMade;
      return leftovers.length > 0 || guardsUnknown !== undefined ? exitCodes.error : exitCodes.fine;
    } finally {
      await close();
    }
  },
});
