/** From the capture of the last look what a window may see of it, in pieces that a page can take. */
import { everyObservationName, type Capture, type ObservationName, type RawItem } from '#shared/capture.ts';
import type { HostRecords, LookRecord, ObservationPart } from '#shared/observed.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';

/** Characters of JSON in one piece: a page shows that at once, and an answer can be fifty times as much. */
const mostCharacters = 1_000_000;
const mostUnknownNames = 100;

/** Null where it was not asked for. A piece has at least one item, or counts it as too large, so that every piece gets on. */
export function observationPart(
  capture: Capture,
  name: ObservationName,
  from: number,
): ObservationPart | null {
  const observation = Object.hasOwn(capture.observations, name) ? capture.observations[name] : undefined;
  if (observation === undefined) return null;
  const { status, durationMs } = observation;
  if (observation.status !== 'ok') {
    const { error } = observation;
    return { name, status, durationMs, error, itemErrors: [], items: [], from: 0, total: 0, tooLarge: 0 };
  }
  const { data, itemErrors = [] } = observation;
  const items: RawItem[] = [];
  let characters = 0;
  let tooLarge = 0;
  let next = Math.min(from, data.length);
  for (const item of data.slice(next)) {
    const size = JSON.stringify(item).length;
    if (size > mostCharacters) {
      tooLarge += 1;
    } else if (characters + size > mostCharacters) {
      break;
    } else {
      characters += size;
      items.push(item);
    }
    next += 1;
  }
  return {
    name,
    status,
    durationMs,
    itemErrors,
    items,
    from,
    total: data.length,
    tooLarge,
    ...(next < data.length && { next }),
  };
}

export function lookRecord({ tool, redacted, observations }: Capture): LookRecord {
  const known = new Set<string>(everyObservationName);
  return {
    tool,
    redacted,
    observations: everyObservationName.flatMap((name) => {
      const observation = Object.hasOwn(observations, name) ? observations[name] : undefined;
      if (observation === undefined) return [];
      const { status, durationMs } = observation;
      return {
        name,
        status,
        durationMs,
        ...(observation.status === 'ok' && { items: observation.data.length }),
      };
    }),
    unknownNames: Object.keys(observations)
      .filter((name) => !known.has(name))
      .slice(0, mostUnknownNames)
      .map((name) => name.slice(0, 200)),
  };
}

export function hostRecords(capture: Capture): HostRecords {
  const { readings } = readSnapshot(capture);
  return {
    adapters: readings.NetAdapter,
    services: readings.Service,
    features: readings.WindowsFeature,
    computer: readings.ComputerSystem,
    operatingSystem: readings.OperatingSystem,
    packets: readings.PacketProbe,
  };
}
