/** `switchyard rules`: the catalogue. */
import { listRules } from '../app/rule-list.ts';
import { wrapText } from '../report/text-width.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

export const command = defineCommand({
  help: `switchyard rules: every rule, with its severities, what it needs and the figures it turns on

  switchyard rules [--json]

  --json      for programs: a list of { id, severities, title, failureTitle, needs, thresholds }
  -h, --help  this text

The page of one rule: switchyard explain RULE`,
  options: { json: { type: 'boolean' } },
  run: (options, terminal) => {
    const rules = listRules();
    if (options.json) {
      terminal.answer(JSON.stringify(rules, undefined, 2));
      return Promise.resolve(exitCodes.fine);
    }
    const { width } = terminal.textOptions();
    for (const { id, severities, failureTitle, needs, thresholds } of rules) {
      const needed = needs.map((need) => (typeof need === 'string' ? need : need.join(' or ')));
      terminal.answer(`${id}  (${severities.join(', ')})`);
      const lines = [
        failureTitle,
        `needs ${needed.join(', ')}`,
        ...thresholds.map(({ name, value, unit, says }) => `${name} = ${value} ${unit}: ${says}`),
      ];
      for (const line of lines.flatMap((one) => wrapText(one, width - 4))) terminal.answer(`    ${line}`);
    }
    return Promise.resolve(exitCodes.fine);
  },
});
