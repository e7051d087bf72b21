/** `switchyard settings`: what a person told about a host: shown and changed, without editing the file by hand. */
import { formatInstant } from '#shared/age.ts';
import { visibleText } from '#shared/visible-text.ts';
import { pinFile, pinLook } from '../app/baseline.ts';
import { checkCapture } from '../app/check.ts';
import { settingsState } from '../app/host-settings.ts';
import { nearest } from '../app/nearest.ts';
import { vendorProfileIds } from '../app/vendor-profiles.ts';
import { renderSettingsText } from '../report/settings-text.ts';
import {
  defineCommand,
  judgingHelp,
  judgingOptions,
  WrongCall,
  type OptionShapes,
  type OptionValues,
} from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings, type SettledLook } from './look.ts';
import {
  setLinks,
  setProfile,
  setRole,
  setThreshold,
  unwaive,
  waive,
  type Edited,
  type SetOn,
} from './settings-actions.ts';
import { showFailure } from './show-failure.ts';
import type { Terminal } from './terminal.ts';

const options = {
  ...judgingOptions,
  words: { type: 'string', isWord: true, isList: true },
  reason: { type: 'string' },
  until: { type: 'string' },
  by: { type: 'string' },
  about: { type: 'string', isList: true },
  every: { type: 'boolean' },
  json: { type: 'boolean' },
} as const satisfies OptionShapes;

type Given = OptionValues<typeof options>;

const actions: Readonly<Record<string, (words: readonly string[], given: Given, on: SetOn) => Edited>> = {
  waive: (words, given, on) => waive(words, given, on),
  unwaive: (words, _, on) => unwaive(words, on),
  threshold: (words) => setThreshold(words),
  role: (words, _, on) => setRole(words, on),
  profile: (words) => setProfile(words),
  links: (words, _, on) => setLinks(words, on),
};
const actionNames = ['show', ...Object.keys(actions), 'baseline'];

export const command = defineCommand({
  help: `switchyard settings: what you told Switchyard about a host

  switchyard settings [show] [--json]                     what is set, and what can be
  switchyard settings waive FINDING --reason TEXT --until DATE [--by NAME]
                                                          live with a finding until a day: it stays visible, and
                                                          no longer counts for the exit code. FINDING is an id of
                                                          check --json, or its rule where that has one finding
  switchyard settings waive RULE --every | --about NAME ...
                                                          the same for all findings of a rule, or for those that
                                                          are about nothing but the things named
  switchyard settings unwaive FINDING                     let it count again
  switchyard settings threshold ID VALUE|default          a figure that a verdict turns on
  switchyard settings role INTERFACE ROLE[,ROLE]|default  storage, not-storage, management, vm, live-migration,
                                                          cluster, backup
  switchyard settings profile VENDOR|none                 ${vendorProfileIds().slice(0, 3).join(', ')} ...
  switchyard settings links TARGET ADDRESS=SPEED ...|none the target's own links: 10.0.1.5=10G, or 10.0.1.5=2x1G
                                                          for two behind one address
  switchyard settings baseline [FILE|none]                pin the look of now, or a capture file, for
                                                          diff --baseline and the rules that compare with it

${judgingHelp}

DATE is a day such as 2027-03-31, to whose end it counts, or a number of days such as 90d.
The file is JSON, made for version control, and described in docs/settings.md.

Exit code
  0  shown or written     3  the host could not be looked at, or the file not be written     64  a wrong call`,
  options,
  run: async (given, terminal) => {
    const [action = 'show', ...words] = given.words;
    if (!actionNames.includes(action)) {
      const meant = nearest(action, actionNames);
      throw new WrongCall(
        visibleText(`There is nothing to do that is called "${action}".`),
        meant === undefined ? `There are: ${actionNames.join(', ')}.` : `Did you mean settings ${meant}?`,
      );
    }
    const isShow = action === 'show';
    if (!isShow && given.demo !== undefined && given.settings === undefined) {
      throw new WrongCall(
        'Of a demo host nothing is kept.',
        'Name a file to keep it in: --settings FILE, here and for the commands that are to heed it.',
      );
    }
    const looked = await lookWithSettings(given, terminal, { mayBeNew: !isShow });
    if (!looked.ok) return showFailure(looked.failure, terminal);
    if (isShow) return show(looked.value, given.json, terminal);
    if (action === 'baseline') return baseline(words, looked.value, terminal);
    return change(action, words, given, looked.value, terminal);
  },
});

async function show({ store, capture }: SettledLook, json: boolean, terminal: Terminal): Promise<number> {
  const textOptions = terminal.textOptions();
  const state = await settingsState(store, capture, textOptions.nowMs);
  terminal.answer(
    json
      ? JSON.stringify({ format: 'switchyard-settings-state', version: 1, ...state }, undefined, 2)
      : renderSettingsText(state, textOptions),
  );
  return exitCodes.fine;
}

function change(
  action: string,
  words: readonly string[],
  given: Given,
  { store, capture, origin, settings }: SettledLook,
  terminal: Terminal,
): number {
  const check = checkCapture(capture, origin.source, settings);
  const on: SetOn = { check, waivers: settings.host.waivers, today: settings.today };
  const edited = actions[action]?.(words, given, on);
  if (edited === undefined) throw new WrongCall(`There is nothing to do that is called "${action}".`);
  const written = store.change(capture.host.name, edited.edit);
  if (!written.ok) return showFailure(written.failure, terminal);
  return done(`${capture.host.name}: ${edited.said}`, store.from, terminal);
}

async function baseline(
  [file, ...more]: readonly string[],
  { store, capture }: SettledLook,
  terminal: Terminal,
): Promise<number> {
  if (more.length > 0) throw new WrongCall('One look is pinned.', 'switchyard settings baseline [FILE|none]');
  const host = capture.host.name;
  if (file?.toLowerCase() === 'none') {
    const written = store.change(host, { set: 'baseline', baseline: null });
    return written.ok
      ? done(`${host}: no look is pinned.`, store.from, terminal)
      : showFailure(written.failure, terminal);
  }
  if (file === undefined) {
    const pinned = await pinLook(store, capture);
    return pinned.ok
      ? done(`${host}: the look of now is pinned, in ${pinned.value}.`, store.from, terminal)
      : showFailure(pinned.failure, terminal);
  }
  const pinned = await pinFile(store, host, file);
  return pinned.ok
    ? done(
        `${host}: the look at ${pinned.value.host.name} of ${formatInstant(pinned.value.takenAt)} is pinned.`,
        store.from,
        terminal,
      )
    : showFailure(pinned.failure, terminal);
}

function done(said: string, from: string, terminal: Terminal): number {
  terminal.answer(visibleText(said));
  terminal.answer(visibleText(`Written to ${from}.`));
  return exitCodes.fine;
}
