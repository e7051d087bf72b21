/** The table that fixes are tested by: a host that needs the fix, the plan as it must be, and how it ends. */
import { describe, expect, it } from 'vitest';
import type { ChoiceValue, FixPlan, Impact, Outcome, RefusalReason } from '#shared/fix-plan.ts';
import { openLab, type ChangeLab, type LabHost } from './change-lab.ts';
import { differencesOf, stateOf, type HostState } from './host-state.ts';

export interface FixCase extends LabHost {
  /** What is the matter. */
  readonly name: string;
  readonly fix: string;
  /** Rule of the finding, or its id where the host has several of it. */
  readonly finding: string;
  readonly answers?: Readonly<Record<string, ChoiceValue>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    /** As they are shown. */
    readonly lines: readonly string[];
    /** `property: before → after`. */
    readonly changes: readonly string[];
    readonly impact: Impact;
    /** Commands of the way back, by name. Empty: it says why there is none. */
    readonly undo: readonly string[];
  }[];
  /** Default `successful`. */
  readonly outcome?: Extract<Outcome, 'successful' | 'waits-for-restart' | 'goal-not-reached'>;
}

export interface RefusedCase extends LabHost {
  readonly name: string;
  readonly fix: string;
  readonly finding: string;
  readonly answers?: Readonly<Record<string, ChoiceValue>>;
  readonly reason: RefusalReason | 'problem';
  readonly message: RegExp;
}

/** A guard for a busy machine: one row takes a fraction of a second. */
const slowMs = 120_000;
/** An adapter whose setting is set back starts anew once more. */
const linkStartMs = 5000;

/** The host when adapters that were started anew are up again. */
export function settledState(lab: ChangeLab): HostState {
  lab.letTimePass(linkStartMs);
  return stateOf(lab.simulated);
}

export async function planOf(
  lab: ReturnType<typeof openLab>,
  one: Pick<FixCase, 'finding' | 'fix' | 'answers'>,
): Promise<FixPlan> {
  // By its id, as a window asks for it.
  const { id } = lab.look().findings.find(({ rule }) => rule === one.finding) ?? { id: one.finding };
  const plan = await lab.plan({
    findings: [id],
    fix: one.fix,
    ...(one.answers !== undefined && { answers: one.answers }),
  });
  if (!plan.ok) throw new Error(`${plan.failure.message} ${plan.failure.remedy ?? ''}`);
  return plan.value;
}

/** The command of a line, whatever condition it stands under. */
function commandIn(line: string): string {
  const inner = /\.Count(?: -ge \d+\))?\) \{ (.*) \}$/.exec(line)?.[1] ?? line;
  return /System32\\(\w+)\.exe/.exec(inner)?.[1] ?? /^[\w-]+/.exec(inner)?.[0] ?? inner;
}

export function isReversible(one: FixCase): boolean {
  return one.steps.every(({ undo }) => undo.length > 0);
}

