/** A check as lines for a terminal: the host, what is wrong, the targets with their ceilings, what was not checked. */
import { formatAge, formatInstant } from '#shared/age.ts';
import { evidenceLines } from '#shared/evidence-text.ts';
import { measuredText } from '#shared/measured-text.ts';
import { groupByReason } from '#shared/rule-groups.ts';
import {
  countedFindings,
  type Check,
  type Finding,
  type ObservationGap,
  type RuleResult,
  type Severity,
} from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { entitiesText } from '#shared/entity-text.ts';
import { groupGaps } from '#shared/gap-text.ts';
import { noTargetText } from '#shared/observed-paths.ts';
import { releaseText } from '#shared/release-text.ts';
import { originText } from '#shared/origin-text.ts';
import { counted } from '#shared/units.ts';
import type { SettingsInForce } from '#shared/settings.ts';
import { visibleText } from '#shared/visible-text.ts';
import { waivedText, waiverExpiredText } from '#shared/waived-text.ts';
import { summarise } from './check-json.ts';
import { renderTargets } from './targets-text.ts';
import { Page, type Style, type TextOptions } from './text-page.ts';

const severityHeads: Readonly<Record<Severity, { word: string; style: Style }>> = {
  error: { word: 'ERROR', style: 'red' },
  warning: { word: 'WARNING', style: 'yellow' },
  info: { word: 'INFO', style: 'blue' },
};

const namesShown = 8;

/** Ends without a line end. */
export function renderCheckText(check: Check, origin: HostOrigin, options: TextOptions): string {
  const page = new Page(options);
  renderHost(page, check, origin);
  renderVerdict(page, check);
  for (const finding of countedFindings(check.findings)) renderFinding(page, finding);
  renderWaived(page, check.findings);
  renderSettings(page, check.settings);
  page.heading('Targets');
  if (check.targets.length === 0) page.wrapped(noTargetText(check), undefined, 2);
  renderTargets(page, check.targets);
  renderInterfaces(page, check.interfaces);
  renderNotChecked(page, check.rules);
  renderGaps(page, check.gaps);
  return page.text();
}

/** Findings in brief: one line each, for a start that has a page to look at beside it. */
export function renderCheckBrief(check: Check, options: TextOptions): string {
  const page = new Page(options);
  page.line(countsText(check), 'bold');
  for (const { severity, title, message } of countedFindings(check.findings)) {
    const { word, style } = severityHeads[severity];
    page.hanging(`${page.styled(word.padEnd(7), style)} `, 8, `${title}. ${message}`);
  }
  return page.text();
}

function renderHost(page: Page, check: Check, origin: HostOrigin): void {
  const { host } = check.model;
  const name = visibleText(check.host.name);
  page.wrapped(`${name}: ${originText(origin)}`, 'bold');
  const age = formatAge(page.options.nowMs - Date.parse(check.takenAt));
  const facts = [
    releaseText(host),
    check.host.elevated ? 'elevated' : 'not elevated',
    `${check.source === 'capture' ? 'taken' : 'looked'} ${age} (${formatInstant(check.takenAt)})`,
    `${check.observed.ok} of ${check.observed.asked} observations answered`,
  ];
  page.wrapped(facts.join(' · '));
}

function renderVerdict(page: Page, check: Check): void {
  page.blank();
  page.wrapped(countsText(check), 'bold');
  if (check.leaveItAlone !== undefined) page.wrapped(check.leaveItAlone.text);
}

/** "1 error, 2 warnings, 1 rule not evaluated" */
export function countsText(check: Pick<Check, 'findings' | 'rules'>): string {
  const { errors, warnings, infos, notEvaluated, waived } = summarise(check);
  const parts = [
    errors > 0 && counted(errors, 'error'),
    warnings > 0 && counted(warnings, 'warning'),
    infos > 0 && `${infos} to know`,
  ].filter((part) => part !== false);
  const isUnjudged = check.rules.every(({ result }) => result === 'not-evaluated');
  const none = isUnjudged ? 'Nothing could be judged' : waived > 0 ? 'No other findings' : 'No findings';
  const counts = parts.length > 0 ? parts.join(', ') : none;
  const found = waived > 0 ? `${counts}, ${waived} waived` : counts;
  return notEvaluated > 0 ? `${found}; ${counted(notEvaluated, 'rule')} not evaluated` : found;
}

