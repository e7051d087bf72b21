/** `switchyard rules`: the catalogue. */
import { hostname } from 'node:os';
import type { ThresholdState } from '#shared/settings.ts';
import { openSettings } from '../app/host-settings.ts';
import { listRules } from '../app/rule-list.ts';
import { thresholdsOf } from '../app/thresholds.ts';
import { thresholdText } from '../report/settings-text.ts';
import { wrapText } from '../report/text-width.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard rules: every rule, with its severities, what it needs and the figures it turns on

  switchyard rules [--for HOST] [--settings FILE] [--json]

  --for HOST        whose thresholds are shown: its name in the settings file (default: this machine's)
  --settings FILE   what was set for the host; without it your own file
  --json            for programs: a list of { id, aliases, severities, title, failureTitle, needs, thresholds }
  -h, --help        this text

A threshold is shown with the value that is in force. To change one: switchyard settings threshold ID VALUE
The page of one rule: switchyard explain RULE`,
  options: { for: { type: 'string' }, settings: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ for: host = hostname(), settings: file, json }, terminal) => {
    const store = openSettings({ file, source: 'local' });
    if (!store.ok) return Promise.resolve(showFailure(store.failure, terminal));
    const { settings } = store.value.read(host);
    const rules = listRules(settings);
    if (json) {
      terminal.answer(JSON.stringify(rules, undefined, 2));
      return Promise.resolve(exitCodes.fine);
    }
    const { width } = terminal.textOptions();
    const indented = (lines: readonly string[]): void => {
      for (const line of lines.flatMap((one) => wrapText(one, width - 4))) terminal.answer(`    ${line}`);
    };
    const all = thresholdsOf(settings);
    const lineOf = (threshold: ThresholdState): string =>
      `${threshold.id} = ${thresholdText(threshold)}: ${threshold.says}`;
    for (const { id, aliases, severities, failureTitle, needs } of rules) {
      const needed = needs.map((need) => (typeof need === 'string' ? need : need.join(' or ')));
      terminal.answer(`${id}  (${severities.join(', ')})`);
      indented([
        failureTitle,
        `needs ${needed.join(', ')}`,
        ...(aliases.length > 0 ? [`also known as ${aliases.join(', ')}`] : []),
        ...all.filter(({ usedBy }) => usedBy.includes(id)).map(lineOf),
      ]);
    }
    const known = new Set(rules.map(({ id }) => id));
    const others = all.filter(({ usedBy }) => usedBy.every((user) => !known.has(user)));
    if (others.length > 0) {
      terminal.answer('Thresholds of other verdicts');
      indented(others.map(lineOf));
    }
    return Promise.resolve(exitCodes.fine);
  },
});
