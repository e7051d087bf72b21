/** A report of one look, as text for a file. */
import { createHash } from 'node:crypto';
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { reportFile, type ReportFile, type ReportFormat } from '#shared/report-file.ts';
import { readResource } from '../platform/resources.ts';
import { productName, productVersion } from '../platform/version.ts';
import { redactCapture } from '../redaction/redact-capture.ts';
import { renderHtmlReport, type ReportStyle } from '../report/html-report.ts';
import { renderMarkdownReport } from '../report/markdown-report.ts';
import { reportDocument } from '../report/report-document.ts';
import { checkCapture } from './check.ts';
import { hostRecords, lookRecord } from './observed.ts';
import { rulePage } from './rule-list.ts';

export interface ReportedLook {
  readonly capture: Capture;
  readonly origin: HostOrigin;
  readonly check: Check;
}

export interface ReportWish {
  readonly format: ReportFormat;
  /** Stand-ins for names, addresses and serial numbers, other ones in each report. */
  readonly isRedacted: boolean;
}

/** The same look gives the same text, unless it is redacted. */
export function makeReport(look: ReportedLook, { format, isRedacted }: ReportWish): ReportFile {
  const { capture, origin, check } = isRedacted ? redactedLook(look) : look;
  const rules = new Set(check.findings.map(({ rule }) => rule));
  const report = reportDocument({
    check,
    origin,
    records: hostRecords(capture),
    record: lookRecord(capture),
    rulePages: new Map([...rules].flatMap((rule) => [[rule, rulePage(rule) ?? '']] as const)),
    tool: { name: productName, version: productVersion },
  });
  const text =
    format === 'html' ? renderHtmlReport(report, check, reportStyle()) : renderMarkdownReport(report, check);
  return reportFile(format, check.host.name, check.takenAt, text);
}

/**
 * Judged anew, from the redacted capture alone: what a check says of the host would name it. What a person set for the
 * host (waivers, told links) is made of its names and is left out.
 */
function redactedLook({ capture, origin }: ReportedLook): ReportedLook {
  const redacted = redactCapture(capture);
  return {
    capture: redacted,
    // The name of a file often is that of its host.
    origin: origin.source === 'capture' ? { ...origin, label: '(its name is left out)' } : origin,
    check: checkCapture(redacted, origin.source),
  };
}

function reportStyle(): ReportStyle {
  const css = `${readResource('theme/tokens.css')}\n${readResource('theme/report.css')}`;
  return { css, hash: `sha256-${createHash('sha256').update(css).digest('base64')}` };
}
