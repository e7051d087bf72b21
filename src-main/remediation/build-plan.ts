/** From findings to one ordered plan: what is asked, what stands in the way, the steps with all that a person must know. */
import { createHash } from 'node:crypto';
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand, ParameterValue } from '#shared/change-command.ts';
import { isSecret, secretsOf } from '#shared/command-values.ts';
import type { Check, Finding } from '#shared/finding.ts';
import {
  gravest,
  type Choice,
  type ChoiceValue,
  type FixPlan,
  type PlanStep,
  type PlanWish,
  type Refusal,
  type ShownFix,
} from '#shared/fix-plan.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { notAllowed } from './allow.ts';
import { blastRadiusOf, factsAfter } from './blast-radius.ts';
import { fixes as allFixes } from './catalogue.ts';
import type { AskedChoice, Fix, FixFacts, FixRequest, Step } from './define-fix.ts';
import { needsGuard, refusalsFor } from './refusals.ts';
import { renderLine } from './render-line.ts';
import type { Surroundings } from './surroundings.ts';

export const guardSeconds = { byDefault: 120, least: 30, most: 1800 } as const;

/** The host as one look showed it. */
export interface PlanSubject {
  readonly check: Check;
  readonly snapshot: Snapshot;
  readonly surroundings: Surroundings;
  readonly isSimulated: boolean;
  /** What has to be typed to apply any plan from this shell. */
  readonly typeToConfirm?: string;
}

/** A step as it will run, beside what the plan shows of it. */
interface PlannedStep {
  readonly fix: string;
  readonly step: Step;
}

export interface BuiltPlan {
  readonly plan: FixPlan;
  readonly steps: readonly PlannedStep[];
  /** To build it again on a fresh look. */
  readonly request: PlanWish;
  /** What it is for, in the order of the request. */
  readonly findings: readonly Finding[];
  /** Ids of the secrets that its commands need. */
  readonly secrets: readonly string[];
  readonly host: string;
  readonly bootedAt?: string;
}

type MetFacts = Omit<FixRequest, 'finding' | 'answers'>;

/** One fix at work on one finding, with its own answers. */
interface Part {
  readonly fix: Fix;
  readonly request: FixRequest;
  readonly choices: readonly AskedChoice[];
  readonly problems: Readonly<Record<string, string>>;
  readonly refusals: readonly Refusal[];
  /** From the fix's own id of a choice to its id in the plan. */
  readonly key: (choice: string) => string;
}

/** Fails with `bad-request` where it names a finding or a fix that is not there. Pure. */
export function buildPlan(
  subject: PlanSubject,
  request: PlanWish,
  catalogue: readonly Fix[] = allFixes,
): Result<BuiltPlan> {
  const { check, snapshot, surroundings } = subject;
  const facts: FixFacts = { model: check.model, graph: check.graph, snapshot };
  const met: MetFacts = { ...facts, surroundings };
  const parts: Part[] = [];
  const findings: Finding[] = [];
  for (const named of request.findings) {
    const finding = findFinding(check.findings, named);
    if (!finding.ok) return finding;
    findings.push(finding.value);
    const chosen = choose(finding.value, request.fixes?.[named], met, catalogue);
    if (!chosen.ok) return chosen;
    const before = parts.filter(({ fix }) => fix === chosen.value).length;
    parts.push(partOf(chosen.value, finding.value, met, request.answers ?? {}, before));
  }
  if (parts.length === 0) return fail('bad-request', 'A plan needs at least one finding.');
  parts.sort((a, b) => a.fix.order - b.fix.order);

  const problems = Object.assign({}, ...parts.map((part) => part.problems)) as Record<string, string>;
  const isOpen = Object.keys(problems).length > 0;
  const steps = isOpen ? [] : distinctSteps(parts.flatMap(stepsOf));
  const fixes = [...new Set(parts.map(({ fix }) => fix))];
  const judged = judgeSteps(steps, facts, surroundings.operatorAddresses ?? []);
  const guarded = guardOf(judged.steps, request.guardSeconds ?? guardSeconds.byDefault);
  const refusals = [
    ...parts.flatMap((part) => part.refusals),
    ...guarded.refusals,
    ...refusalsFor({
      source: check.source,
      isElevated: check.host.elevated,
      surroundings,
      facts,
      after: judged.after,
      fixes,
      steps: judged.steps,
    }),
    ...commandRefusals(steps),
  ];
  if (steps.length === 0 && !isOpen && refusals.length === 0) {
    refusals.push({
      reason: 'does-not-fit',
      message: 'There is nothing left to change: the host is already as this would make it.',
      remedy: 'Look again; if the finding stays, read its advice.',
    });
  }
  const impacts = steps.map(({ step }) => step.impact);
  const [first] = fixes;
  const plan: Omit<FixPlan, 'hash'> = {
    title: fixes.length === 1 && first !== undefined ? first.title : `${fixes.length} fixes in one plan`,
    findings: parts.map(({ fix, request: { finding } }) => ({
      id: finding.id,
      title: finding.title,
      fix: fix.id,
      ways: fixesFor(finding, catalogue).map(shownFix),
    })),
    fixes: fixes.map(shownFix),
    impact: gravest(steps.length === 0 ? fixes.map(({ impact }) => impact) : impacts),
    choices: parts.flatMap(shownChoices),
    answers: Object.assign({}, ...parts.map(answersOf)) as Record<string, ChoiceValue>,
    problems,
    refusals: distinctRefusals(refusals),
    steps: judged.steps.map(({ fix, step, radius }) => shownStep(fix, step, radius)),
    guard: guarded.guard,
    asksStillThere: judged.steps.some(
      ({ step, radius }) => radius.touchesManagement || (step.movesAddresses ?? []).length > 0,
    ),
    isSimulated: subject.isSimulated,
    ...(subject.typeToConfirm !== undefined && { typeToConfirm: subject.typeToConfirm }),
  };
  return succeed({
    plan: { hash: hashOf(plan, steps, check, surroundings), ...plan },
    steps,
    request,
    findings,
    secrets: secretsOf(steps.flatMap(({ step }) => [...step.commands, ...step.undo])),
    host: check.host.name,
    ...(surroundings.bootedAt !== undefined && { bootedAt: surroundings.bootedAt }),
  });
}

