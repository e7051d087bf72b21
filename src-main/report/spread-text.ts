/** Verdicts on traffic as lines for a terminal. */
import type { Check } from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { originText } from '#shared/origin-text.ts';
import { shortName } from '#shared/short-name.ts';
import type { DirectionVerdict, SpreadVerdictId, TrafficJudgement } from '#shared/spread.ts';
import { costTexts, verdictWords } from '#shared/spread-words.ts';
import { counted } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { Page, type Style, type TextOptions } from './text-page.ts';

const styles: Readonly<Partial<Record<SpreadVerdictId, Style>>> = {
  'wrong-path': 'red',
  'one-path': 'yellow',
  'idle-path': 'yellow',
  leans: 'yellow',
  'not-enough-traffic': 'dim',
};

function wordOf(verdict: SpreadVerdictId): { readonly word: string; readonly style: Style | undefined } {
  return { word: verdictWords[verdict].toUpperCase(), style: styles[verdict] };
}

/** Ends without a line end. */
export function renderSpreadText(
  check: Pick<Check, 'host'>,
  traffic: TrafficJudgement,
  origin: HostOrigin,
  options: TextOptions,
): string {
  const page = new Page(options);
  const seconds = Math.round((traffic.toMs - traffic.fromMs) / 1000);
  page.wrapped(`${visibleText(check.host.name)}: ${originText(origin)}`, 'bold');
  page.wrapped(`Counted for ${counted(seconds, 'second')}.`);
  page.heading('Targets');
  if (traffic.targets.length === 0) page.wrapped('No storage target.', 'dim', 2);
  for (const { name, verdict, message, reason, cost, direction } of traffic.targets) {
    const { word, style } = wordOf(verdict);
    page.hanging(`  ${page.styled(word, style)}  `, word.length + 4, name, 'bold');
    page.wrapped(
      `${direction === null ? '' : direction === 'read' ? 'Reading: ' : 'Writing: '}${message}`,
      undefined,
      4,
    );
    if (reason !== undefined) page.wrapped(reason, undefined, 4);
    if (cost !== undefined) page.wrapped(costTexts[cost], undefined, 4);
  }
  const judged = traffic.groups.filter(({ verdict }) => verdict !== 'not-enough-traffic');
  page.heading('Paths that share');
  for (const { subject, expectation, read, write } of judged) {
    page.wrapped(shortName(subject), 'bold', 2);
    page.wrapped(expectation, 'dim', 4);
    for (const one of [read, write]) renderDirection(page, one);
  }
  const open = traffic.groups.length - judged.length;
  if (open > 0) {
    page.wrapped(`${counted(open, 'group')} of paths without a verdict; --json says why.`, 'dim', 2);
  }
  page.heading('Whose traffic');
  page.wrapped(traffic.whose.text, undefined, 2);
  for (const { owner, share } of traffic.whose.owners)
    page.line(`  ${bar(share)} ${percent(share)}  ${owner}`);
  const more = [
    ...traffic.nearCeilings.map(({ message }) => message),
    ...traffic.queues.map(({ message }) => message),
    ...traffic.sharedMembers.map(
      ({ vnics, member, team }) =>
        `${vnics.map(({ name }) => name).join(' and ')} stand on one member of team ${team.name}: ${member.name}.`,
    ),
  ];
  if (more.length > 0) page.heading('Beside that');
  for (const text of more) page.hanging('  - ', 4, text);
  return page.text();
}

function renderDirection(page: Page, one: DirectionVerdict): void {
  if (one.open !== undefined && one.open !== 'unconfirmed') {
    page.wrapped(`${one.direction === 'read' ? 'Reading' : 'Writing'}: ${one.message}`, 'dim', 4);
    return;
  }
  const { word, style } = wordOf(one.verdict);
  const head = `    ${one.direction === 'read' ? 'Reading' : 'Writing'}  ${word}  `;
  page.hanging(`${head.slice(0, -word.length - 2)}${page.styled(word, style)}  `, head.length, one.message);
  for (const { path, over, share, expected } of one.shares) {
    // Of several members of a team it is not known which one carries.
    const by = (over.length > 2 ? over.slice(0, 1) : over).map(shortName).join(' › ');
    const note = expected === 'idle' ? ' (held back)' : '';
    page.line(
      `      ${bar(share ?? 0)} ${percent(share ?? 0)}  ${shortName(path)}${by === '' || by === path.name ? '' : ` over ${by}`}${note}`,
    );
  }
  if (one.fairness !== null) {
    page.wrapped(`Jain's index ${one.fairness.toFixed(2)}. ${one.counted?.text ?? ''}`, 'dim', 6);
  }
}

const barWidth = 20;

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `${'█'.repeat(full)}${'·'.repeat(barWidth - full)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(5);
}
