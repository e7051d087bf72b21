import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import type { Check, Finding, Severity } from '#shared/finding.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { renderJUnit, renderJUnitFailure, type FailsCase } from './junit.ts';

const onTeam = demoCheck('iscsi-on-team');
const warnings: FailsCase = (what) => what === 'error' || what === 'warning';

function parsed(xml: string) {
  return new new Window().DOMParser().parseFromString(xml, 'application/xml');
}

/** "failure iscsi-on-team", for each case that did not simply pass. */
function outcomes(check: Check, failsCase: FailsCase): string[] {
  return [...parsed(renderJUnit(check, failsCase)).querySelectorAll('testcase')].flatMap((node) => {
    const rule = node.getAttribute('classname')?.replace('switchyard.', '') ?? '';
    return [...node.children].map(({ tagName }) => `${tagName.toLowerCase()} ${rule}`);
  });
}

describe('a check as JUnit XML', () => {
  it.each<[string, FailsCase, Severity[]]>([
    ['warning', warnings, ['error', 'warning']],
    ['error', (what) => what === 'error', ['error']],
    ['never', () => false, []],
  ])('fails by %s what the exit code fails, and tells the rest', (_level, failsCase, failing) => {
    const told = outcomes(onTeam, failsCase).filter((outcome) => !outcome.startsWith('skipped'));
    const expected = onTeam.findings.map(
      ({ rule, severity }) => `${failing.includes(severity) ? 'failure' : 'system-out'} ${rule}`,
    );
    expect(new Set(onTeam.findings.map(({ severity }) => severity)).size).toBe(3);
    expect(told.sort()).toEqual(expected.sort());
  });

  it('has a case for each rule, and counts them as they are', () => {
    const document = parsed(renderJUnit(onTeam, warnings));
    const suite = document.querySelector('testsuite');
    expect(document.querySelectorAll('testcase')).toHaveLength(onTeam.rules.length);
    const counts = ['tests', 'failures', 'errors', 'skipped'].map((name) =>
      Number(suite?.getAttribute(name)),
    );
    const skipped = onTeam.rules.filter(({ result }) => result.startsWith('not-')).length;
    expect(counts).toEqual([onTeam.rules.length, 2, 0, skipped]);
    expect(suite?.getAttribute('timestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  it('lets a waived finding pass, and says so', () => {
    const waived = { reason: 'Replaced in spring.', until: '2027-03-31' };
    const findings = onTeam.findings.map((finding): Finding => ({ ...finding, waived }));
    expect(outcomes({ ...onTeam, findings }, warnings).some((one) => one.startsWith('failure'))).toBe(false);
    expect(renderJUnit({ ...onTeam, findings }, warnings)).toContain('Until 2027-03-31: Replaced in spring.');
  });

  it('fails what could not be evaluated only where that is asked for, and never counts an unseen host as good', () => {
    const blind = demoCheck('everything-failed');
    const told = (failsCase: FailsCase) =>
      new Set(outcomes(blind, failsCase).map((one) => one.split(' ')[0]));
    expect(told(warnings)).toEqual(new Set(['error', 'skipped']));
    expect(told((what) => what === 'not-evaluated')).toEqual(new Set(['error', 'failure', 'skipped']));
    const failed = parsed(
      renderJUnitFailure({ kind: 'bad-file', message: 'no such file', remedy: 'Check it.' }),
    );
    expect(failed.querySelector('testcase > error')?.getAttribute('type')).toBe('bad-file');
  });

  it('holds no character that XML forbids, whatever a name has in it', () => {
    const every = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    const message = `${every}\uFFFE\uFFFF\uD800 ]]> <b attr="&'">`;
    const findings = onTeam.findings.map((finding): Finding => ({ ...finding, message, title: message }));
    const xml = renderJUnit({ ...onTeam, findings, host: { ...onTeam.host, name: message } }, warnings);
    // Source: the production Char of XML 1.0.
    expect(xml).toMatch(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
    const failure = parsed(xml).querySelector('failure');
    expect(failure?.getAttribute('message')).toContain(`\\u0000`);
    expect(failure?.textContent).toContain(`]]> <b attr="&'">`);
    expect(failure?.children).toHaveLength(0);
  });
});
