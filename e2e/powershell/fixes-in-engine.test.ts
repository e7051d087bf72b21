/**
 * Every fix by the real scripts in a real engine, on hosts whose names would be code: planned, applied, its finding gone
 * for the probes, taken back, and the host as it was, property by property. The lines that a person sees, pasted as they
 * stand, do the same as the product, and so does the simulated host without any PowerShell.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeRun, FixPlan } from '#shared/fix-plan.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import { fixes } from '../../src-main/remediation/catalogue.ts';
import { casesByHand, casesInEngine } from '../../src-main/testing/all-fix-cases.ts';
import { openLab, type ChangeLab } from '../../src-main/testing/change-lab.ts';
import { isReversible, planOf, settledState, type FixCase } from '../../src-main/testing/fix-cases.ts';
import { differencesOf, stateOf } from '../../src-main/testing/host-state.ts';
import { scenarioWith } from '../../src-main/testing/host-with.ts';
import { hostileEnd, withHostileNames } from '../../src-main/testing/hostile-names.ts';
import { isEngineMissing } from './engine.ts';
import { openEngineLab, type EngineLab } from './engine-lab.ts';

const byRelease = Map.groupBy(
  [...casesInEngine, ...casesByHand],
  ({ host }) => scenarioWith(host).windows.release,
);
/** An adapter that was started anew is up again. */
const linkStartMs = 5000;

async function applied(
  lab: ChangeLab,
  plan: FixPlan,
  secrets: Readonly<Record<string, string>>,
): Promise<ChangeRun> {
  const run = await lab.apply(plan, { secrets });
  if (run === 'killed') throw new Error('Nobody killed it.');
  return run;
}

describe.skipIf(isEngineMissing()).each([...byRelease])('in the engine of Windows %s', (release, cases) => {
  let engine: EngineLab;

  beforeAll(async () => {
    const hosts = cases.map(({ host }) => createSimulatedHost(scenarioWith(host)));
    engine = await openEngineLab(release, hosts);
  });

  afterAll(() => engine.close());

  /** Lines one after the other, as a person runs them who waits for the links. */
  async function paste(lab: ChangeLab, lines: readonly string[], secret = ''): Promise<void> {
    for (const line of lines) {
      const { errors, fatal } = await engine.paste(line, secret);
      expect({ line, errors, fatal }).toEqual({ line, errors: [], fatal: undefined });
      lab.letTimePass(linkStartMs);
    }
  }

  test.each(cases.filter(isApplied))('$fix, $name', async (one) => {
    // An argument of a program can hold no quotation mark: such a plan is refused.
    const callsProgram = one.steps.some(({ lines }) => lines.some((line) => line.includes('.exe"')));
    const end = callsProgram ? hostileEnd.replace('"', '') : hostileEnd;
    const hostile = { ...one, ...withHostileNames(one, end) };
    const secrets = hostile.secrets ?? {};

    // Without PowerShell: what has to come of it.
    const alone = openLab(hostile);
    const before = stateOf(alone.simulated);
    const plan = await planOf(alone, hostile);
    expect({ refusals: plan.refusals, problems: plan.problems }).toEqual({ refusals: [], problems: {} });
    const outcome = one.outcome ?? 'successful';
    expect(await applied(alone, plan, secrets)).toMatchObject({ outcome });
    const after = settledState(alone);

    // By the scripts.
    const lab = openLab(hostile, engine);
    const run = await applied(lab, await planOf(lab, hostile), secrets);
    expect({ outcome: run.outcome, message: run.message }).toMatchObject({ outcome });
    expect(differencesOf(after, settledState(lab))).toEqual([]);
    if (outcome === 'successful') expect(await findingsLeft(lab, plan)).toEqual([]);
    if (isReversible(one)) {
      expect(lab.changes().rollback(run.id, [], secrets).ok).toBe(true);
      await lab.changes().settled();
      expect((await lab.changes().state()).run).toMatchObject({ outcome: 'successful' });
      expect(differencesOf(before, settledState(lab))).toEqual([]);
    }
    const [secret = ''] = Object.values(secrets);
    if (secret !== '') {
      const said = JSON.stringify([plan, run, lab.journal.read(), lab.changes().history()]);
      expect(said).not.toContain(JSON.stringify(secret).slice(1, -1));
    }

    // By hand.
    const hand = openLab(hostile, engine);
    await paste(
      hand,
      plan.steps.flatMap(({ lines }) => lines),
      secret,
    );
    expect(differencesOf(after, settledState(hand))).toEqual([]);
    if (isReversible(one)) {
      await paste(
        hand,
        plan.steps.toReversed().flatMap(({ undoLines }) => undoLines),
        secret,
      );
      expect(differencesOf(before, settledState(hand))).toEqual([]);
    }
  });

  test.each(cases.filter((one) => !isApplied(one)))('$fix, by the lines of its plan', async (one) => {
    const lab = openLab({ host: withHostileNames(one).host }, engine);
    const before = stateOf(lab.simulated);
    const plan = await planOf(lab, one);
    expect(plan.refusals.map(({ reason }) => reason)).toContain('by-hand');
    await paste(
      lab,
      plan.steps.flatMap(({ lines }) => lines),
    );
    expect(await findingsLeft(lab, plan)).toEqual([]);
    await paste(
      lab,
      plan.steps.toReversed().flatMap(({ undoLines }) => undoLines),
    );
    expect(differencesOf(before, settledState(lab))).toEqual([]);
  });

  /** What the plan is for and the probes of the product still see. */
  async function findingsLeft(lab: ChangeLab, plan: FixPlan): Promise<readonly string[]> {
    const { findings } = lab.judge(await engine.look());
    return findings.map(({ id }) => id).filter((id) => plan.findings.some((one) => one.id === id));
  }
});

function isApplied(one: Pick<FixCase, 'fix'>): one is FixCase {
  return 'steps' in one;
}

test('there is a host for every fix', () => {
  const tried = new Set([...casesInEngine, ...casesByHand].map(({ fix }) => fix));
  expect([...tried].sort()).toEqual(fixes.map(({ id }) => id));
});
