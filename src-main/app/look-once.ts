/** One look at a host from beginning to end, for a command that answers and ends. */
import type { Capture } from '#shared/capture.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { LookOptions } from '../hosts/host.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { selectHost, type HostChoice } from './select-host.ts';
import { withPackets } from './with-packets.ts';

export interface OneLook {
  readonly origin: HostOrigin;
  readonly capture: Capture;
}

export interface OneLookOptions extends LookOptions {
  /** Hears where the look goes, before it begins. */
  readonly onStart?: (origin: HostOrigin) => void;
  /** Given: packets are sent to the ends of storage as well, from what counts as storage by these settings. */
  readonly packets?: { readonly settingsOf: (capture: Capture) => Promise<JudgeSettings | undefined> };
}

/** The host is closed again in every case. */
export async function lookOnce(choice: HostChoice, options: OneLookOptions = {}): Promise<Result<OneLook>> {
  const selected = selectHost(choice);
  if (!selected.ok) return selected;
  const host = selected.value;
  try {
    const origin = { source: host.source, label: host.label };
    options.onStart?.(origin);
    const captured = await host.look(options);
    // Half a look is no look, even where the host gives what it had.
    if (options.signal?.aborted === true) return fail('cancelled', 'The look was stopped.');
    if (!captured.ok) return captured;
    const { packets } = options;
    if (packets === undefined) return succeed({ origin, capture: captured.value });
    const settings = await packets.settingsOf(captured.value);
    const probed = await withPackets(host, captured.value, { ...options, settings });
    return probed.ok ? succeed({ origin, capture: probed.value }) : probed;
  } finally {
    await host.close();
  }
}
