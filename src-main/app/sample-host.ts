/** A look at a host and then its counters, for a command that answers as long as they come. */
import type { HostOrigin } from '#shared/host-state.ts';
import type { SamplerState } from '#shared/live.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import type { LookOptions, Sampler } from '../hosts/host.ts';
import type { OneLook } from './look-once.ts';
import { selectHost, type HostChoice } from './select-host.ts';

export interface SampleOptions extends LookOptions {
  readonly intervalMs: number;
  /** From the first sample on; until `signal` where it is left out. */
  readonly durationMs?: number | undefined;
  readonly onStart?: (origin: HostOrigin) => void;
  /** Before the first sample. A failure ends it all. */
  readonly onLooked?: (look: OneLook) => Promise<Result<void>>;
  /** A failure ends it all. */
  readonly onSample: (sample: Sample, look: OneLook, state: SamplerState) => void;
  /** Ends it from inside, with a failure or without. */
  readonly stop?: AbortSignal;
}

/** Answers how the reading went. It has ended by then: its time was over, it was stopped, or a replay was at its end. */
export async function sampleHost(choice: HostChoice, options: SampleOptions): Promise<Result<SamplerState>> {
  const selected = selectHost(choice);
  if (!selected.ok) return selected;
  const host = selected.value;
  const { signal, onProgress } = options;
  try {
    const origin = { source: host.source, label: host.label };
    options.onStart?.(origin);
    const captured = await host.look({
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (signal?.aborted === true) return fail('cancelled', 'The look was stopped.');
    if (!captured.ok) return captured;
    const look = { origin, capture: captured.value };
    const begun = (await options.onLooked?.(look)) ?? succeed(undefined);
    if (!begun.ok) return begun;
    if (host.openSampler === undefined) return fail('refused', 'The counters of this host cannot be read.');
    return await new Promise<Result<SamplerState>>((resolve) => {
      let sampler: Sampler | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (): void => {
        clearTimeout(timer);
        const open = sampler;
        if (open === undefined) return;
        sampler = undefined;
        const state = open.state();
        void open.close().then(() => resolve(succeed(state)));
      };
      const opened = host.openSampler?.({
        intervalMs: options.intervalMs,
        onSample: (sample) => {
          if (sampler === undefined) return;
          options.onSample(sample, look, sampler.state());
          if (options.durationMs !== undefined) timer ??= setTimeout(end, options.durationMs);
        },
        onState: () => {
          if (sampler?.state().phase === 'ended') end();
        },
      });
      if (opened?.ok !== true) {
        resolve(opened ?? fail('refused', 'The counters of this host cannot be read.'));
        return;
      }
      sampler = opened.value;
      for (const stop of [signal, options.stop]) stop?.addEventListener('abort', end, { once: true });
      if (signal?.aborted === true || options.stop?.aborted === true) end();
    });
  } finally {
    await host.close();
  }
}
