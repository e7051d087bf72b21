import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Capture, ObservationName, RawItem } from '#shared/capture.ts';
import type { Finding } from '#shared/finding.ts';
import type { ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { factsFrom, losses } from '../testing/rule-cases.ts';
import { withObservation } from '../testing/host-with.ts';
import { catalogue } from './catalogue.ts';
import { runRules } from './run-rules.ts';

const folder = new URL('../../resources/scenarios/', import.meta.url);
const captures = new Map<string, Capture>(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const scenario = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Scenario;
      return [scenario.id, captureOf(scenario)];
    }),
);
const ids = [...captures.keys()];

function captured(id: string): Capture {
  const capture = captures.get(id);
  if (capture === undefined) throw new Error(`There is no scenario ${id}.`);
  return capture;
}

function snapshotOf(id: string): Snapshot {
  return readSnapshot(captured(id));
}

function said(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, rule }) => `${severity} ${rule}`);
}

/** A guard for a busy machine: the largest host takes a few seconds. */
const slowMs = 120_000;

describe('the demo hosts', () => {
  it.each([
    ['iscsi-on-team', ['error iscsi-on-team', 'warning single-session']],
    ['converged-set', []],
    ['mpio-dedicated', []],
    ['converged-2012r2', ['warning same-member']],
    ['smb-stuck', ['warning smb-single-channel']],
    ['s2d-set', []],
    ['fibre-channel', []],
    ['empty', []],
  ])('%s has the errors and warnings of its story and no others', (id, expected) => {
    expect(said(runRules(factsFrom(snapshotOf(id))).findings)).toEqual(expected);
  });

  it.each(ids)('%s gives every rule an answer and every finding an id of its own', (id) => {
    const { findings, rules } = runRules(factsFrom(snapshotOf(id)));
    expect(rules.map(({ rule }) => rule)).toEqual(catalogue.map((rule) => rule.id));
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length);
    for (const result of rules) {
      if ('reason' in result) expect(result.reason).toMatch(/^\S.*\.$/);
    }
  });

  it.each(ids)(
    '%s is neither healthier nor less well for a fact that is missing',
    { timeout: slowMs },
    (id) => {
      const snapshot = snapshotOf(id);
      const whole = runRules(factsFrom(snapshot)).rules;
      const unwell = whole.filter(({ result }) => result !== 'fine' && result !== 'not-applicable');
      const reported = new Set(whole.filter(({ result }) => result === 'findings').map(({ rule }) => rule));
      for (const [at, name] of (Object.keys(snapshot.readings) as ReadObservationName[]).entries()) {
        if (snapshot.readings[name].status !== 'ok') continue;
        // To the rules all losses are alike (the readings see to that), so each observation is lost in one way.
        const lost = losses[at % losses.length] ?? { status: 'not-asked' };
        const { findings, rules } = runRules(
          factsFrom({ ...snapshot, readings: { ...snapshot.readings, [name]: lost } }),
        );
        const healed = unwell
          .filter(({ rule }) => rules.some((one) => one.rule === rule && one.result === 'fine'))
          .map(({ rule }) => rule);
        const invented = said(findings.filter(({ rule }) => !reported.has(rule)));
        expect({ without: name, healed, invented }).toEqual({ without: name, healed: [], invented: [] });
        expect(rules.filter((one) => 'reason' in one && one.reason.includes('unexpected error'))).toEqual([]);
      }
    },
  );

  it.each(['iscsi-on-team', 'converged-2012r2', 'smb-stuck', 'german-2019'])(
    '%s is neither healthier nor less well for a property that its Windows lacks',
    { timeout: slowMs },
    (id) => {
      const capture = captured(id);
      const whole = runRules(factsFrom(readSnapshot(capture)));
      const reported = new Set(whole.findings.map(({ rule }) => rule));
      for (const name of Object.keys(capture.observations) as ObservationName[]) {
        const observation = capture.observations[name];
        if (observation?.status !== 'ok') continue;
        const properties = new Set(observation.data.flatMap((item) => Object.keys(item)));
        for (const [at, property] of [...properties].entries()) {
          const change = at % 2 === 0 ? without(property) : emptied(property);
          const { findings, rules } = runRules(
            factsFrom(
              readSnapshot(
                withObservation(capture, name, { ...observation, data: observation.data.map(change) }),
              ),
            ),
          );
          const healed = rules.filter(({ rule, result }) => result === 'fine' && reported.has(rule));
          const invented = said(findings.filter(({ rule }) => !reported.has(rule)));
          const seen = { name, property, healed: healed.map(({ rule }) => rule), invented };
          expect(seen).toEqual({ name, property, healed: [], invented: [] });
        }
      }
    },
  );
});

function without(property: string): (item: RawItem) => RawItem {
  return (item) => Object.fromEntries(Object.entries(item).filter(([key]) => key !== property));
}

function emptied(property: string): (item: RawItem) => RawItem {
  return (item) => (property in item ? { ...item, [property]: null } : item);
}