function findFinding(findings: readonly Finding[], named: string): Result<Finding> {
  const byId = findings.find(({ id }) => id === named);
  if (byId !== undefined) return succeed(byId);
  const ofRule = findings.filter(({ rule }) => rule === named);
  const [only] = ofRule;
  if (ofRule.length === 1 && only !== undefined) return succeed(only);
  return ofRule.length > 1
    ? fail('bad-request', `The host has ${ofRule.length} findings of the rule ${named}.`, {
        remedy: `Name one of them: ${ofRule.map(({ id }) => id).join(', ')}.`,
      })
    : fail('bad-request', `The host has no finding "${named}".`, {
        remedy: 'It may be gone already: look again.',
      });
}

function fixesFor(finding: Finding, catalogue: readonly Fix[]): readonly Fix[] {
  return finding.fixes.flatMap((id) => catalogue.find((fix) => fix.id === id) ?? []);
}

function shownFix({ id, title, impact }: Fix): ShownFix {
  return { id, title, impact };
}

function choose(
  finding: Finding,
  named: string | undefined,
  facts: MetFacts,
  catalogue: readonly Fix[],
): Result<Fix> {
  const offered = fixesFor(finding, catalogue);
  const [first] = offered;
  if (first === undefined) {
    return fail('bad-request', `Switchyard has no fix for ${finding.id}.`, { remedy: finding.advice });
  }
  if (named !== undefined) {
    const fix = offered.find(({ id }) => id === named);
    return fix === undefined
      ? fail('bad-request', `"${named}" is no fix for ${finding.id}.`, {
          remedy: `There are: ${offered.map(({ id }) => id).join(', ')}.`,
        })
      : succeed(fix);
  }
  const free = offered.find(
    (fix) => fix.byHand === undefined && partOf(fix, finding, facts, {}, 0).refusals.length === 0,
  );
  return succeed(free ?? first);
}

