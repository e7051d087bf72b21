/** Adds to a look what came of packets of full size that were sent for it. */
import type { Capture } from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Host, LookOptions } from '../hosts/host.ts';
import { packetPairs } from '../rules/packet-probes.ts';
import { hostFactsOf } from './check.ts';
import type { JudgeSettings } from './judge-settings.ts';

/** Progress goes on where that of the look ended: one step for each pair. */
export async function withPackets(
  host: Pick<Host, 'probePackets' | 'label'>,
  capture: Capture,
  {
    signal,
    onProgress,
    settings,
  }: Pick<LookOptions, 'signal' | 'onProgress'> & { readonly settings?: JudgeSettings | undefined } = {},
): Promise<Result<Capture>> {
  if (host.probePackets === undefined) {
    return fail('refused', `No packets can be sent from ${host.label}: it is a file, not a host.`, {
      remedy: 'Take the capture on the host with: switchyard capture --probe-packets -o FILE',
    });
  }
  const pairs = packetPairs(hostFactsOf(capture, settings));
  const before = Object.keys(capture.observations).length;
  const tell = (state: 'asking' | 'ok' | 'unavailable' | 'failed', done: number): void =>
    onProgress?.({
      observation: 'PacketProbe',
      state,
      done: before + done,
      total: before + pairs.length,
    });
  tell('asking', 0);
  const observation = await host.probePackets(pairs, {
    onProgress: (done) => tell('asking', done),
    ...(signal !== undefined && { signal }),
  });
  if (signal?.aborted === true) return fail('cancelled', 'The look was stopped.');
  tell(observation.status, pairs.length);
  return succeed({ ...capture, observations: { ...capture.observations, PacketProbe: observation } });
}
