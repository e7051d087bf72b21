/**
 * A plan is carried out only on the host that it was made for: whatever it rests on is changed in turn between the plan
 * and its confirmation, in what Windows tells and on the host itself, and whatever it does not rest on as well.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture, Observation, ObservationName } from '#shared/capture.ts';
import { demoChanges } from '../hosts/simulated-host/demo-changes.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { oneCaseOfEachFix } from '../testing/all-fix-cases.ts';
import { openLab, type ChangeLab } from '../testing/change-lab.ts';
import { planOf, type FixCase } from '../testing/fix-cases.ts';
import { readSurroundings, surroundingQuestions, type Surroundings } from './surroundings.ts';
import { buildPlan, whatMoved, type BuiltPlan } from './build-plan.ts';
import type { Result } from '#shared/result.ts';

async function aroundOf({ simulated, capture }: ChangeLab): Promise<Surroundings> {
  const answers = await demoChanges(simulated).ask(surroundingQuestions);
  return readSurroundings(answers.ok ? answers.value : [], capture());
}

function planOn(
  lab: ChangeLab,
  surroundings: Surroundings,
  capture: Capture,
  { finding, fix, answers = {} }: FixCase,
): Result<BuiltPlan> {
  const subject = {
    check: lab.judge(capture),
    snapshot: readSnapshot(capture),
    surroundings,
    isSimulated: true,
  };
  // By its id, as a window asks for it.
  const { id } = lab.look().findings.find(({ rule }) => rule === finding) ?? { id: finding };
  return buildPlan(subject, { findings: [id], fixes: { [id]: fix }, answers });
}

/** Other values that Windows could tell instead. */
const mutations: readonly ((value: unknown) => unknown)[] = [
  (value) =>
    typeof value === 'number'
      ? value + 1
      : typeof value === 'boolean'
        ? !value
        : typeof value === 'string'
          ? `${value}x`
          : Array.isArray(value)
            ? value.slice(1)
            : 'x',
  () => null,
  (value) =>
    typeof value === 'string' ? value.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) : 7,
];

interface Place {
  readonly name: ObservationName;
  readonly item: number;
  readonly property: string;
}

function placesIn({ observations }: Capture): readonly Place[] {
  return (Object.entries(observations) as [ObservationName, Observation][]).flatMap(([name, seen]) =>
    seen.status === 'ok'
      ? seen.data.flatMap((item, index) =>
          Object.keys(item).map((property) => ({ name, item: index, property })),
        )
      : [],
  );
}

function mutated(
  capture: Capture,
  { name, item, property }: Place,
  mutate: (value: unknown) => unknown,
): Capture {
  const seen = capture.observations[name];
  if (seen?.status !== 'ok') return capture;
  const data = seen.data.map((one, index) =>
    index === item ? { ...one, [property]: mutate(one[property]) } : one,
  );
  return { ...capture, observations: { ...capture.observations, [name]: { ...seen, data } } };
}

/** All that would be done, and all that was said of it. */
function contentOf({ plan: { hash: _, ...shown }, steps }: BuiltPlan): string {
  return JSON.stringify([shown, steps.map(({ step: { commands, undo } }) => [commands, undo])]);
}

describe.each(oneCaseOfEachFix)('a plan of $fix', (one) => {
  it('is stale after each change of a fact that shows in it, and after no other', async () => {
    const lab = openLab(one);
    const capture = lab.capture();
    const around = await aroundOf(lab);
    const built = planOn(lab, around, capture, one);
    if (!built.ok) throw new Error(built.failure.message);
    const places = placesIn(capture);
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.constantFrom(...mutations), (at, mutate) => {
        const place = places[at];
        if (place === undefined) return;
        const fresh = planOn(lab, around, mutated(capture, place, mutate), one);
        const isAnother = !fresh.ok || contentOf(fresh.value) !== contentOf(built.value);
        const moved = whatMoved(built.value.plan, fresh);
        expect({ place, isStale: moved.length > 0 }).toEqual({ place, isStale: isAnother });
      }),
      { numRuns: 15 },
    );
    const later = { ...capture, takenAt: '2026-01-15T12:00:00Z' };
    expect(whatMoved(built.value.plan, planOn(lab, around, later, one))).toEqual([]);
  });

  it('is refused where somebody else began the same, or restarted the host, and not for the time that passed', async () => {
    const tries = {
      'somebody else': async (lab: ChangeLab) => {
        const built = planOn(lab, await aroundOf(lab), lab.capture(), one);
        const [command] = built.ok ? (built.value.steps[0]?.step.commands ?? []) : [];
        if (command === undefined) throw new Error('The plan has no command.');
        const keyed = await demoChanges(lab.simulated).run(command, one.secrets ?? {});
        expect(keyed).toMatchObject({ ok: true, value: { state: 'done' } });
      },
      restart: (lab: ChangeLab) => lab.simulated.restart(),
      time: (lab: ChangeLab) => lab.letTimePass(3_600_000),
    };
    for (const [what, happens] of Object.entries(tries)) {
      const lab = openLab(one);
      const plan = await planOf(lab, one);
      await happens(lab);
      const run = await lab.apply(plan, { secrets: one.secrets ?? {} });
      const said = { what, outcome: run === 'killed' ? run : run.outcome };
      if (what === 'time') expect(said).toEqual({ what, outcome: one.outcome ?? 'successful' });
      else expect(said).toEqual({ what, outcome: 'refused' });
      if (what !== 'time') expect(lab.ran).toEqual([]);
      await lab.close();
    }
  });
});
