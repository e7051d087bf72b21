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
  'killed-after',
  'killed-noting',
  'killed-noted',
] as const satisfies readonly ChangeFault['kind'][];
type FaultKind = (typeof faultKinds)[number];

const faultWords: Readonly<Record<FaultKind, string>> = {
  refused: 'a command is refused',
  'late-error': 'a command takes effect and says that it failed',
  lost: 'a command takes effect and its answer is lost',
  unseen: 'what has to be seen cannot be looked at',
  stopped: 'the person stops it after a step',
  'killed-after': 'Switchyard is killed after a command, before its answer',
  'killed-noting': 'Switchyard is killed before it writes a line of the journal',
  'killed-noted': 'Switchyard is killed when it has written a line of the journal',
};

type FinalState = 'as before' | 'applied' | 'in between';

interface FaultResult {
  readonly kind: FaultKind;
  /** Which command, step or line it hit, from 1. */
  readonly at: number;
  /** `not-begun`: the journal knows of no change. */
  readonly outcome: Outcome | 'not-begun';
  readonly state: FinalState;
  /** Of a killed tool: how the host is when nobody comes back. */
  readonly alone?: LeftAlone;
  readonly message: string;
}

interface LeftAlone {
  readonly state: FinalState;
  readonly isGuarded: boolean;
  /** The next Switchyard says that a change was not finished. */
  readonly isTold: boolean;
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
  const lab = openLab(one, { fault });
  const secrets = one.secrets ?? {};
  const plan = await planOf(lab, one);
  const run = await lab.apply(plan, { secrets });
  const at = ('command' in fault ? fault.command : 'line' in fault ? fault.line : fault.step) + 1;
  const told = { kind: fault.kind, at };
  try {
    if (run !== 'killed') {
      if (run.outcome === undefined) throw new Error('A change that ended has no outcome.');
      const state = nameOf(settledState(lab), ends);
      return { ...told, outcome: run.outcome, state, message: run.message ?? '' };
    }
    return { ...told, ...(await recover(lab, secrets, ends)), alone: await leftAlone(one, fault, ends) };
  } finally {
    await lab.close();
  }
}

/** A second tool finds the change and takes it back, where it was not over. */
async function recover(lab: ChangeLab, secrets: Readonly<Record<string, string>>, ends: Ends) {
  lab.restartTool();
  const [left] = (await lab.changes().state()).leftovers;
  const [entry] = lab.changes().history().entries;
  if (left === undefined || entry?.rollback.isPossible !== true) {
    return {
      outcome: entry?.outcome ?? ('not-begun' as const),
      state: nameOf(settledState(lab), ends),
      message: left?.message ?? entry?.message ?? 'Nothing was begun.',
    };
  }
  const begun = lab.changes().rollback(left.id, [], secrets);
  if (!begun.ok) throw new Error(begun.failure.message);
  await lab.changes().settled();
  const { run, leftovers } = await lab.changes().state();
  if (leftovers.length > 0 || (await lab.hasGuard()))
    throw new Error('A change that was taken back is over.');
  return {
    outcome: run?.outcome === 'successful' ? ('rolled-back' as const) : (run?.outcome ?? 'interrupted'),
    state: nameOf(settledState(lab), ends),
    message: run?.message ?? '',
  };
}

/** The same again, with nobody there until the deadline of the guard is past. */
async function leftAlone(one: FixCase, fault: ChangeFault, ends: Ends): Promise<LeftAlone> {
  const lab = openLab(one, { fault });
  const plan = await planOf(lab, one);
  await lab.apply(plan, { secrets: one.secrets ?? {} });
  lab.restartTool();
  const isGuarded = await lab.hasGuard();
  lab.letTimePass(plan.guard.seconds * 1000);
  const state = nameOf(settledState(lab), ends);
  const { leftovers } = await lab.changes().state();
  await lab.close();
  return { state, isGuarded, isTold: leftovers.some(({ message }) => message !== '') };
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
  const written = clean.journal.read();
  const places = {
    command: clean.ran.length,
    step: plan.steps.length,
    line: written.ok ? written.value.events.length : 0,
  };
  const results: FaultResult[] = [];
  for (const kind of faultKinds) {
    const of = placeOf[kind];
    for (let at = 0; at < places[of]; at += 1) {
      results.push(await suffer(one, { kind, [of]: at } as ChangeFault, ends));
    }
  }
  return { one, results };
}

