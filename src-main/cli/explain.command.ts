/** `switchyard explain RULE`: the page of one rule. */
import { visibleText } from '#shared/visible-text.ts';
import { nearest } from '../app/nearest.ts';
import { listRules, ruleNamed, rulePage } from '../app/rule-list.ts';
import { wrapText } from '../report/text-width.ts';
import { defineCommand, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';

const shownNames = 5;

export const command = defineCommand({
  help: `switchyard explain: the page of one rule: why it matters, what to do, when to leave it alone

  switchyard explain RULE

  RULE        the id of a rule or another name of it, or of a finding (rule@1234abcd); "switchyard rules" lists the
              rules
  -h, --help  this text`,
  options: { rule: { type: 'string', isWord: true } },
  run: ({ rule }, terminal) => {
    if (rule === undefined) throw new WrongCall('Which rule?', 'switchyard rules lists them.');
    const id = ruleNamed(rule);
    const page = id === undefined ? undefined : rulePage(id);
    if (page === undefined) {
      throw new WrongCall(`There is no rule "${visibleText(rule)}".`, hintFor(rule.toLowerCase()));
    }
    terminal.answer(asText(page, terminal.textOptions().width));
    return Promise.resolve(exitCodes.fine);
  },
});

/** Rules that are spelt alike, or that have a word in common. */
function hintFor(id: string): string {
  const ids = listRules().flatMap((rule) => [rule.id, ...rule.aliases]);
  const meant = nearest(id, ids);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  const words = id.split('-').filter((word) => word.length > 2);
  const near = ids.filter((one) => words.some((word) => one.split('-').includes(word)));
  return near.length > 0
    ? `There are: ${near.slice(0, shownNames).join(', ')}.`
    : 'switchyard rules lists them.';
}

/** Markdown as a terminal shows it: lines wrapped, code as it is, marks of emphasis left out. */
function asText(page: string, width: number): string {
  const lines: string[] = [];
  let isCode = false;
  for (const line of page.trimEnd().split('\n')) {
    if (line.startsWith('```')) {
      isCode = !isCode;
    } else if (isCode) {
      lines.push(`    ${line}`);
    } else {
      const plain = line.replaceAll('**', '').replaceAll('`', '');
      const heading = /^#+ (.*)$/.exec(plain)?.[1];
      const [lead = ''] = /^(?:- |\d+\. )/.exec(plain) ?? [];
      if (heading !== undefined) lines.push(line.startsWith('## ') ? heading.toUpperCase() : heading);
      else {
        const wrapped = wrapText(plain.slice(lead.length), width - lead.length);
        lines.push(...wrapped.map((one, at) => `${at === 0 ? lead : ' '.repeat(lead.length)}${one}`));
      }
    }
  }
  return lines.join('\n');
}
