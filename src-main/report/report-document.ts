/** What a report says of a host, in its order. Pure: the same capture and version give the same report. */
import { formatInstant } from '#shared/age.ts';
import { entitiesText } from '#shared/entity-text.ts';
import { evidenceLines } from '#shared/evidence-text.ts';
import { countedFindings, type Check, type Finding } from '#shared/finding.ts';
import { hostNotes } from '#shared/host-notes.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import type { HostRecords, LookRecord } from '#shared/observed.ts';
import { noTargetText, nothingObserved } from '#shared/observed-paths.ts';
import { originText } from '#shared/origin-text.ts';
import { releaseText } from '#shared/release-text.ts';
import { parseRulePage } from '#shared/rule-page.ts';
import { measuredText } from '#shared/measured-text.ts';
import { waivedText, waiverExpiredText } from '#shared/waived-text.ts';
import { countsText } from './check-text.ts';
import { fact, paragraph, type FindingBlock, type ReportDocument, type Section } from './document.ts';
import { hostSection, tablesSection } from './report-host.ts';
import { mapTableSections } from './report-map-tables.ts';
import { gapSection, rulesSection } from './report-rules.ts';
import { targetSections } from './report-targets.ts';

export interface ReportMaterial {
  readonly check: Check;
  readonly origin: HostOrigin;
  readonly records: HostRecords;
  readonly record: LookRecord;
  /** The texts of rules that found something, by id: Markdown. */
  readonly rulePages: ReadonlyMap<string, string>;
  readonly tool: { readonly name: string; readonly version: string };
}

const severityWords = { error: 'Error', warning: 'Warning', info: 'To know' } as const;
/** Of one kind in one finding; sixty sessions say nothing one by one, and the tables have them all. */
const subjectsNamed = 24;

export function reportDocument(material: ReportMaterial): ReportDocument {
  const { check, origin, record, tool } = material;
  const nothing = nothingObserved(check);
  const { name, version } = record.tool;
  return {
    title: `Storage paths of ${check.host.name}`,
    verdict: countsText(check),
    notices: [
      ...(nothing === undefined ? [] : [`${nothing.message} ${nothing.remedy ?? ''}`.trim()]),
      ...hostNotes(check, record).map(({ text, remedy }) =>
        remedy === undefined ? text : `${text} ${remedy}`,
      ),
    ],
    facts: [
      ...fact('Host', check.host.name),
      ...fact('Windows', releaseText(check.model.host)),
      ...fact('From', originText(origin)),
      ...fact(
        'Looked at',
        `${formatInstant(check.takenAt)}, ${check.host.elevated ? 'elevated' : 'not elevated'}`,
      ),
      ...fact('Observed', `${check.observed.ok} of ${check.observed.asked} observations answered`),
      ...fact('Captured by', `${name} ${version}`),
      ...fact('Told', ...(check.settings?.told ?? [])),
      ...fact('Set, without effect', ...(check.settings?.unused ?? [])),
    ],
    sections: [
      mapSection(check),
      findingsSection(check),
      targetsSection(check),
      hostSection(check, material.records),
      rulesSection(check.rules),
      gapSection(check),
      ...mapTableSections(check),
      tablesSection(check, material.records),
      ...pagesSection(material),
    ],
    writtenBy: `${tool.name} ${tool.version}`,
  };
}

function mapSection({ graph }: Check): Section {
  const isEmpty = graph.hops.length === 0;
  return {
    id: 'map',
    title: 'How the host reaches its storage',
    blocks: isEmpty
      ? [paragraph('No adapter, session or channel was seen: there is nothing to draw.')]
      : [{ kind: 'map' }],
  };
}

function findingsSection(check: Check): Section {
  const found = countedFindings(check.findings);
  const waived = check.findings.filter((finding) => finding.waived !== undefined);
  return {
    id: 'findings',
    title: 'What is wrong',
    blocks:
      found.length === 0 ? [paragraph(nothingFoundText(check, waived.length))] : found.map(findingBlock),
    ...(waived.length > 0 && {
      sections: [
        {
          id: 'waived',
          title: `Waived (${waived.length})`,
          blocks: [
            paragraph(
              'Somebody decided to live with these until a day. They count neither above nor in the exit code.',
            ),
            ...waived.map(findingBlock),
          ],
        },
      ],
    }),
  };
}

function nothingFoundText({ rules }: Check, waived: number): string {
  if (waived > 0) return 'Nothing was found besides what is waived.';
  const count = (result: string): number => rules.filter((rule) => rule.result === result).length;
  const [fine, open] = [count('fine'), count('not-evaluated')];
  if (fine === 0) return open === 0 ? 'No rule applies to this host.' : 'Nothing could be checked.';
  return open === 0
    ? `Nothing was found: ${fine} rules were checked and are in order.`
    : `Nothing was found in what could be checked: ${fine} rules are in order, ${open} could not be evaluated.`;
}

function findingBlock(finding: Finding): FindingBlock {
  const { severity, title, rule, message, subjects, evidence, advice } = finding;
  return {
    kind: 'finding',
    severity,
    word: severityWords[severity],
    title,
    rule,
    message,
    facts: [
      ...fact('About', entitiesText(subjects, subjectsNamed)),
      ...fact(
        'Evidence',
        evidenceLines(evidence)
          .map(({ label, value }) => `${label}: ${value}`)
          .join(' · '),
      ),
      ...fact('Measured', finding.measured && measuredText(finding.measured)),
      ...fact('Way out', advice),
      ...fact('Waived', finding.waived && waivedText(finding.waived)),
      ...fact('Waiver', finding.waiverExpired && waiverExpiredText(finding.waiverExpired)),
    ],
    pageId: pageId(rule),
  };
}

function targetsSection(check: Check): Section {
  const sections = targetSections(check.targets);
  return {
    id: 'targets',
    title: 'What each target can get',
    blocks:
      sections.length === 0
        ? [paragraph(noTargetText(check))]
        : [
            paragraph(
              'Ceilings that follow from links, teams and paths, not measured rates: what can be had at most, and what holds it back. Bits per second, in each direction.',
            ),
          ],
    sections,
  };
}

function pageId(rule: string): string {
  return `rule-${rule}`;
}

function pagesSection({ check, rulePages }: ReportMaterial): readonly Section[] {
  const titles = new Map(check.findings.map(({ rule, title }) => [rule, title]));
  const pages = [...titles].flatMap(([rule, title]): Section[] => {
    const text = rulePages.get(rule);
    return text === undefined
      ? []
      : [
          {
            id: pageId(rule),
            title: `${title} (${rule})`,
            blocks: [{ kind: 'page', blocks: parseRulePage(text) }],
          },
        ];
  });
  return pages.length === 0
    ? []
    : [{ id: 'rule-texts', title: 'Why it matters, and what to do', blocks: [], sections: pages }];
}
