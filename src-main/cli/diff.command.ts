/** `switchyard diff`: what changed between two captures. */
import { compareCaptures } from '../app/compare-captures.ts';
import { renderDiffText } from '../report/diff-text.ts';
import { defineCommand, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithProgress } from './look.ts';
import { showFailure } from './show-failure.ts';

const format = { format: 'switchyard-diff', version: 1 } as const;

export const command = defineCommand({
  help: `switchyard diff: what changed on a host between two captures

  switchyard diff FILE FILE [--json]

  --json      for programs: JSON on standard output
  -h, --help  this text

The earlier capture first. Compared are adapters, teams, switches, addresses, sessions, paths, channels, settings, what
every target can get, and the findings; counters, times and the order of things are not. What one of the two could
not observe is not compared, and said so. Captures of two hosts show what only goes wrong between them: one initiator name
for both, or shared disks that they treat differently.

Exit code
  0  nothing changed      3  a file could not be read
  1  something changed    64 a wrong call`,
  options: { files: { type: 'string', isWord: true, isList: true }, json: { type: 'boolean' } },
  run: async ({ files, json }, terminal) => {
    const [before, after, ...more] = files;
    if (before === undefined || after === undefined || more.length > 0) {
      throw new WrongCall('Two captures are compared.', 'switchyard diff EARLIER LATER');
    }
    const earlier = await lookWithProgress({ capture: before }, terminal);
    if (!earlier.ok) return showFailure(earlier.failure, terminal);
    const later = await lookWithProgress({ capture: after }, terminal);
    if (!later.ok) return showFailure(later.failure, terminal);
    const diff = compareCaptures(earlier.value.capture, later.value.capture);
    terminal.answer(
      json
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
