/** `switchyard demos`: the simulated hosts that can be looked at. */
import { listDemos } from '../app/select-host.ts';
import { wrapText } from '../report/text-width.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

export const command = defineCommand({
  help: `switchyard demos: the simulated hosts that --demo NAME looks at

  switchyard demos`,
  options: {},
  run: (_options, terminal) => {
    const { width } = terminal.textOptions();
    for (const { id, title, story } of listDemos()) {
      terminal.answer(`${id}\n  ${title}`);
      for (const line of wrapText(story, width - 4)) terminal.answer(`    ${line}`);
    }
    return Promise.resolve(exitCodes.fine);
  },
});
