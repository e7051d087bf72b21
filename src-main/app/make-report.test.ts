/** A report says what was seen, in markup that is ours alone, and with stand-ins names nobody. */
import { createHash } from 'node:crypto';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { ReportFormat } from '#shared/report-file.ts';
import { visibleText } from '#shared/visible-text.ts';
import { listResources } from '../platform/resources.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { leaksIn, markedCapture } from '../testing/marked-host.ts';
import { checkCapture } from './check.ts';
import { makeReport } from './make-report.ts';

const demos = listResources('scenarios').map((file) => file.replace(/\.json$/, ''));

function reportOf(capture: Capture, format: ReportFormat, isRedacted = false): string {
  const origin = { source: 'capture', label: 'payroll-zqx.json.gz' } as const;
  return makeReport({ capture, origin, check: checkCapture(capture, 'capture') }, { format, isRedacted })
    .text;
}

function parsed(html: string): Window['document'] {
  const { document } = new Window();
  document.write(html);
  return document;
}

/** The demo with another name in the place of one of its names, wherever that stands. */
function renamed(id: string, name: string, other: string): Capture {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, replace(inside)]));
    return value === name ? other : value;
  };
  return replace(demoCapture(id)) as Capture;
}

const hostile = [
  '<img src=x onerror=alert(1)>',
  '</title></style><script>alert(1)</script>',
  '"\' onload="alert(1)',
  '--><svg/onload=alert(1)>',
  '&lt;b&gt; &amp; &#60;i>',
  'NIC\u202Egnp.exe\u0000\u001B[31m',
  '{{7*7}} ${7*7} ]]>',
];
const tags =
  'A ARTICLE BODY CAPTION CODE DD DIV DL DT FIGCAPTION FIGURE FOOTER G H1 H2 H3 H4 H5 HEAD HEADER HTML LI MAIN META NAV OL P PATH PRE RECT SECTION SPAN STRONG STYLE SVG TABLE TBODY TD TEXT TH THEAD TITLE TR TSPAN UL';
const attributes =
  'aria-hidden aria-label aria-labelledby charset class content d dir fill height href http-equiv id lang name role rx scope stroke-dasharray transform viewbox width x y';

describe('a report in HTML', () => {
  it.each(hostile)('shows the name %j as text', (name) => {
    const document = parsed(reportOf(renamed('iscsi-on-team', 'NIC1', name), 'html'));
    for (const node of document.querySelectorAll('*')) {
      expect(tags.split(' ')).toContain(node.tagName.toUpperCase());
      for (const { name: attribute, value } of node.attributes) {
        expect(attributes.split(' ')).toContain(attribute.toLowerCase());
        if (attribute === 'href') expect(value).toMatch(/^#[a-z0-9-]+$/);
      }
    }
    expect(document.body.textContent).toContain(visibleText(name));
  });

  it.each(demos)('of %s has headings in order, anchors that exist, and a policy for its one style', (id) => {
    const html = reportOf(demoCapture(id), 'html');
    const document = parsed(html);
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) =>
      Number(tagName.slice(1)),
    );
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a'))
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
    const [style = ''] = /(?<=<style>).*?(?=<\/style>)/s.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src &apos;none&apos;; style-src &apos;sha256-${hash}&apos;; base-uri &apos;none&apos;; form-action &apos;none&apos;"`,
    );
    expect(html).not.toMatch(/ style=|<script|https?:\/\/\S+"/);
  });

  it('draws every station and line of the map', () => {
    const document = parsed(reportOf(demoCapture('iscsi-on-team'), 'html'));
    const words = [...document.querySelectorAll('svg.map .name tspan')].map((node) => node.textContent);
    expect(words).toEqual(expect.arrayContaining(['Disk 1', 'Team1', 'NIC1', 'NIC4', '10.0.10.101', 'vol1']));
    expect(document.querySelectorAll('svg.map[role=img] .line')).toHaveLength(1);
    expect(document.querySelectorAll('svg.map[role=img] .track.possible')).toHaveLength(4);
    expect(document.querySelector('svg.map .caption')?.textContent).toBe('limits vol1');
  });
});

describe('a report', () => {
  it.each(['html', 'markdown'] as const)('in %s is the same for the same capture', (format) => {
    expect(reportOf(demoCapture('smb-stuck'), format)).toBe(reportOf(demoCapture('smb-stuck'), format));
  });

  it.each(demos)('of %s with stand-ins names nobody', (id) => {
    const capture = markedCapture(id);
    expect(leaksIn(reportOf(capture, 'html', true), id)).toEqual([]);
    expect(leaksIn(reportOf(capture, 'markdown', true), id)).toEqual([]);
  });

  it('without stand-ins has the names', () => {
    expect(leaksIn(reportOf(markedCapture('iscsi-on-team'), 'html'), 'iscsi-on-team')).not.toEqual([]);
  });

  it('says where nothing could be seen that nothing was checked', () => {
    for (const format of ['html', 'markdown'] as const)
      expect(reportOf(demoCapture('everything-failed'), format)).toContain(
        'No storage path of the host could be observed, so nothing could be checked.',
      );
  });

  it('shows waived findings apart, with their reason and their end', () => {
    const capture = demoCapture('iscsi-on-team');
    const check = checkCapture(capture, 'demo');
    const waived = { reason: 'The array is replaced in spring.', until: '2027-03-31', by: 'anna' };
    const findings = check.findings.map((finding) =>
      finding.rule === 'single-session' ? { ...finding, waived } : finding,
    );
    const origin = { source: 'demo', label: 'demo host' } as const;
    const { text, name } = makeReport(
      { capture, origin, check: { ...check, findings } },
      { format: 'markdown', isRedacted: false },
    );
    expect(text).toMatch(/^\*\*1 error, \d to know, 1 waived\*\*$/m);
    const apart = text.slice(text.indexOf('### Waived (1)'), text.indexOf('## What each target'));
    expect(apart).toContain('One iSCSI session uses one path of several');
    expect(apart).toContain('Until 2027-03-31, by anna: The array is replaced in spring.');
    expect(name).toBe('switchyard-report-HV01-2026-01-15.md');
  });
});
