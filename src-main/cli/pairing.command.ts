/** `switchyard pairing`: initiator addresses against target portals: which sessions are there, missing, or useless. */
import { nothingObserved } from '#shared/observed-paths.ts';
import { simulate } from '../app/what-if.ts';
import { renderPairingJson } from '../report/what-if-json.ts';
import { renderPairingText } from '../report/what-if-text.ts';
import { defineCommand, judgingHelp, judgingOptions } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings, remarkIgnored } from './look.ts';
import { showFailure } from './show-failure.ts';
import { targetsNamed } from './target-named.ts';

export const command = defineCommand({
  help: `switchyard pairing: which iSCSI sessions make sense, which are there, which are missing

  switchyard pairing [TARGET] [--capture FILE | --demo NAME | --host local] [--json]

  TARGET       an IQN or a part of one; without it every iSCSI target with a session

${judgingHelp}

Answer
  For each target a grid: the addresses of this host against the portals of the target.
  --json       for programs: JSON on standard output, everything else on standard error
  -h, --help   this text

Exit code
  0  answered      3  no storage path could be observed      64  a wrong call, or no such target`,
  options: { ...judgingOptions, target: { type: 'string', isWord: true }, json: { type: 'boolean' } },
  run: async (options, terminal) => {
    const looked = await lookWithSettings(options, terminal);
    if (!looked.ok) return showFailure(looked.failure, terminal);
    const { capture, origin, settings } = looked.value;
    remarkIgnored(settings, terminal);
    const { check, pairings } = simulate(capture, origin.source, [], settings);
    const nothing = nothingObserved(check);
    if (nothing) return showFailure({ ...nothing, kind: 'unexpected' }, terminal);
    const chosen = targetsNamed(pairings, options.target);
    terminal.answer(
      options.json
        ? JSON.stringify(renderPairingJson(check, chosen), undefined, 2)
        : chosen.length === 0
          ? 'This host has no iSCSI target with a session that could be seen.'
          : renderPairingText(chosen, terminal.textOptions()),
    );
    return exitCodes.fine;
  },
});
