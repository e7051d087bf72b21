/** A host opened for one load from the terminal: looked at, judged, and its load at hand. */
import type { Check } from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import type { LoadRun } from '#shared/load.ts';
import { succeed, type Result } from '#shared/result.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { LookOptions } from '../hosts/host.ts';
import { checkSnapshot } from './check.ts';
import { settingsFor, type SettingsStore } from './host-settings.ts';
import { createLoad, type Load } from './load.ts';
import { selectHost, type HostChoice } from './select-host.ts';
import { trafficLimits } from './traffic.ts';

export interface HostForLoad {
  readonly origin: HostOrigin;
  readonly check: Check;
  readonly load: Load;
  readonly close: () => Promise<void>;
}

export interface OpenForLoadOptions extends LookOptions {
  readonly settings: SettingsStore;
  readonly onRun: (run: LoadRun) => void;
  readonly onStart: (label: string) => void;
}

/** The host is closed again where the look fails; else by `close`. */
export async function openForLoad(
  choice: HostChoice,
  { settings, onRun, onStart, ...look }: OpenForLoadOptions,
): Promise<Result<HostForLoad>> {
  const selected = selectHost(choice);
  if (!selected.ok) return selected;
  const host = selected.value;
  onStart(host.label);
  const captured = await host.look(look);
  if (!captured.ok) {
    await host.close();
    return captured;
  }
  const settled = await settingsFor(settings, captured.value, Date.now());
  const snapshot = readSnapshot(captured.value);
  const check = checkSnapshot(snapshot, captured.value, host.source, settled);
  const load = createLoad({
    host,
    look: () => ({ check, snapshot, limits: trafficLimits(settled.host) }),
    tell: onRun,
  });
  return succeed({
    origin: { source: host.source, label: host.label },
    check,
    load,
    close: async () => {
      await load.close();
      await host.close();
    },
  });
}
