/** `switchyard plan`: what a fix would do, step by step, without doing it. */
import { writeFile } from 'node:fs/promises';
import { visibleText } from '#shared/visible-text.ts';
import { renderPlanText } from '../report/change-text.ts';
import { defineCommand, judgingHelp } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openHost, planHelp, planOptions, planWish, readWish } from './plan-options.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard plan: what a fix would do, step by step; nothing is changed

  switchyard plan FINDING ... [--with FINDING=FIX] [--set CHOICE=VALUE] [-o FILE.ps1] [--capture FILE | --demo NAME]

${planHelp}

${judgingHelp}

Answer
  -o, --output FILE   the plan as a PowerShell script to review or to run by hand, with its way back
  --json              for programs: JSON on standard output
  -h, --help          this text

Exit code
  0  the plan could be applied     1  something stands in its way
  3  no plan could be made        64  a wrong call`,
  options: {
    ...planOptions,
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  },
  run: async (options, terminal) => {
    const wish = readWish(options);
    const opened = await openHost(options, terminal);
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const host = opened.value;
    try {
      const planned = await planWish(host, wish);
      if (!planned.ok) return showFailure(planned.failure, terminal);
      const plan = planned.value;
      terminal.answer(
        options.json ? JSON.stringify(plan, undefined, 2) : renderPlanText(plan, terminal.textOptions()),
      );
      if (options.output !== undefined) {
        const script = host.changes.script(plan.hash);
        if (!script.ok) return showFailure(script.failure, terminal);
        // Windows PowerShell reads a file without this mark in the language of the host.
        await writeFile(options.output, `\uFEFF${script.value}`);
        terminal.remark(`Written to ${visibleText(options.output)}.`);
      }
      const isFree = plan.refusals.length === 0 && Object.keys(plan.problems).length === 0;
      return isFree ? exitCodes.fine : exitCodes.warning;
    } finally {
      await host.close();
    }
  },
});
