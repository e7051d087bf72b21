/**
 * What becomes of a host when a fix goes wrong: each fix on a simulated host, with each command and each look going
 * wrong in turn. The table in docs/fix-faults.md is made of what really happened.
 */
import type { Outcome } from '#shared/fix-plan.ts';
import { openLab, type ChangeFault, type ChangeLab } from './change-lab.ts';
import { isReversible, planOf, settledState, type FixCase } from './fix-cases.ts';
import { differencesOf, stateOf, type HostState } from './host-state.ts';

const faultKinds = [
  'refused',
  'late-error',
  'lost',
  'unseen',
  'stopped',
  'killed-before',
  'killed-after',
] as const satisfies readonly ChangeFault['kind'][];
type FaultKind = (typeof faultKinds)[number];

const faultWords: Readonly<Record<FaultKind, string>> = {
  refused: 'a command is refused',
  'late-error': 'a command takes effect and says that it failed',
  lost: 'a command takes effect and its answer is lost',
  unseen: 'what has to be seen cannot be looked at',
  stopped: 'the person stops it after a step',
  'killed-before': 'Switchyard is killed before a command',
  'killed-after': 'Switchyard is killed after a command, before its answer',
};

type FinalState = 'as before' | 'applied' | 'in between';

interface FaultResult {
  readonly kind: FaultKind;
  /** Which command or step it hit, from 1. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly state: FinalState;
  /** Of a killed tool: how the host is when only the guard acts; left out where there is none. */
  readonly guarded?: FinalState;
  readonly message: string;
}

export interface FaultRow {
  readonly one: FixCase;
  readonly results: readonly FaultResult[];
}

interface Ends {
  readonly before: HostState;
  readonly applied: HostState;
}

function nameOf(state: HostState, { before, applied }: Ends): FinalState {
  if (differencesOf(before, state).length === 0) return 'as before';
  return differencesOf(applied, state).length === 0 ? 'applied' : 'in between';
}

/** Runs the plan of a case with a fault, and what a person does next. */
async function suffer(one: FixCase, fault: ChangeFault, ends: Ends): Promise<FaultResult> {
  const lab = openLab(one, fault);
  const secrets = one.secrets ?? {};
  const plan = await planOf(lab, one);
  const run = await lab.apply(plan, { secrets });
  const at = ('command' in fault ? fault.command : fault.step) + 1;
  const told = { kind: fault.kind, at };
  try {
    if (run !== 'killed') {
      if (run.outcome === undefined) throw new Error('A change that ended has no outcome.');
      const state = nameOf(settledState(lab), ends);
      return { ...told, outcome: run.outcome, state, message: run.message ?? '' };
    }
    return { ...told, ...(await recover(lab, secrets, ends)), ...(await guardedEnd(one, fault, ends)) };
  } finally {
    await lab.close();
  }
}

/** A second tool finds the change and takes it back. */
async function recover(lab: ChangeLab, secrets: Readonly<Record<string, string>>, ends: Ends) {
  lab.restartTool();
  const { leftovers } = await lab.changes().state();
  const [left] = leftovers;
  if (left === undefined) throw new Error('Nobody found the change that was cut off.');
  const entry = lab.changes().history().entries[0];
  if (entry?.rollback.isPossible !== true) {
    return {
      outcome: entry?.outcome ?? ('interrupted' as const),
      state: nameOf(settledState(lab), ends),
      message: left.message,
    };
  }
  const begun = lab.changes().rollback(left.id, [], secrets);
  if (!begun.ok) throw new Error(begun.failure.message);
  await lab.changes().settled();
  const { run } = await lab.changes().state();
  return {
    outcome: run?.outcome === 'successful' ? ('rolled-back' as const) : (run?.outcome ?? 'interrupted'),
    state: nameOf(settledState(lab), ends),
    message: run?.message ?? '',
  };
}

/** The same again, with nobody there but the guard. */
async function guardedEnd(one: FixCase, fault: ChangeFault, ends: Ends): Promise<{ guarded?: FinalState }> {
  const lab = openLab(one, fault);
  await lab.apply(await planOf(lab, one), { secrets: one.secrets ?? {} });
  const hasFired = await lab.fireGuard();
  const guarded = nameOf(settledState(lab), ends);
  await lab.close();
  return hasFired ? { guarded } : {};
}

/** Every fault of a case, at every place where it can strike. */
export async function faultsOf(one: FixCase): Promise<FaultRow> {
  const clean = openLab(one);
  const before = stateOf(clean.simulated);
  const plan = await planOf(clean, one);
  const run = await clean.apply(plan, { secrets: one.secrets ?? {} });
  if (run === 'killed' || run.outcome === 'refused') throw new Error(`${one.fix} does not run.`);
  const ends = { before, applied: settledState(clean) };
  await clean.close();
  const places = { commands: clean.ran.length, steps: plan.steps.length };
  const results: FaultResult[] = [];
  for (const kind of faultKinds) {
    const isOfStep = kind === 'unseen' || kind === 'stopped';
    for (let at = 0; at < (isOfStep ? places.steps : places.commands); at += 1) {
      const fault: ChangeFault =
        kind === 'unseen' || kind === 'stopped' ? { kind, step: at } : { kind, command: at };
      results.push(await suffer(one, fault, ends));
    }
  }
  return { one, results };
}

const outcomeWords: Partial<Record<Outcome, string>> = {
  'rolled-back': 'rolled back',
  'partly-undone': 'says what is left',
  'waits-for-restart': 'done, waits for the restart',
  interrupted: 'told as interrupted',
};

function cellText(results: readonly FaultResult[]): string {
  const groups = Map.groupBy(results, ({ outcome, state, guarded }) =>
    [
      outcomeWords[outcome] ?? outcome,
      state,
      ...(guarded === undefined ? [] : [`guard alone: ${guarded}`]),
    ].join(', '),
  );
  return [...groups]
    .map(([text, same]) => (groups.size === 1 ? text : `${text} (at ${same.map(({ at }) => at).join(', ')})`))
    .join('; ');
}

/** Markdown; a table for each fix, with a row for each fault. */
export function faultsText(rows: readonly FaultRow[]): string {
  return [
    '# What happens when a fix goes wrong',
    '',
    'Made by a test from what happened on simulated hosts; `npx vitest run --project main src-main/remediation/fix-faults.test.ts -u` makes it',
    'anew. Each fix runs once for each command and each step, with one thing going wrong there, and the host is then',
    'compared with what it was before, property by property.',
    '',
    '- **rolled back**: everything that was begun is undone by itself; after a kill, by the second Switchyard that finds the journal.',
    '- **guard alone**: nobody comes back, and the guard does what it was armed for.',
    '- **says what is left**: the change ends as not undone and names what it could not take back. Only fixes that are called not',
    '  undone beforehand end so.',
    '- **as before**, **applied**, **in between**: how the host is in the end.',
    '',
    ...rows.flatMap(({ one, results }) => [
      `## ${one.fix}`,
      '',
      `On a host with this: ${one.name}.${isReversible(one) ? '' : ' This fix is called not undone.'}`,
      '',
      '| what goes wrong | places | what becomes of it |',
      '|---|---|---|',
      ...faultKinds.flatMap((kind) => {
        const own = results.filter((result) => result.kind === kind);
        return own.length === 0 ? [] : [`| ${faultWords[kind]} | ${own.length} | ${cellText(own)} |`];
      }),
      '',
    ]),
  ].join('\n');
}
