import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/finding.ts';
import { checkForTests } from './check-for-tests.ts';
import { countsText, renderCheckBrief, renderCheckText } from './check-text.ts';
import type { TextOptions } from './text-page.ts';
import { textWidth } from './text-width.ts';

const origin = { source: 'demo', label: 'demo host iscsi-on-team' } as const;
const plain: TextOptions = {
  width: 80,
  hasColour: false,
  nowMs: Date.parse('2026-11-22T17:01:30.000Z'),
};
const render = (check: Check, options: Partial<TextOptions> = {}): string =>
  renderCheckText(check, origin, { ...plain, ...options });

describe('the text of a check', () => {
  it('begins with the host, its origin, and when it was looked at', () => {
    expect(render(checkForTests)).toMatch(
      /^HV01: demo host iscsi-on-team \(simulated\)\nWindows Server 2019 · elevated · looked 1 minute ago \(2026-11-22 17:00 UTC\) · 60\nof 62 observations answered\n\n1 error, 1 warning; 1 rule not evaluated\n/,
    );
  });

  it('says of a capture that it is one', () => {
    const text = renderCheckText(
      { ...checkForTests, source: 'capture' },
      { source: 'capture', label: 'hv01.capture.json' },
      plain,
    );
    expect(text).toMatch(/^HV01: capture file hv01\.capture\.json\n.*taken 1 minute ago/);
  });

  it('has each finding with its severity as a word, its evidence and its way out', () => {
    expect(render(checkForTests)).toContain(
      [
        'ERROR  iSCSI runs straight over an LBFO team [iscsi-on-team]',
        '  1 session leaves through Team1, which has 4 members.',
        '  About         Team1 (team), NIC\\u202E1 (adapter)',
        '  Evidence      member count: 4 · link: 1 Gb/s',
        '  Way out       Take two members out of the team.',
      ].join('\n'),
    );
  });

  it('has the targets with their ceilings, or why there is none', () => {
    const text = render(checkForTests);
    expect(text).toContain('iSCSI · 1 route · disk 3\n    Single stream   1 Gb/s, limited by NIC1 (adapter)');
    expect(text).toContain('Single stream   not known: Windows reports no speed for NIC3.');
    expect(text).toContain('All depends on  Team1 (team)');
  });

  it('has the four figures of a target, what holds them back and what they rest on', () => {
    expect(render(checkForTests, { width: 110 })).toContain(
      [
        '    Single stream   1 Gb/s, limited by NIC1 (adapter)',
        '    One copy        1 Gb/s',
        '    Guaranteed      1 Gb/s (reading)',
        '    Possible        2 Gb/s (writing)',
        '    By direction    reading 1 Gb/s, writing 1 Gb/s to 2 Gb/s',
        '    As placed now   reading 1 Gb/s',
        '    Held back by    Both members are in use. At worst: Reads arrive on one member.',
        '    Failover        1 Gb/s, after NIC1 has failed.',
        '    All depends on  Team1 (team)',
        '    Shared          2 sessions lead to the one address 10.0.10.101:3260.',
        "    Assumed         The target's own links are taken as unlimited.",
      ].join('\n'),
    );
  });

  it('says the figures of many targets once where they are equal', () => {
    const [target] = checkForTests.targets;
    if (target === undefined) throw new Error('No target.');
    const targets = Array.from({ length: 40 }, (_, at) => ({ ...target, id: `t${at}`, name: `iqn.x:${at}` }));
    const text = render({ ...checkForTests, targets });
    expect(text).toContain('    Each of these 40:\n');
    expect(text.match(/Guaranteed/g)).toHaveLength(1);
    const [first, ...others] = targets;
    if (first === undefined) throw new Error('No target.');
    const slower = { ...first, singleStream: { bitsPerSecond: 5 } };
    expect(render({ ...checkForTests, targets: [slower, ...others] }).match(/Guaranteed/g)).toHaveLength(2);
  });

  it('tells fine, not applicable and not evaluated apart', () => {
    const text = render(checkForTests);
    expect(text).toContain('2 with findings · 1 fine · 1 not applicable · 1 not evaluated');
    expect(text).toContain('NOT EVALUATED  MPIO is there [mpio-missing]');
    expect(text).toContain('Start Switchyard elevated.');
    expect(text).toContain('Not applicable: smb-teamed. No SMB storage is used.');
  });

  it('names what was not observed, and why', () => {
    expect(render(checkForTests)).toContain('1 failed      Access was denied. WindowsFeature');
    expect(render(checkForTests)).toContain(
      '1 not there   This release of Windows does not have it. NetIntent',
    );
  });

  it.each([40, 60, 80, 110])('fits into %d columns', (width) => {
    for (const line of render(checkForTests, { width }).split('\n')) {
      expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('says the same with colour as without', () => {
    const coloured = render(checkForTests, { hasColour: true });
    expect(coloured).toContain('\u001b[1;31mERROR');
    expect(stripVTControlCharacters(coloured)).toBe(render(checkForTests));
  });

  it('without colour has no control character, whatever the host is called', () => {
    const hostile = '\u001b]0;owned\u0007\u202Ex\r\n\u0000';
    const text = render({ ...checkForTests, host: { name: hostile, elevated: false } });
    // eslint-disable-next-line no-control-regex -- Control characters are what this is about.
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    expect(text).toMatch(/^\\u001B\]0;owned\\u0007\\u202Ex \\u0000: /);
  });

  it('of a healthy host says so', () => {
    const healthy: Check = {
      ...checkForTests,
      findings: [],
      rules: [{ rule: 'same-member', title: 'x', result: 'fine' }],
      gaps: [],
      targets: [],
    };
    const text = render(healthy);
    expect(text).toContain('\nNo findings\n');
    expect(text).toContain('This host uses no storage over a network or several paths.');
    expect(text).not.toContain('NOT OBSERVED');
  });

  it('does not say that there is no storage where it could not be seen', () => {
    const denied: Check = {
      ...checkForTests,
      targets: [],
      gaps: [
        {
          observation: 'IscsiSession',
          status: 'failed',
          error: { kind: 'access-denied', message: 'Access is denied.' },
        },
        {
          observation: 'MpioDisk',
          status: 'unavailable',
          error: { kind: 'feature-missing', message: 'Invalid class' },
        },
      ],
    };
    expect(render(denied)).toContain('No storage target could be seen; no answer came from IscsiSession.');
  });
});

describe('the text in brief', () => {
  it('has a line for each finding', () => {
    expect(renderCheckBrief(checkForTests, { ...plain, width: 110 })).toBe(
      [
        '1 error, 1 warning; 1 rule not evaluated',
        'ERROR   iSCSI runs straight over an LBFO team. 1 session leaves through Team1, which has 4 members.',
        'WARNING One session carries everything. san01 has 1 session.',
      ].join('\n'),
    );
  });
});

describe('the counts', () => {
  it('do not take "not evaluated" for well', () => {
    expect(countsText({ findings: [], rules: checkForTests.rules })).toBe(
      'No findings; 1 rule not evaluated',
    );
  });
});
