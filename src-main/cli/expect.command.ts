/** `switchyard expect`: how fast a target can be, from the link to what a file copy shows. */
import { simulate } from '../app/what-if.ts';
import { nothingObserved } from '#shared/observed-paths.ts';
import { noTargetText } from '#shared/observed-paths.ts';
import { renderExpectationJson } from '../report/what-if-json.ts';
import { renderExpectationText } from '../report/what-if-text.ts';
import { defineCommand, judgingHelp, judgingOptions } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings, remarkIgnored } from './look.ts';
import { showFailure } from './show-failure.ts';
import { targetsNamed } from './target-named.ts';

export const command = defineCommand({
  help: `switchyard expect: how fast a target can be, and why a copy is no faster

  switchyard expect [TARGET] [--capture FILE | --demo NAME | --host local] [--json]

  TARGET       an IQN, a server or a disk, or a part of its name; without it every target

${judgingHelp}

Answer
  Bars on one scale for each target: single stream, one copy, guaranteed, possible, in bit/s on the link and in
  byte/s of data after Ethernet, IP, TCP and iSCSI or SMB have taken theirs; what was measured, where the capture holds
  samples of the counters; then that account line by line.
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
    const { check, expectations } = simulate(capture, origin.source, [], settings);
    const nothing = nothingObserved(check);
    if (nothing) return showFailure({ ...nothing, kind: 'unexpected' }, terminal);
    const chosen = targetsNamed(expectations, options.target);
    terminal.answer(
      options.json
        ? JSON.stringify(renderExpectationJson(check, chosen), undefined, 2)
        : chosen.length === 0
          ? noTargetText(check)
          : renderExpectationText(chosen, terminal.textOptions()),
    );
    return exitCodes.fine;
  },
});
