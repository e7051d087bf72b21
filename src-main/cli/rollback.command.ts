/** `switchyard rollback`: takes a change of the history back, where its state still fits. */
import { visibleText } from '#shared/visible-text.ts';
import { renderEntryText, renderRunText } from '../report/change-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { askSecrets } from './ask-secrets.ts';
import { openHost } from './plan-options.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard rollback: takes a change back, the last step first, where its state still fits

  switchyard rollback ID [--yes]

${judgingHelp}

  ID                the change, as switchyard history lists it
  --yes             without being asked
  --type SENTENCE   what a refusal asks to be typed, word for word
  -h, --help        this text

Exit code
  0  taken back     2  not all could be taken back     3  refused or not made     64  a wrong call`,
  options: {
    ...judgingOptions,
    id: { type: 'string', isWord: true },
    yes: { type: 'boolean' },
    type: { type: 'string', isList: true },
  },
  run: async (options, terminal) => {
    const { id } = options;
    if (id === undefined) throw new WrongCall('Which change?', 'switchyard history lists them.');
    const opened = await openHost(options, terminal);
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const { changes, close } = opened.value;
    try {
      const entry = changes.history().entries.find((one) => one.id === id);
      if (entry === undefined) throw new WrongCall(`The history has no change "${visibleText(id)}".`);
      terminal.answer(renderEntryText(entry, terminal.textOptions()));
      if (!options.yes) {
        const answer = await terminal.ask('Type yes to take it back: ');
        if (answer?.trim().toLowerCase() !== 'yes') {
          terminal.remark('Nothing was changed.');
          return exitCodes.notMade;
        }
      }
      const secrets = await askSecrets(entry.secrets, terminal);
      if (secrets === undefined) return exitCodes.notMade;
      const begun = changes.rollback(id, options.type, secrets);
      if (!begun.ok) return showFailure(begun.failure, terminal);
      await changes.settled();
      const { run } = await changes.state();
      if (run === undefined) return exitCodes.notMade;
      terminal.answer(`\n${renderRunText(run, terminal.textOptions())}`);
      if (run.outcome === 'refused') return exitCodes.notMade;
      return run.outcome === 'successful' ? exitCodes.fine : exitCodes.error;
    } finally {
      await close();
    }
  },
});
