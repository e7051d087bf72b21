/**
 * The table every rule is tested by: hosts it reports, hosts it stays silent on, hosts it is not about, and hosts on
 * which it cannot know. Beside the rows it holds what is true of all rules: a missing fact is never "fine".
 */
import { describe, expect, it } from 'vitest';
import type { Capture, Observation, ObservationName } from '#shared/capture.ts';
import type { EvidenceValue, Finding, RuleResult, Severity } from '#shared/finding.ts';
import type { Reading, ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import { judgeCapture, trafficLimits } from '../app/traffic.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { buildGraph } from '../path-graph/build-graph.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { targetCeilings } from '../path-graph/ceilings.ts';
import type { HostFacts, Rule } from '../rules/define-rule.ts';
import { interfaceUses } from '../rules/interface-uses.ts';
import { runRules } from '../rules/run-rules.ts';
import { countedErrors } from '../sampling/counted-errors.ts';
import { hostWith, withObservation } from './host-with.ts';

/** With the traffic judged, where the host was counted. */
function factsOf(capture: Capture): HostFacts {
  const facts = factsFrom(readSnapshot(capture));
  const { model, graph, snapshot } = facts;
  const targets = targetCeilings(model, graph, snapshot);
  const interfaces = interfaceUses(facts).map(({ interface: found, uses }) => ({
    interface: found,
    uses,
    isCorrected: false,
  }));
  const traffic = judgeCapture(capture, { model, graph, targets, interfaces }, snapshot, trafficLimits());
  return {
    ...facts,
    ...(traffic !== undefined && { traffic }),
    ...countedErrors(capture.samples ?? [], model, snapshot),
  };
}

export function factsFrom(snapshot: Snapshot): HostFacts {
  const model = buildModel(snapshot);
  return { model, graph: buildGraph(model, snapshot), snapshot };
}

interface RuleCase {
  readonly host: Partial<Scenario>;
  /** What no scenario can say: an item without a property, an observation that failed. */
  readonly change?: (capture: Capture) => Capture;
}

interface RuleTable {
  readonly reports: Readonly<
    Record<
      string,
      RuleCase & {
        readonly severity: Severity;
        readonly message: RegExp | string;
        /** How many findings; default 1. */
        readonly count?: number;
        /** Names that the finding must point at. */
        readonly subjects?: readonly string[];
        readonly evidence?: Readonly<Record<string, EvidenceValue>>;
        readonly advice?: RegExp;
      }
    >
  >;
  readonly staysSilent: Readonly<Record<string, RuleCase>>;
  readonly notApplicable: Readonly<Record<string, RuleCase & { readonly reason?: RegExp }>>;
  readonly notEvaluated: Readonly<Record<string, RuleCase & { readonly reason?: RegExp }>>;
}

/** An observation as the host gave it, with its items changed; one that gave none fails the test that asks for it. */
export function changeItems(
  name: ObservationName,
  change: (
    item: Readonly<Record<string, unknown>>,
    index: number,
  ) => Readonly<Record<string, unknown>> | undefined,
): (capture: Capture) => Capture {
  return (capture) => {
    const observation = capture.observations[name];
    if (observation?.status !== 'ok') throw new Error(`${name} did not answer.`);
    const data = observation.data.map(change).filter((item) => item !== undefined);
    return withObservation(capture, name, { ...observation, data });
  };
}

/** Items without one of their properties. */
export function withoutProperty(name: ObservationName, property: string): (capture: Capture) => Capture {
  return changeItems(name, (item) =>
    Object.fromEntries(Object.entries(item).filter(([key]) => key !== property)),
  );
}

/** An observation that failed, or that could not be asked. */
export function failing(
  kind:
    | 'access-denied'
    | 'timed-out'
    | 'cmdlet-missing'
    | 'service-stopped'
    | 'feature-missing'
    | 'not-on-this-windows',
): Observation {
  return {
    status: kind === 'access-denied' || kind === 'timed-out' ? 'failed' : 'unavailable',
    durationMs: 1,
    error: { kind, message: 'It did not answer.' },
  };
}

export function failed(
  name: ObservationName,
  kind: Parameters<typeof failing>[0] = 'access-denied',
): (capture: Capture) => Capture {
  return (capture) => withObservation(capture, name, failing(kind));
}

/** One change after the other. */
export function all(...changes: readonly ((capture: Capture) => Capture)[]): (capture: Capture) => Capture {
  return (capture) => changes.reduce((changed, change) => change(changed), capture);
}

interface Answer {
  readonly findings: readonly Finding[];
  readonly result: RuleResult;
}

function judge(rule: Rule, facts: HostFacts): Answer {
  const { findings, rules } = runRules(facts, [rule]);
  const [result] = rules;
  if (result === undefined) throw new Error('A rule without a result.');
  return { findings, result };
}

function ask(rule: Rule, capture: Capture): Answer {
  return judge(rule, factsOf(capture));
}

/** The ways an answer can be missing: nobody asked, the host refused, or it lacks the command. */
export const losses: readonly Reading<never>[] = [
  { status: 'not-asked' },
  { status: 'failed', error: { kind: 'access-denied', message: 'It did not answer.' } },
  { status: 'unavailable', error: { kind: 'cmdlet-missing', message: 'It did not answer.' } },
];

function captureOf({ host, change }: RuleCase): Capture {
  const capture = hostWith(host);
  return change === undefined ? capture : change(capture);
}

function rows<T>(of: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(of);
}

/** A guard for a busy machine: one row takes a fraction of a second. */
const slowMs = 60_000;

/** Declares the tests of one rule. */
export function testRule(rule: Rule, table: RuleTable): void {
  describe(`${rule.id} reports`, () => {
    it.each(rows(table.reports))('%s', (_, row) => {
      const { findings, result } = ask(rule, captureOf(row));
      expect(result).toMatchObject({ result: 'findings', title: rule.failureTitle });
      expect(findings).toHaveLength(row.count ?? 1);
      const [finding] = findings;
      expect(finding?.message).toMatch(row.message);
      expect(finding?.severity).toBe(row.severity);
      expect(rule.severities).toContain(row.severity);
      expect(finding?.subjects.map(({ name }) => name)).toEqual(
        expect.arrayContaining([...(row.subjects ?? [])]),
      );
      if (row.evidence !== undefined) expect(finding?.evidence).toMatchObject(row.evidence);
      if (row.advice !== undefined) expect(finding?.advice).toMatch(row.advice);
      for (const one of findings) {
        expect(one.message).toMatch(/^[^\n]+\.$/);
        expect(one.message).not.toMatch(/undefined|null|NaN|\[object|\s\s|,\s*[,.:]/);
        expect(new Set(one.subjects.map(({ id }) => id)).size).toBe(one.subjects.length);
      }
    });
  });

  const answer =
    (expected: RuleResult['result']) =>
    (_: string, row: RuleCase & { readonly reason?: RegExp }): void => {
      const { findings, result } = ask(rule, captureOf(row));
      expect(findings.map(({ message }) => message)).toEqual([]);
      expect(result).toMatchObject({ result: expected });
      if (row.reason !== undefined) {
        expect('reason' in result ? result.reason : '').toMatch(row.reason);
      }
    };
  // A rule that a host is never without, where it applies, has none.
  if (rows(table.staysSilent).length > 0) {
    describe(`${rule.id} stays silent on`, () => {
      it.each(rows(table.staysSilent))('%s', answer('fine'));
    });
  }
  describe(`${rule.id} is not about`, () => {
    it.each(rows(table.notApplicable))('%s', answer('not-applicable'));
  });
  describe(`${rule.id} does not judge`, () => {
    it.each(rows(table.notEvaluated))('%s', answer('not-evaluated'));
  });

  describe(`${rule.id} without a fact`, () => {
    it.each(rows(table.reports))('never calls this fine: %s', { timeout: slowMs }, (_, row) => {
      const { snapshot } = factsOf(captureOf(row));
      for (const [at, name] of (Object.keys(snapshot.readings) as ReadObservationName[]).entries()) {
        // What this Windows cannot have says nothing that could go missing.
        if (snapshot.readings[name].status !== 'ok') continue;
        // To a rule all losses are alike (the readings see to that), so each observation is lost in one way.
        const lost = losses[at % losses.length];
        const { result } = judge(
          rule,
          factsFrom({ ...snapshot, readings: { ...snapshot.readings, [name]: lost } }),
        );
        expect({ without: name, result: result.result }).not.toEqual({ without: name, result: 'fine' });
      }
    });

    it.each(rows(table.reports))('says which of its needs is missing: %s', (_, row) => {
      const capture = captureOf(row);
      for (const need of rule.needs) {
        const names = typeof need === 'string' ? [need] : need;
        const bare = names.reduce(
          (less, name) => withObservation(less, name, failing('access-denied')),
          capture,
        );
        const { result } = ask(rule, bare);
        expect(result.result).toBe('not-evaluated');
        expect('reason' in result ? result.reason : '').toMatch(/could not be read: It did not answer\./);
      }
    });
  });
}
