/** A look at the host that a command was told, with progress in the terminal. */
import type { Capture } from '#shared/capture.ts';
import { succeed, type Result } from '#shared/result.ts';
import { visibleText } from '#shared/visible-text.ts';
import { openSettings, settingsFor, type SettingsStore } from '../app/host-settings.ts';
import type { JudgeSettings } from '../app/judge-settings.ts';
import { lookOnce, type OneLook, type OneLookOptions } from '../app/look-once.ts';
import { sourceOf, type HostChoice } from '../app/select-host.ts';
import type { Terminal } from './terminal.ts';

export async function lookWithProgress(
  choice: HostChoice,
  terminal: Terminal,
  packets?: OneLookOptions['packets'],
): Promise<Result<OneLook>> {
  let label = '';
  const looked = await lookOnce(choice, {
    signal: terminal.signal,
    ...(packets !== undefined && { packets }),
    onStart: (origin) => {
      label = visibleText(origin.label);
      terminal.progress(`Looking at ${label} ...`);
    },
    onProgress: ({ done, total, observation }) =>
      terminal.progress(`Looking at ${label}: ${done} of ${total}, ${observation}`),
  });
  terminal.progress('');
  return looked;
}

export interface SettledLook extends OneLook {
  readonly settings: JudgeSettings;
  readonly store: SettingsStore;
}

/** A look, with what was set for that host. A settings file that is named and not there ends it before the look. */
export async function lookWithSettings(
  options: HostChoice & { readonly settings?: string | undefined },
  terminal: Terminal,
  {
    mayBeNew = false,
    sendPackets = false,
  }: { readonly mayBeNew?: boolean; readonly sendPackets?: boolean } = {},
): Promise<Result<SettledLook>> {
  const store = openSettings({ file: options.settings, source: sourceOf(options), mayBeNew });
  if (!store.ok) return store;
  const settingsOf = (capture: Capture): Promise<JudgeSettings> =>
    settingsFor(store.value, capture, terminal.textOptions().nowMs);
  const looked = await lookWithProgress(options, terminal, sendPackets ? { settingsOf } : undefined);
  if (!looked.ok) return looked;
  const settings = await settingsOf(looked.value.capture);
  return succeed({ ...looked.value, settings, store: store.value });
}

/** What of the settings could not be read, for answers that have no place for it. */
export function remarkIgnored({ ignored }: JudgeSettings, terminal: Terminal): void {
  for (const sentence of ignored) terminal.remark(visibleText(`Settings: ${sentence}`));
}