function partOf(
  fix: Fix,
  finding: Finding,
  facts: MetFacts,
  answers: Readonly<Record<string, ChoiceValue>>,
  before: number,
): Part {
  const key = (choice: string): string => `${fix.id}.${choice}${before === 0 ? '' : `#${before + 1}`}`;
  const own: Record<string, ChoiceValue> = {};
  const problems: Record<string, string> = {};
  const choices: AskedChoice[] = [];
  let request: FixRequest = { ...facts, finding, answers: own };
  // A question may rest on the answer to an earlier one: they are asked again until none is new.
  for (let round = 0; round < 8; round += 1) {
    const asked = fix.choices?.(request) ?? [];
    const fresh = asked.filter(({ id }) => !choices.some((one) => one.id === id));
    if (fresh.length === 0) break;
    for (const choice of fresh) {
      choices.push(choice);
      if (choice.type === 'secret') continue;
      const given = answers[key(choice.id)] ?? choice.proposal;
      const problem = problemOf(choice, given);
      if (problem !== undefined) problems[key(choice.id)] = problem;
      else if (given !== undefined) own[choice.id] = given;
    }
    request = { ...facts, finding, answers: { ...own } };
  }
  return { fix, request, choices, problems, refusals: fix.precheck?.(request) ?? [], key };
}

function problemOf(choice: AskedChoice, value: ChoiceValue | undefined): string | undefined {
  if (choice.options?.length === 0) {
    return `Nothing on this host can be chosen here. ${choice.whyNone ?? 'Another way may be open: see the other fixes of the finding.'}`;
  }
  if (value === undefined || value === '') return 'This has to be answered.';
  const offered = choice.options?.map((option) => option.value);
  const isList = typeof value !== 'string';
  if (isList !== (choice.type === 'several-of')) return 'This is not the kind of answer that was asked for.';
  const values = typeof value === 'string' ? [value] : value;
  if (isList && values.length === 0) return 'At least one has to be chosen.';
  if (offered !== undefined && values.some((one) => !offered.includes(one))) {
    return 'This is not among the answers offered.';
  }
  if (choice.type === 'number' && !/^\d{1,9}$/.test(values[0] ?? '')) return 'This has to be a whole number.';
  return choice.check?.(value);
}

function answersOf({ request: { answers }, key }: Part): Readonly<Record<string, ChoiceValue>> {
  return Object.fromEntries(Object.entries(answers).map(([id, value]) => [key(id), value]));
}

function shownChoices({ choices, key }: Part): readonly Choice[] {
  return choices.map(({ check: _, whyNone: __, ...choice }) => ({ ...choice, id: key(choice.id) }));
}

function stepsOf({ fix, request, key }: Part): readonly PlannedStep[] {
  return fix.plan(request).map((step) => {
    if (step.undo.length === 0 && step.notUndone === undefined) {
      throw new Error(`A step of ${fix.id} has no way back and does not say why.`);
    }
    const keyed = (command: ChangeCommand): ChangeCommand => withSecretKeys(command, key);
    return {
      fix: fix.id,
      step: { ...step, commands: step.commands.map(keyed), undo: step.undo.map(keyed) },
    };
  });
}

function withSecretKeys(command: ChangeCommand, key: (choice: string) => string): ChangeCommand {
  if ('program' in command) return command;
  const parameters = Object.entries(command.parameters).map(([name, value]): [string, ParameterValue] => [
    name,
    isSecret(value) ? { secret: key(value.secret) } : value,
  ]);
  return { ...command, parameters: Object.fromEntries(parameters) };
}

/** Two findings with one cause ask for the same step: it is done once. */
function distinctSteps(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  const byCommands = new Map(steps.map((one) => [JSON.stringify([one.fix, one.step.commands]), one]));
  return [...byCommands.values()];
}

function distinctRefusals(refusals: readonly Refusal[]): readonly Refusal[] {
  return [...new Map(refusals.map((one) => [`${one.reason} ${one.message}`, one])).values()];
}

/** Each step is judged on the host as the steps before it leave it. */
function judgeSteps(steps: readonly PlannedStep[], facts: FixFacts, operator: readonly string[]) {
  let met = facts;
  const judged = steps.map(({ fix, step }) => {
    const radius = blastRadiusOf(met, step, operator);
    met = factsAfter(met, step.leaves ?? []);
    return { fix, step, radius };
  });
  return { steps: judged, after: met };
}

/** A name of this host that no command can hold. */
function commandRefusals(steps: readonly PlannedStep[]): readonly Refusal[] {
  const all = steps.flatMap(({ step }) => [...step.commands, ...step.undo]);
  const wrong = [...new Set(all.flatMap((command) => notAllowed(command) ?? []))];
  return wrong.map((message): Refusal => ({
    reason: 'does-not-fit',
    message,
    remedy: 'Rename the thing that holds it, then look again.',
  }));
}

interface GuardVerdict {
  readonly guard: FixPlan['guard'];
  readonly refusals: readonly Refusal[];
}

