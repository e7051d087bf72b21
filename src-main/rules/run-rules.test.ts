import { describe, expect, it } from 'vitest';
import { captureFormat, captureVersion, type Capture, type Observation } from '#shared/capture.ts';
import type { Entity } from '#shared/host/host-model.ts';
import type { ObservationFailureKind } from '#shared/result.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildGraph } from '../path-graph/build-graph.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { defineRule, type HostFacts, type Rule, type RuleFinding } from './define-rule.ts';
import { findingId, runRules } from './run-rules.ts';

function factsOf(observations: Capture['observations']): HostFacts {
  const snapshot = readSnapshot({
    format: captureFormat,
    version: captureVersion,
    tool: { name: 'switchyard', version: '0.0.0' },
    takenAt: '2026-01-01T00:00:00.000Z',
    host: { name: 'HV01', elevated: true },
    redacted: false,
    observations,
  });
  const model = buildModel(snapshot);
  return { model, graph: buildGraph(model, snapshot), snapshot };
}

const ok: Observation = { status: 'ok', durationMs: 1, data: [] };
const partly: Observation = {
  ...ok,
  data: [{ Name: 'HV01' }],
  itemErrors: [{ item: 'NIC7', message: 'The device does not answer.' }],
};
function failing(kind: ObservationFailureKind, status: 'failed' | 'unavailable' = 'failed'): Observation {
  return { status, durationMs: 1, error: { kind, message: 'Access is denied.' } };
}

function entity(id: string): Entity {
  return { kind: 'adapter', id, name: id };
}

const finding: RuleFinding = {
  severity: 'warning',
  message: 'NIC1 is odd.',
  subjects: [entity('adapter:1')],
  evidence: {},
  advice: 'Leave it.',
};

const quiet: Rule = {
  id: 'quiet',
  severities: ['warning'],
  title: 'All well',
  failureTitle: 'Not well',
  needs: ['Disk'],
  fixes: [],
  evaluate: () => [],
};
const loud: Rule = { ...quiet, id: 'loud', evaluate: () => [finding] };

describe('what a rule needs', () => {
  it('is fine when its observations answered and nothing was found', () => {
    expect(runRules(factsOf({ Disk: ok }), [quiet]).rules).toEqual([
      { rule: 'quiet', title: 'All well', result: 'fine' },
    ]);
  });

  it('takes a missing feature and a Windows that never had it for an answer', () => {
    for (const kind of ['feature-missing', 'not-on-this-windows'] as const) {
      const [result] = runRules(factsOf({ Disk: failing(kind, 'unavailable') }), [quiet]).rules;
      expect(result?.result).toBe('fine');
    }
  });

  it.each([
    ['a denied one', failing('access-denied'), /Disk could not be read: Access is denied\./, /administrator/],
    ['one without rights', failing('not-elevated', 'unavailable'), /Disk/, /as administrator/],
    ['a missing command', failing('cmdlet-missing', 'unavailable'), /Disk/, /Install the PowerShell module/],
    ['a stopped service', failing('service-stopped', 'unavailable'), /Disk/, /Start the service/],
    ['a late one', failing('timed-out'), /Disk/, /Look again/],
    ['a failed feature check', failing('feature-missing'), /Disk/, /./],
    ['one nobody asked', undefined, /Disk was not asked/, /new capture/],
  ] as const)('is not evaluated with %s', (_, observation, reason, remedy) => {
    const { rules } = runRules(factsOf(observation === undefined ? {} : { Disk: observation }), [
      quiet,
      loud,
    ]);
    for (const result of rules) {
      expect(result.result).toBe('not-evaluated');
      if (result.result !== 'not-evaluated') continue;
      expect(result.reason).toMatch(reason);
      expect(result.remedy).toMatch(remedy);
    }
  });

  it('says to start the iSCSI service only to a host that uses iSCSI', () => {
    const rule: Rule = { ...quiet, needs: ['IscsiSession'] };
    const [result] = runRules(factsOf({ IscsiSession: failing('service-stopped', 'unavailable') }), [
      rule,
    ]).rules;
    expect(result).toMatchObject({
      remedy: expect.stringMatching(/If this host uses iSCSI, start/) as string,
    });
  });

  it('is content with one of several', () => {
    const either: Rule = { ...quiet, needs: [['Disk', 'MpioDisk']] };
    const result = (observations: Capture['observations']): string | undefined =>
      runRules(factsOf(observations), [either]).rules[0]?.result;
    expect(result({ MpioDisk: ok })).toBe('fine');
    expect(result({ Disk: failing('timed-out'), MpioDisk: ok })).toBe('fine');
    expect(result({ Disk: failing('timed-out') })).toBe('not-evaluated');
    expect(result({ Disk: failing('timed-out'), MpioDisk: partly })).toBe('not-evaluated');
  });
});

