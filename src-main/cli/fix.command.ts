/** `switchyard fix`: makes a plan, shows it, and after its confirmation does it. */
import type { ChangeRun, FixPlan, PlanWish } from '#shared/fix-plan.ts';
import { visibleText } from '#shared/visible-text.ts';
import type { OpenedHost } from '../app/change-host.ts';
import { renderPlanText, renderRunText } from '../report/change-text.ts';
import { renderCheckBrief } from '../report/check-text.ts';
import { defineCommand, judgingHelp } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { askSecrets } from './ask-secrets.ts';
import { openHost, planHelp, planOptions, planWish, readWish } from './plan-options.ts';
import { showFailure } from './show-failure.ts';
import type { Terminal } from './terminal.ts';

export const command = defineCommand({
  help: `switchyard fix: does what a finding asks for, after you confirmed the very plan, and can undo it

  switchyard fix FINDING ... [--yes HASH] [--dry-run] [--set CHOICE=VALUE] [--demo NAME | --host local]

${planHelp}

${judgingHelp}
                    The changes of a demo last as long as the command: it shows the host before and after,
                    restarts it where a change waits for that, and goes on to what comes next.

Confirmation
  --yes HASH        the hash of the plan as it was shown; a plan that is another by now is not run
  --type SENTENCE   what a refusal asks to be typed, word for word
  --dry-run         shows the plan and ends
  Without --yes the plan is shown and asked for, where the terminal can be asked. Secrets are always asked for.

  -h, --help        this text

Exit code
  0  done and proven                       3  not done: refused, stopped, or no plan could be made
  1  done, and a finding is still there    64  a wrong call
  2  failed; the answer says what is undone`,
  options: {
    ...planOptions,
    yes: { type: 'string' },
    type: { type: 'string', isList: true },
    'dry-run': { type: 'boolean' },
  },
  run: async (options, terminal) => {
    const wish = readWish(options);
    let ask = (_: ChangeRun): void => undefined;
    let shown = '';
    const opened = await openHost(options, terminal, (run) => {
      const line = `${run.phase}: ${run.steps.map(({ state }) => state).join(', ')}`;
      if (line !== shown) terminal.progress(visibleText(line));
      shown = line;
      ask(run);
    });
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const host = opened.value;
    try {
      const follow = (told: typeof ask): void => {
        ask = told;
      };
      // Of a demo each step on the way out of a finding is done within this call: nothing of it is left afterwards.
      let code = await doOnce(host, wish, { ...options, confirmed: options.yes }, terminal, follow);
      for (;;) {
        const { run } = await host.changes.state();
        const ended = await restartDemo(run, host, terminal);
        if (ended === undefined) return code;
        code = exitCodeOf(ended);
        if (ended.next === undefined) return code;
        const next = { findings: [ended.next.finding] };
        code = await doOnce(host, next, { ...options, confirmed: undefined }, terminal, follow);
      }
    } finally {
      await host.close();
    }
  },
});

interface Given {
  /** The hash that was confirmed beforehand. */
  readonly confirmed: string | undefined;
  readonly type: readonly string[];
  readonly 'dry-run': boolean;
}

/** One plan: shown, confirmed, done. The exit code. */
async function doOnce(
  host: OpenedHost,
  wish: PlanWish,
  given: Given,
  terminal: Terminal,
  follow: (told: (run: ChangeRun) => void) => void,
): Promise<number> {
  const planned = await planWish(host, wish);
  if (!planned.ok) return showFailure(planned.failure, terminal);
  const plan = planned.value;
  terminal.answer(renderPlanText(plan, terminal.textOptions()));
  if (given['dry-run']) return exitCodes.fine;
  const isConfirmed = await confirm(plan, given.confirmed, terminal);
  if (!isConfirmed) return exitCodes.notMade;
  const secrets = await askSecrets(
    plan.choices.filter(({ type }) => type === 'secret'),
    terminal,
  );
  if (secrets === undefined) return exitCodes.notMade;
  follow((run) => askStillThere(run, host, terminal));
  const begun = host.changes.apply({ planHash: plan.hash, typed: given.type, secrets });
  if (!begun.ok) return showFailure(begun.failure, terminal);
  const stop = (): void => void host.changes.cancel(begun.value.runId);
  terminal.signal.addEventListener('abort', stop, { once: true });
  await host.changes.settled();
  terminal.progress('');
  const { run } = await host.changes.state();
  if (run === undefined) return exitCodes.notMade;
  terminal.answer(`\n${renderRunText(run, terminal.textOptions())}`);
  await showAfter(run, host, terminal);
  return exitCodeOf(run);
}

/** The change as it is after the restart of the simulated host; undefined where none was wanted. */
async function restartDemo(
  run: ChangeRun | undefined,
  host: OpenedHost,
  terminal: Terminal,
): Promise<ChangeRun | undefined> {
  if (run?.outcome !== 'waits-for-restart' || !run.isSimulated || terminal.signal.aborted) return undefined;
  const answer = await terminal.ask('Press Enter to restart the simulated host now, or type no: ');
  if (answer !== undefined && answer.trim() !== '') return undefined;
  const resumed = await host.changes.restart(run.id);
  if (!resumed.ok) {
    showFailure(resumed.failure, terminal);
    return undefined;
  }
  const { run: ended } = await host.changes.state();
  if (ended === undefined) return undefined;
  terminal.answer(`\n${renderRunText({ ...ended, steps: [] }, terminal.textOptions())}`);
  await showAfter(ended, host, terminal);
  if (answer !== undefined) return ended;
  // Nobody is there to confirm a further plan.
  const { next: _, ...alone } = ended;
  return alone;
}

async function confirm(plan: FixPlan, yes: string | undefined, terminal: Terminal): Promise<boolean> {
  if (yes !== undefined) {
    if (yes === plan.hash) return true;
    terminal.remark('The plan is another by now than the one of --yes. Look at it, and confirm this one.');
    return false;
  }
  const word = plan.hash.slice(0, 8);
  const answer = await terminal.ask(`Type ${word} to do it, anything else to leave it: `);
  if (answer?.trim() === word) return true;
  terminal.remark(answer === undefined ? `To do it: --yes ${plan.hash}` : 'Nothing was changed.');
  return false;
}

let asked: string | undefined;

function askStillThere(run: ChangeRun, host: OpenedHost, terminal: Terminal): void {
  if (run.phase !== 'asking' || asked === run.id) return;
  asked = run.id;
  const until = run.answerBy ?? '';
  void terminal
    .ask(`Still there? Press Enter before ${until}; else everything is undone. `)
    .then((answer) => {
      if (answer !== undefined) host.changes.stillThere(run.id);
    });
}

/** A demo is gone with the command, so it shows what came of it. */
async function showAfter(run: ChangeRun, host: OpenedHost, terminal: Terminal): Promise<void> {
  if (!run.isSimulated || run.outcome === 'refused') return;
  const again = await host.lookAgain();
  if (again.ok) terminal.answer(`\nThe host now:\n${renderCheckBrief(again.value, terminal.textOptions())}`);
}

function exitCodeOf({ outcome = 'refused' }: ChangeRun): number {
  if (outcome === 'refused') return exitCodes.notMade;
  if (outcome === 'goal-not-reached') return exitCodes.warning;
  return outcome === 'successful' || outcome === 'waits-for-restart' ? exitCodes.fine : exitCodes.error;
}