const placeOf: Readonly<Record<FaultKind, 'command' | 'step' | 'line'>> = {
  refused: 'command',
  'late-error': 'command',
  lost: 'command',
  unseen: 'step',
  stopped: 'step',
  'killed-after': 'command',
  'killed-noting': 'line',
  'killed-noted': 'line',
};

const outcomeWords: Partial<Record<FaultResult['outcome'], string>> = {
  'not-begun': 'had not begun',
  successful: 'was over',
  'rolled-back': 'rolled back',
  'partly-undone': 'says what is left',
  'waits-for-restart': 'done, waits for the restart',
  interrupted: 'told as interrupted',
};

/** `2 to 5, 7` */
function rangesText(places: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last?.[1] === place - 1) last[1] = place;
    else ranges.push([place, place]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
}

function cellText(results: readonly FaultResult[], say: (result: FaultResult) => string): string {
  const groups = Map.groupBy(results, say);
  return [...groups]
    .map(([text, same]) =>
      groups.size === 1 ? text : `${text} (at ${rangesText(same.map(({ at }) => at))})`,
    )
    .join('; ');
}

function outcomeText({ outcome, state }: FaultResult): string {
  return `${outcomeWords[outcome] ?? outcome}, ${state}`;
}

function aloneText({ alone }: FaultResult): string {
  if (alone === undefined) return '';
  const { state, isGuarded, isTold } = alone;
  return `${isGuarded ? 'guard: ' : ''}${state}${state === 'in between' && isTold ? ', told' : ''}`;
}

/** How many kills of fixes that can be taken back end how, when nobody comes back. */
function killsText(rows: readonly FaultRow[]): string {
  const left = rows
    .filter(({ one }) => isReversible(one))
    .flatMap(({ results }) => results.flatMap(({ alone }) => alone ?? []));
  const count = (wanted: FinalState, isGuarded: boolean): number =>
    left.filter((alone) => alone.state === wanted && alone.isGuarded === isGuarded).length;
  return [
    `Switchyard was killed at ${left.length} places of the fixes that can be taken back.`,
    `With a guard armed, nobody coming back: ${count('as before', true)} as before, ${count('applied', true)} applied, ${count('in between', true)} in between.`,
    `Without one: ${count('as before', false)} as before, ${count('applied', false)} applied, ${count('in between', false)} in between and told.`,
    'A second Switchyard that comes takes back each that was not over.',
  ].join('\n');
}

/** Markdown; a table for each fix, with a row for each fault. */
export function faultsText(rows: readonly FaultRow[]): string {
  return [
    '# What happens when a fix goes wrong',
    '',
    'Made by a test from what happened on simulated hosts; `npx vitest run --project main src-main/remediation/fix-faults.test.ts -u` makes it',
    'anew. Each fix runs once for each command, each step and each line of its journal, with one thing going wrong there, and',
    'the host is then compared with what it was before, property by property.',
    '',
    '- **rolled back**: everything that was begun is undone by itself; after a kill, by the second Switchyard that finds the journal.',
    '- **when nobody comes back**: after a kill, until the deadline of the guard is past. **guard**: one was armed; else there was',
    '  none, or it was taken away already. **told**: the next Switchyard says first that the change was not finished.',
    '- **was over**, **had not begun**: there was nothing left to do about it.',
    '- **says what is left**: the change ends as not undone and names what it could not take back. Only fixes that are called not',
    '  undone beforehand end so.',
    '- **as before**, **applied**, **in between**: how the host is in the end.',
    '',
    killsText(rows),
    '',
    ...rows.flatMap(({ one, results }) => [
      `## ${one.fix}`,
      '',
      `On a host with this: ${one.name}.${isReversible(one) ? '' : ' This fix is called not undone.'}`,
      '',
      '| what goes wrong | places | what becomes of it | when nobody comes back |',
      '|---|---|---|---|',
      ...faultKinds.flatMap((kind) => {
        const own = results.filter((result) => result.kind === kind);
        const cells = [faultWords[kind], own.length, cellText(own, outcomeText), cellText(own, aloneText)];
        return own.length === 0 ? [] : [`| ${cells.join(' | ')} |`];
      }),
      '',
    ]),
  ].join('\n');
}