describe('an observation that gave less than everything', () => {
  it('is never fine, and says how much is missing', () => {
    const rule: Rule = { ...quiet, needs: ['ComputerSystem'] };
    expect(runRules(factsOf({ ComputerSystem: partly }), [rule]).rules).toEqual([
      expect.objectContaining({
        result: 'not-evaluated',
        reason: 'ComputerSystem is incomplete: 1 of 2 could not be read (NIC7: The device does not answer).',
      }),
    ]);
  });

  it('still gives what the rest shows', () => {
    const rule: Rule = { ...loud, needs: ['ComputerSystem'] };
    const { findings, rules } = runRules(factsOf({ ComputerSystem: partly }), [rule]);
    expect(findings).toHaveLength(1);
    expect(rules[0]?.result).toBe('findings');
  });

  it('does not make a rule inapplicable', () => {
    const rule: Rule = {
      ...quiet,
      needs: ['Disk'],
      appliesTo: { needs: ['ComputerSystem'], notApplicable: () => 'Nothing here.' },
    };
    expect(runRules(factsOf({ Disk: ok, ComputerSystem: partly }), [rule]).rules[0]?.result).toBe(
      'not-evaluated',
    );
    const late: Rule = { ...quiet, needs: ['ComputerSystem'], evaluate: () => ({ notApplicable: 'None.' }) };
    expect(runRules(factsOf({ ComputerSystem: partly }), [late]).rules[0]?.result).toBe('not-evaluated');
  });
});

describe('when a rule applies', () => {
  const rule: Rule = {
    ...loud,
    needs: ['Disk', 'MpioDisk'],
    appliesTo: { needs: ['Disk'], notApplicable: () => 'There is no disk.' },
  };

  it('is said before anything else is missed', () => {
    expect(runRules(factsOf({ Disk: ok, MpioDisk: failing('access-denied') }), [rule]).rules).toEqual([
      { rule: 'loud', title: 'All well', result: 'not-applicable', reason: 'There is no disk.' },
    ]);
  });

  it('is open while its own observations are missing', () => {
    const { rules } = runRules(factsOf({ Disk: failing('access-denied'), MpioDisk: ok }), [rule]);
    expect(rules[0]?.result).toBe('not-evaluated');
  });
});

describe('the run', () => {
  it('goes on after a rule that breaks', () => {
    const broken: Rule = {
      ...quiet,
      id: 'broken',
      evaluate: () => {
        throw new TypeError('x is not iterable');
      },
    };
    const { findings, rules } = runRules(factsOf({ Disk: ok }), [broken, loud]);
    expect(rules.map(({ result }) => result)).toEqual(['not-evaluated', 'findings']);
    expect(rules[0]).toMatchObject({
      reason: expect.stringMatching(/unexpected error: x is not iterable/) as string,
    });
    expect(findings).toHaveLength(1);
  });

  it('puts the worst first, then goes by rule', () => {
    const graver: Rule = { ...quiet, id: 'z', evaluate: () => [{ ...finding, severity: 'error' }] };
    const other: Rule = { ...loud, id: 'a' };
    const { findings } = runRules(factsOf({ Disk: ok }), [loud, graver, other]);
    expect(findings.map(({ rule }) => rule)).toEqual(['z', 'a', 'loud']);
  });

  it('passes on a doubt with its remedy', () => {
    const open: Rule = { ...quiet, evaluate: () => ({ notEvaluated: 'It is open.', remedy: 'Ask.' }) };
    expect(runRules(factsOf({ Disk: ok }), [open]).rules[0]).toEqual({
      rule: 'quiet',
      title: 'All well',
      result: 'not-evaluated',
      reason: 'It is open.',
      remedy: 'Ask.',
    });
  });
});

describe('the id of a finding', () => {
  it('is the rule and 8 hex digits, the same in whatever order the subjects came', () => {
    expect(findingId('loud', ['b', 'a'])).toMatch(/^loud@[0-9a-f]{8}$/);
    expect(findingId('loud', ['b', 'a'])).toBe(findingId('loud', ['a', 'b', 'a']));
  });

  it('differs for other subjects', () => {
    expect(findingId('loud', ['a'])).not.toBe(findingId('loud', ['b']));
    expect(findingId('loud', ['ab'])).not.toBe(findingId('loud', ['a', 'b']));
  });

  it('never changes from one release to the next', () => {
    expect(findingId('loud', ['adapter:1'])).toMatchInlineSnapshot(`"loud@bdb5a619"`);
  });
});

describe('the figures that a rule turns on', () => {
  const rule = defineRule({
    id: 'slow',
    severities: ['warning'],
    title: 'Fast',
    failureTitle: 'Slow',
    needs: ['Disk'],
    fixes: [],
    thresholds: { minimum: { value: 10, unit: 'Gbit/s', says: 'Less is slow.' } },
    evaluate: (_, { minimum }) => (minimum > 5 ? [{ ...finding, message: `Less than ${minimum}.` }] : []),
  });

  it.each([
    [undefined, ['Less than 10.']],
    [{ 'slow.minimum': 7 }, ['Less than 7.']],
    [{ 'slow.minimum': 1 }, []],
    [{ 'other.minimum': 1 }, ['Less than 10.']],
  ])('are its own unless set: %j', (thresholds, expected) => {
    const settings = thresholds === undefined ? undefined : { thresholds };
    const { findings } = runRules(factsOf({ Disk: ok }), [rule], settings);
    expect(findings.map(({ message }) => message)).toEqual(expected);
    expect(rule.thresholds).toEqual({ minimum: { value: 10, unit: 'Gbit/s', says: 'Less is slow.' } });
  });
});
