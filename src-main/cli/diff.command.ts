/** `switchyard diff`: what changed between two captures, or since the look that is pinned as the host's baseline. */
import { succeed, type Result } from '#shared/result.ts';
import type { Capture } from '#shared/capture.ts';
import { compareCaptures } from '../app/compare-captures.ts';
import { openSettings, settingsFor } from '../app/host-settings.ts';
import type { JudgeSettings } from '../app/judge-settings.ts';
import { renderDiffText } from '../report/diff-text.ts';
import {
  defineCommand,
  judgingHelp,
  judgingOptions,
  WrongCall,
  type OptionShapes,
  type OptionValues,
} from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithProgress, lookWithSettings, remarkIgnored } from './look.ts';
import { showFailure } from './show-failure.ts';
import type { Terminal } from './terminal.ts';

const format = { format: 'switchyard-diff', version: 1 } as const;

const options = {
  ...judgingOptions,
  files: { type: 'string', isWord: true, isList: true },
  baseline: { type: 'boolean' },
  json: { type: 'boolean' },
} as const satisfies OptionShapes;

interface TwoLooks {
  readonly before: Capture;
  readonly after: Capture;
  readonly settings: JudgeSettings;
}

export const command = defineCommand({
  help: `switchyard diff: what changed on a host between two captures, or since its baseline

  switchyard diff FILE FILE [--settings FILE] [--json]
  switchyard diff --baseline [--capture FILE | --demo NAME | --host local] [--settings FILE] [--json]

  --baseline  compares a look at the host with the one that is pinned for it (switchyard settings baseline)
  --json      for programs: JSON on standard output
  -h, --help  this text

${judgingHelp}

Of two files the earlier capture comes first. Compared are adapters, teams, switches, addresses, sessions, paths,
channels, settings of Windows, what every target can get, and the findings; counters, times and the order of things are
not. What one of the two could not observe is not compared, and said so. Both are judged by the same settings. Captures of
two hosts show what only goes wrong between them: one initiator name for both, or shared disks that they treat
differently.

Exit code
  0  nothing changed      3  a file could not be read, or the host not be looked at
  1  something changed    64 a wrong call, or no baseline is pinned`,
  options,
  run: async (given, terminal) => {
    const looks = given.baseline ? await sinceBaseline(given, terminal) : await ofFiles(given, terminal);
    if (!looks.ok) return showFailure(looks.failure, terminal);
    const { before, after, settings } = looks.value;
    remarkIgnored(settings, terminal);
    const diff = compareCaptures(before, after, settings);
    terminal.answer(
      given.json
        ? JSON.stringify({ ...format, ...diff }, undefined, 2)
        : renderDiffText(diff, terminal.textOptions()),
    );
    const { differences, targets, findings, betweenHosts } = diff;
    const changes =
      differences.length +
      targets.length +
      findings.come.length +
      findings.go.length +
      findings.differ.length +
      betweenHosts.length;
    return changes === 0 ? exitCodes.fine : exitCodes.warning;
  },
});

async function ofFiles(
  { files, settings: file, capture, demo, host }: OptionValues<typeof options>,
  terminal: Terminal,
): Promise<Result<TwoLooks>> {
  const [before, after, ...more] = files;
  if ([capture, demo, host].some((value) => value !== undefined)) {
    throw new WrongCall('A host is compared with its baseline only.', 'Give --baseline as well.');
  }
  if (before === undefined || after === undefined || more.length > 0) {
    throw new WrongCall('Two captures are compared.', 'switchyard diff EARLIER LATER');
  }
  const store = openSettings({ file, source: 'capture' });
  if (!store.ok) return store;
  const earlier = await lookWithProgress({ capture: before }, terminal);
  if (!earlier.ok) return earlier;
  const later = await lookWithProgress({ capture: after }, terminal);
  if (!later.ok) return later;
  return succeed({
    before: earlier.value.capture,
    after: later.value.capture,
    settings: await settingsFor(store.value, later.value.capture, terminal.textOptions().nowMs),
  });
}

async function sinceBaseline(
  given: OptionValues<typeof options>,
  terminal: Terminal,
): Promise<Result<TwoLooks>> {
  if (given.files.length > 0) {
    throw new WrongCall(
      'With --baseline no further file is compared.',
      'Give --capture FILE for a capture in place of this machine.',
    );
  }
  const looked = await lookWithSettings(given, terminal);
  if (!looked.ok) return looked;
  const { capture, settings } = looked.value;
  const { baseline } = settings;
  if (baseline === undefined) {
    remarkIgnored(settings, terminal);
    throw new WrongCall(
      `No baseline is pinned for ${capture.host.name}.`,
      'switchyard settings baseline pins the look of now.',
    );
  }
  return succeed({ before: baseline, after: capture, settings });
}