/** Declares the tests of all cases: the plan, the whole way there, and the whole way back. */
export function testFixes(cases: readonly FixCase[]): void {
  describe.each(cases)('$fix, $name', { timeout: slowMs }, (one) => {
    it('is planned as it must be', async () => {
      const lab = openLab(one);
      const plan = await planOf(lab, one);
      expect(plan.problems).toEqual({});
      expect(plan.refusals).toEqual([]);
      expect(
        plan.steps.map(({ lines, changes, impact, undoLines }) => ({
          lines,
          changes: changes.map(({ property, before, after }) => `${property}: ${before} → ${after}`),
          impact,
          undo: undoLines.map(commandIn),
        })),
      ).toEqual(one.steps);
      for (const step of plan.steps) {
        expect(step.undoLines.length === 0).toBe(step.notUndone !== undefined);
        expect(step.title).toMatch(/^[^\n]+\.$/);
        expect(`${step.title} ${step.verifiedBy}`).not.toMatch(/undefined|null|NaN|\[object/);
      }
      await lab.close();
    });

    it('does what it is for, and goes all the way back', async () => {
      const lab = openLab(one);
      const before = stateOf(lab.simulated);
      const plan = await planOf(lab, one);
      const secrets = one.secrets ?? {};
      const run = await lab.apply(plan, { secrets });
      if (run === 'killed') throw new Error('Nobody killed it.');
      expect({ outcome: run.outcome, message: run.message }).toMatchObject({
        outcome: one.outcome ?? 'successful',
      });
      if (one.outcome !== 'goal-not-reached') {
        const ids = plan.findings.map(({ id }) => id);
        expect(lab.look().findings.filter(({ id }) => ids.includes(id))).toEqual([]);
      }
      for (const secret of Object.values(secrets)) {
        const said = JSON.stringify([plan, run, lab.journal.read(), lab.changes().history()]);
        expect(said).not.toContain(JSON.stringify(secret).slice(1, -1));
      }
      // The journal tells the same story as the run did, also to a Switchyard that comes later.
      lab.restartTool();
      const [entry] = lab.changes().history().entries;
      expect(entry).toMatchObject({ outcome: run.outcome, message: run.message, steps: run.steps });
      expect(entry?.rollback.isPossible).toBe(isReversible(one));
      if (isReversible(one)) {
        const back = lab.changes().rollback(run.id, [], secrets);
        expect(back.ok).toBe(true);
        await lab.changes().settled();
        const undone = (await lab.changes().state()).run;
        expect({ outcome: undone?.outcome, message: undone?.message }).toMatchObject({
          outcome: 'successful',
        });
        expect(differencesOf(before, settledState(lab))).toEqual([]);
        // Undone twice is undone once, and what was undone is not undone.
        for (const report of await lab.undoAgain(run.id)) {
          expect(report).toMatchObject({
            ok: true,
            value: { state: expect.not.stringMatching('failed') as string },
          });
        }
        expect(differencesOf(before, settledState(lab))).toEqual([]);
        for (const id of [run.id, undone?.id ?? '']) {
          expect(lab.changes().rollback(id, [], secrets)).toMatchObject({
            ok: false,
            failure: { kind: 'refused' },
          });
        }
      }
      await lab.close();
    });

    if (one.outcome !== 'waits-for-restart') return;
    it('goes on after the restart', async () => {
      const lab = openLab(one);
      const run = await lab.apply(await planOf(lab, one));
      if (run === 'killed') throw new Error('Nobody killed it.');
      const early = await lab.changes().resume(run.id);
      expect(early.ok ? '' : early.failure.message).toMatch(/has not been restarted/);
      lab.restartTool();
      const [left] = (await lab.changes().state()).leftovers;
      expect(left).toMatchObject({ id: run.id, offers: ['restart', 'dismiss'] });
      const history = await lab.changes().restart(run.id);
      expect(history.ok ? history.value.entries[0]?.outcome : history.failure).toBe('successful');
      await lab.close();
    });
  });
}

export function testRefusals(cases: readonly RefusedCase[]): void {
  it.each(cases)('$fix is refused: $name', { timeout: slowMs }, async (one) => {
    const lab = openLab(one);
    const before = stateOf(lab.simulated);
    const plan = await planOf(lab, one);
    const run = await lab.apply(plan);
    if (run === 'killed') throw new Error('Nobody killed it.');
    expect(run.outcome).toBe('refused');
    if (one.reason === 'problem') {
      expect(Object.values(plan.problems).join(' ')).toMatch(one.message);
    } else {
      const refusal = [...plan.refusals, ...(run.refusals ?? [])].find(({ reason }) => reason === one.reason);
      expect(refusal?.message).toMatch(one.message);
      expect(refusal?.remedy).toMatch(/^[^\n]+\.$/);
    }
    expect(differencesOf(before, stateOf(lab.simulated))).toEqual([]);
    await lab.close();
  });
}