/**
 * A guard keeps no secret, so it cannot log in again. Where all that it would be there for is sessions that go while
 * others carry, nothing hangs on it: whoever dies in between leaves the host with paths, and a rollback asks for the
 * secret once more.
 */
function guardOf(
  steps: readonly (PlannedStep & { readonly radius: PlanStep['blastRadius'] })[],
  seconds: number,
): GuardVerdict {
  const guarded = steps.filter(({ step }) => needsGuard([step.impact]));
  const guard = { isNeeded: guarded.length > 0, seconds };
  const takesSecret = ({ step }: PlannedStep): boolean => secretsOf(step.undo).length > 0;
  if (guarded.length === 0 || !steps.some(takesSecret)) return { guard, refusals: [] };
  const isSafeWithout = guarded.every(
    (one) =>
      takesSecret(one) &&
      one.step.impact === 'path' &&
      !one.radius.touchesManagement &&
      one.radius.lostDisks.length + one.radius.lostShares.length === 0,
  );
  return isSafeWithout
    ? {
        guard: {
          isNeeded: false,
          seconds,
          without:
            'No guard is armed: bringing a session back takes its CHAP secret, which Switchyard keeps nowhere. Each session goes only while another one carries its disks, so the host keeps its paths wherever this stops; a rollback afterwards asks for the secret once more.',
        },
        refusals: [],
      }
    : {
        guard,
        refusals: [
          {
            reason: 'no-guard',
            message:
              'Undoing it takes a secret, which the guard could not know, and more than sessions beside others goes meanwhile.',
            remedy:
              'Make a plan for those sessions alone, while every disk has another path; or save this one as a script and run it by hand, with the secret at hand.',
          },
        ],
      };
}

function linesOf(commands: readonly ChangeCommand[]): readonly string[] {
  // A command that cannot be shown refuses the plan; its line is left out.
  return commands.flatMap((command) => (notAllowed(command) === undefined ? [renderLine(command)] : []));
}

function shownStep(fix: string, step: Step, blastRadius: PlanStep['blastRadius']): PlanStep {
  return {
    fix,
    title: step.title,
    lines: linesOf(step.commands),
    changes: step.changes.map((change) => ({ ...change, of: entityOf(change.of) })),
    impact: step.impact,
    blastRadius,
    verifiedBy: step.verify.says,
    undoLines: linesOf(step.undo),
    ...(step.notUndone !== undefined && { notUndone: step.notUndone }),
  };
}

/**
 * What a plan rests on is what it is made of: built anew on a fresh look it has the same hash exactly when no fact that
 * it rests on has moved. Facts that change nothing about it do not count.
 */
function hashOf(
  plan: Omit<FixPlan, 'hash'>,
  steps: readonly PlannedStep[],
  check: Check,
  { bootedAt }: Surroundings,
): string {
  // A line names an adapter; what runs knows it by its GUID as well.
  const runs = steps.map(({ step: { commands, undo } }) => ({ commands, undo }));
  const rests = { host: check.host.name, source: check.source, bootedAt, plan, runs };
  return createHash('sha256').update(canonical(rests)).digest('hex');
}

/** JSON with the names in order, so that equal things have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** What moved between a plan and the same plan on a fresh look: one sentence each. Empty where nothing did. */
export function whatMoved(shown: FixPlan, fresh: Result<BuiltPlan>): readonly string[] {
  if (!fresh.ok) return [fresh.failure.message];
  const now = fresh.value.plan;
  if (now.hash === shown.hash) return [];
  const known = new Set(shown.refusals.map(({ message }) => message));
  const moved = now.refusals.flatMap(({ message }) => (known.has(message) ? [] : [message]));
  for (const [index, step] of now.steps.entries()) {
    const before = shown.steps[index];
    for (const [at, change] of step.changes.entries()) {
      const was = before?.changes[at];
      if (was !== undefined && was.before !== change.before) {
        moved.push(`${change.of.name}: ${change.property} was ${was.before} and is now ${change.before}.`);
      }
    }
    if (before !== undefined && before.blastRadius.text !== step.blastRadius.text) {
      moved.push(`What step ${index + 1} touches is another: ${step.blastRadius.text}`);
    }
  }
  if (now.steps.length !== shown.steps.length) {
    moved.push(`It now takes ${now.steps.length} steps instead of ${shown.steps.length}.`);
  }
  return moved.length > 0 ? moved : ['Something that its steps rest on is no longer as it was.'];
}
