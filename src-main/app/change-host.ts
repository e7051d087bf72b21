/** A host opened for one change from the terminal: looked at, judged, and its changes at hand. */
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { ChangeRun } from '#shared/fix-plan.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { Host, LookOptions } from '../hosts/host.ts';
import { createChanges, type Changes } from './changes.ts';
import { checkCapture } from './check.ts';
import { settingsFor, type SettingsStore } from './host-settings.ts';

export interface OpenedHost {
  readonly origin: HostOrigin;
  readonly changes: Changes;
  /** Of the newest look. */
  readonly check: () => Check;
  readonly lookAgain: () => Promise<Result<Check>>;
  readonly close: () => Promise<void>;
}

/** The host is closed again where the look fails; else by `close`. */
export async function openForChange(
  host: Host,
  settings: SettingsStore,
  options: LookOptions & { readonly onProgressOfChange: (run: ChangeRun) => void },
): Promise<Result<OpenedHost>> {
  const { onProgressOfChange, ...lookOptions } = options;
  const captured = await host.look(lookOptions);
  if (!captured.ok) {
    await host.close();
    return captured;
  }
  let capture: Capture = captured.value;
  const settled = await settingsFor(settings, capture, Date.now());
  const judge = (taken: Capture): Check => checkCapture(taken, host.source, settled);
  const changes = createChanges({
    host,
    judge,
    capture: () => capture,
    tell: onProgressOfChange,
    onEnd: () => undefined,
  });
  return succeed({
    origin: { source: host.source, label: host.label },
    changes,
    check: () => judge(capture),
    lookAgain: async () => {
      const again = await host.look();
      if (!again.ok) return again;
      capture = again.value;
      return succeed(judge(capture));
    },
    close: async () => {
      await changes.close();
      await host.close();
    },
  });
}