function renderFinding(page: Page, finding: Finding): void {
  const { word, style } = severityHeads[finding.severity];
  page.blank();
  const head = `${page.styled(word, style)}  `;
  page.hanging(head, word.length + 2, `${finding.title} [${finding.rule}]`, 'bold');
  page.wrapped(finding.message, undefined, 2);
  page.field('About', entitiesText(finding.subjects, namesShown));
  const evidence = evidenceLines(finding.evidence);
  if (evidence.length > 0) {
    page.field('Evidence', evidence.map(({ label, value }) => `${label}: ${value}`).join(' · '));
  }
  if (finding.measured !== undefined) page.field('Measured', measuredText(finding.measured));
  page.field('Way out', finding.advice);
  if (finding.waiverExpired !== undefined) page.field('Waiver', waiverExpiredText(finding.waiverExpired));
}

/** They stay visible, with who decided it and until when, apart from what counts. */
function renderWaived(page: Page, findings: readonly Finding[]): void {
  const waived = findings.filter((finding) => finding.waived !== undefined);
  if (waived.length === 0) return;
  page.heading('Waived');
  for (const { severity, title, rule, message, waived: why } of waived) {
    const head = `  WAIVED ${severityHeads[severity].word}  `;
    page.hanging(head, head.length, `${title} [${rule}]`);
    page.wrapped(message, undefined, 4);
    if (why !== undefined) page.field('Waived', waivedText(why), 4);
  }
}

const interfacesShown = 12;

/** What each interface is taken for, and why: a person who sees it wrong can correct it. */
function renderInterfaces(page: Page, interfaces: Check['interfaces']): void {
  const storage = interfaces.filter(({ uses }) => uses.some(({ role }) => role === 'storage'));
  if (storage.length === 0) return;
  page.heading('Interfaces for storage');
  for (const { interface: found, uses } of storage.slice(0, interfacesShown)) {
    const reasons = uses.flatMap(({ role, reason }) => (role === 'storage' ? [reason] : []));
    page.wrapped(`${found.name} ${reasons.join(', ')}.`, undefined, 2);
  }
  const more = storage.length - interfacesShown;
  if (more > 0) page.wrapped(`And ${more} more: --json names them.`, 'dim', 2);
}

function renderSettings(page: Page, settings: SettingsInForce | undefined): void {
  if (settings === undefined) return;
  page.heading('Settings of this host');
  page.field('From', settings.from);
  for (const sentence of settings.told) page.wrapped(sentence, undefined, 2);
  for (const sentence of settings.unused) page.wrapped(sentence, 'dim', 2);
}

function renderNotChecked(page: Page, rules: readonly RuleResult[]): void {
  const of = (result: RuleResult['result']): readonly RuleResult[] =>
    rules.filter((rule) => rule.result === result);
  const counts = (result: RuleResult['result']): number => of(result).length;
  page.heading('Rules');
  page.wrapped(
    `${counts('findings')} with findings · ${counts('fine')} fine · ${counts('not-applicable')} not applicable · ${counts('not-evaluated')} not evaluated`,
    undefined,
    2,
  );
  for (const { reason, remedy, rules: alike } of groupByReason(of('not-evaluated'))) {
    const [first] = alike;
    const head = `  ${page.styled('NOT EVALUATED', 'yellow')}  `;
    if (first !== undefined && alike.length === 1) {
      page.hanging(head, 17, `${first.title} [${first.rule}]`);
      page.wrapped(reason, undefined, 4);
    } else {
      page.hanging(head, 17, reason);
      page.field('Rules', alike.map(({ rule }) => rule).join(', '), 4);
    }
    if (remedy !== undefined) page.field('Way out', remedy, 4);
  }
  for (const { reason, rules: alike } of groupByReason(of('not-applicable'))) {
    page.wrapped(`Not applicable: ${alike.map(({ rule }) => rule).join(', ')}. ${reason}`, 'dim', 2);
  }
}

function renderGaps(page: Page, gaps: readonly ObservationGap[]): void {
  if (gaps.length === 0) return;
  page.heading('Not observed');
  for (const { head, names, reason } of groupGaps(gaps)) {
    page.field(head, `${reason} ${names.join(', ')}`);
  }
}
