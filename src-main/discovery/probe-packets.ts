/** Sends packets of full size over pairs of addresses, several pairs at once, and gathers what came of each. */
import type { Observation, ObservationError, RawItem } from '#shared/capture.ts';
import type { PacketPair } from '#shared/packet-probe.ts';
import { readResource } from '../platform/resources.ts';
import type { Shell } from '../powershell/shell.ts';
import { asObservation, defaultSideBySide, ofFailure, settled } from './discover.ts';
import { probe } from './probes/packet-probe.probe.ts';

export interface ProbeOptions {
  /** Pairs that have an answer, or the reason that there is none. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
  /** The text of a resource. */
  readonly readScript?: (path: string) => string;
}

/** A pair that nothing is sent over, as the capture holds it. */
function untriedItem({ from, to, packetBytes }: PacketPair, reason: string): RawItem {
  return {
    SourceAddress: from,
    DestinationAddress: to,
    PacketBytes: packetBytes,
    Echoes: [],
    Reason: reason,
  };
}

/**
 * In the order of the pairs. A pair that could not be tried is in it with the reason; where not one of them could, the
 * whole observation failed.
 */
export async function probePackets(
  shell: Shell,
  pairs: readonly PacketPair[],
  { onProgress, signal, readScript = readResource }: ProbeOptions = {},
): Promise<Observation> {
  const startedAt = performance.now();
  const items = new Map<PacketPair, RawItem>();
  let failure: ObservationError | undefined;
  let tried = 0;
  const facts = await settled(() => shell.facts(signal), signal);
  if (!facts.ok) return ofFailure(facts.failure, 0, {});
  const context = { isElevated: facts.value.isElevated };
  const ask = async (pair: PacketPair): Promise<RawItem> => {
    const { from, to, packetBytes, reason } = pair;
    if (packetBytes === null || reason !== undefined) return untriedItem(pair, reason ?? 'size not known');
    const parameters = { SourceAddress: from, DestinationAddress: to, PacketBytes: packetBytes };
    const answer = await settled(async () => {
      const script = readScript(`powershell/${probe.script}`);
      const { deadlineMs } = probe;
      return shell.run({ script, parameters, deadlineMs, ...(signal !== undefined && { signal }) });
    }, signal);
    const seen = asObservation(answer, 0, context);
    if (seen.status === 'ok') {
      const [item] = seen.data;
      if (item !== undefined) {
        tried += 1;
        return item;
      }
    } else failure ??= seen.error;
    return untriedItem(pair, seen.status === 'ok' ? 'ping said nothing' : seen.error.message);
  };
  const waiting = [...pairs];
  const worker = async (): Promise<void> => {
    for (let pair = waiting.shift(); pair !== undefined; pair = waiting.shift()) {
      items.set(pair, await ask(pair));
      onProgress?.(items.size);
    }
  };
  await Promise.all(Array.from({ length: defaultSideBySide }, worker));
  const durationMs = Math.round(performance.now() - startedAt);
  if (tried === 0 && failure !== undefined) return { status: 'failed', durationMs, error: failure };
  return {
    status: 'ok',
    durationMs,
    data: pairs.map((pair) => items.get(pair) ?? untriedItem(pair, 'not reached')),
  };
}
