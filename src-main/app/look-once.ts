/** One look at a host from beginning to end, for a command that answers and ends. */
import type { Capture } from '#shared/capture.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { LookOptions } from '../hosts/host.ts';
import { selectHost, type HostChoice } from './select-host.ts';

export interface OneLook {
  readonly origin: HostOrigin;
  readonly capture: Capture;
}

/** The host is closed again in every case. `onStart` hears where the look goes, before it begins. */
export async function lookOnce(
  choice: HostChoice,
  options: LookOptions & { readonly onStart?: (origin: HostOrigin) => void } = {},
): Promise<Result<OneLook>> {
  const selected = selectHost(choice);
  if (!selected.ok) return selected;
  const host = selected.value;
  try {
    const origin = { source: host.source, label: host.label };
    options.onStart?.(origin);
    const captured = await host.look(options);
    // Half a look is no look, even where the host gives what it had.
    if (options.signal?.aborted === true) return fail('cancelled', 'The look was stopped.');
    return captured.ok ? succeed({ origin, capture: captured.value }) : captured;
  } finally {
    await host.close();
  }
}
