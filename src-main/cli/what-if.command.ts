/** `switchyard what-if`: what would be lost, slower or found if something failed or were added. */
import { visibleText } from '#shared/visible-text.ts';
import { mostChanges } from '#shared/what-if.ts';
import { readTypedChanges, simulate } from '../app/what-if.ts';
import { nearest } from '../app/nearest.ts';
import { renderWhatIfJson } from '../report/what-if-json.ts';
import { renderWhatIfText } from '../report/what-if-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings, remarkIgnored } from './look.ts';
import { showFailure } from './show-failure.ts';

const candidatesShown = 12;

/** The nearest of what could be meant, or the first of them. */
function hintOf(typed: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const names = candidates.map((candidate) => candidate.slice(candidate.indexOf(':') + 1));
  const bare = typed.slice(typed.indexOf(':') + 1);
  const meant = candidates.length > 2 ? nearest(bare, names) : undefined;
  const index = meant === undefined ? -1 : names.indexOf(meant);
  const found = candidates[index];
  if (found !== undefined) return visibleText(`Did you mean "${found}"?`);
  const more = candidates.length - candidatesShown;
  return visibleText(
    `It can be: ${candidates.slice(0, candidatesShown).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  );
}

export const command = defineCommand({
  help: `switchyard what-if: a simulation of what fails or is added; nothing on the host is changed

  switchyard what-if --fail THING ... --add THING ... [--capture FILE | --demo NAME | --host local] [--json]

${judgingHelp}

What changes; each may be given several times
  --fail [KIND:]NAME       a cable is pulled, a thing fails or is removed. KIND is only needed where two things
                           have the name: adapter, team, team-nic, vswitch, vnic, address, session, connection,
                           portal, target, channel, path
  --add session:FROM,TO[,TARGET]        a session between an initiator address and a portal
  --add nic:NAME,TEAM-OR-VSWITCH[,10G]  a NIC as a member of a team
  --add nic:NAME,ADDRESS/PREFIX[,10G]   a NIC with an address of its own
  --add vnic:NAME,VSWITCH,ADDRESS/PREFIX
  --add portal:ADDRESS[:PORT][,TARGET]

Names
  As Windows shows them, in any case. A session is named by its two addresses: --fail session:10.0.0.1,10.0.1.1
  After --fail the name is taken as it stands, with commas and colons; only a name that itself begins with a
  word for a kind needs the kind before it: adapter:team:7
  After --add commas part the values: write \\, for a comma inside a name, and \\\\ for a backslash

Answer
  --json       for programs: JSON on standard output, everything else on standard error
  -h, --help   this text

Exit code
  0  simulated, no storage would be lost     3  the simulation could not be made
  1  simulated, storage would be lost       64  a wrong call, or a name that nothing has`,
  options: {
    ...judgingOptions,
    fail: { type: 'string', isList: true },
    add: { type: 'string', isList: true },
    json: { type: 'boolean' },
  },
  run: async (options, terminal) => {
    const count = options.fail.length + options.add.length;
    if (count === 0) throw new WrongCall('What changes?', 'Give --fail THING or --add THING.');
    if (count > mostChanges)
      throw new WrongCall(`No more than ${mostChanges} changes can be simulated at once.`);
    const looked = await lookWithSettings(options, terminal);
    if (!looked.ok) return showFailure(looked.failure, terminal);
    const { capture, origin, settings } = looked.value;
    remarkIgnored(settings, terminal);
    const typed = readTypedChanges(capture, { fail: options.fail, add: options.add });
    if ('wrong' in typed)
      throw new WrongCall(visibleText(typed.wrong), hintOf(typed.typed, typed.candidates));
    const answer = simulate(capture, origin.source, typed.changes, settings);
    const refused = answer.changes.find((change) => change.refused !== undefined);
    if (refused !== undefined) {
      throw new WrongCall(
        visibleText(`${refused.text}: this cannot be.`),
        visibleText(refused.refused ?? ''),
      );
    }
    terminal.answer(
      options.json
        ? JSON.stringify(renderWhatIfJson(answer), undefined, 2)
        : renderWhatIfText(answer, origin, terminal.textOptions()),
    );
    const isLost = answer.comparison.targets.some(({ fate }) => fate === 'lost');
    return isLost || answer.comparison.lostDisks.length > 0 ? exitCodes.warning : exitCodes.fine;
  },
});
