/** What `plan` and `fix` share: which findings, which fix, which answers. */
import type { ChoiceValue, FixPlan, PlanWish } from '#shared/fix-plan.ts';
import { fail, type Result } from '#shared/result.ts';
import { visibleText } from '#shared/visible-text.ts';
import { openForChange, type OpenedHost } from '../app/change-host.ts';
import { openSettings } from '../app/host-settings.ts';
import { selectHost, sourceOf } from '../app/select-host.ts';
import { judgingOptions, WrongCall, type OptionShapes, type OptionValues } from './command.ts';
import type { Terminal } from './terminal.ts';

export const planOptions = {
  ...judgingOptions,
  finding: { type: 'string', isWord: true, isList: true },
  with: { type: 'string', isList: true },
  set: { type: 'string', isList: true },
  guard: { type: 'string' },
} as const satisfies OptionShapes;

export const planHelp = `What is to be fixed
  FINDING ...          ids of findings, or a rule that has one finding; several make one plan
  --with FINDING=FIX   which fix, where a finding has several
  --set CHOICE=VALUE   an answer to what only you can decide; values of a list are parted by commas
  --guard SECONDS      how long the guard waits, 30 to 1800 (120)`;

type PlanValues = OptionValues<typeof planOptions>;

function pairOf(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new WrongCall(`${option} needs a name, =, and a value: ${visibleText(text)}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Throws {@link WrongCall}. */
export function readWish(options: PlanValues): PlanWish {
  if (options.finding.length === 0) {
    throw new WrongCall('Which finding?', 'switchyard check lists them with their ids.');
  }
  const seconds = options.guard === undefined ? undefined : Number(options.guard);
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 30 && seconds <= 1800)) {
    throw new WrongCall('--guard is a number of seconds from 30 to 1800.');
  }
  return {
    findings: options.finding,
    fixes: Object.fromEntries(options.with.map((text) => pairOf(text, '--with'))),
    answers: Object.fromEntries(options.set.map((text) => pairOf(text, '--set'))),
    ...(seconds !== undefined && { guardSeconds: seconds }),
  };
}

/** The plan; answers to questions that take a list are made one, since only the plan knows which these are. */
export async function planWish(host: OpenedHost, wish: PlanWish): Promise<Result<FixPlan>> {
  const first = await host.changes.plan(wish);
  if (!first.ok) return first;
  const lists = new Set(first.value.choices.flatMap(({ id, type }) => (type === 'several-of' ? [id] : [])));
  const given = Object.entries(wish.answers ?? {});
  if (!given.some(([id]) => lists.has(id))) return first;
  const answers = given.map(([id, value]): [string, ChoiceValue] => [
    id,
    lists.has(id) && typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value,
  ]);
  return host.changes.plan({ ...wish, answers: Object.fromEntries(answers) });
}

export async function openHost(
  options: OptionValues<typeof judgingOptions>,
  terminal: Terminal,
  onProgressOfChange: Parameters<typeof openForChange>[2]['onProgressOfChange'] = () => undefined,
): Promise<Result<OpenedHost>> {
  const settings = openSettings({ file: options.settings, source: sourceOf(options), mayBeNew: false });
  if (!settings.ok) return settings;
  const selected = selectHost(options);
  if (!selected.ok) return selected;
  const opened = await openForChange(selected.value, settings.value, {
    signal: terminal.signal,
    onProgress: ({ done, total, observation }) =>
      terminal.progress(
        `Looking at ${visibleText(selected.value.label)}: ${done} of ${total}, ${observation}`,
      ),
    onProgressOfChange,
  });
  terminal.progress('');
  if (terminal.signal.aborted) {
    if (opened.ok) await opened.value.close();
    return fail('cancelled', 'The look was stopped.');
  }
  return opened;
}
