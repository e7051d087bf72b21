/**
 * A capture without names, addresses, iSCSI names, MAC addresses and serial numbers: each is replaced by the same
 * stand-in everywhere, and whatever rules and ceilings rest on stays true, so the file is judged as the original.
 */
import { randomBytes } from 'node:crypto';
import type { Capture, Observation, ObservationError, ObservationName } from '#shared/capture.ts';
import { counterClasses } from '../sampling/counters.ts';
import { kindOfProperty } from './properties.ts';
import { standIns, type StandIns } from './stand-ins.ts';

/** Pure but for the key of the addresses: with the same `key` the same capture gives the same file. */
export function redactCapture(capture: Capture, key: Uint8Array = randomBytes(32)): Capture {
  const stand = standIns(key);
  // Messages name things that stand further down: after a first pass over all the others these are known.
  redactOnce(capture, { of: { ...stand.of, text: (value) => value } });
  return redactOnce(capture, stand);
}

function redactOnce(capture: Capture, stand: StandIns): Capture {
  const { format, version, tool, takenAt, host, observations, samples } = capture;
  return {
    format,
    version,
    tool,
    takenAt,
    host: { ...host, name: stand.of.host(host.name) },
    redacted: true,
    observations: Object.fromEntries(
      Object.entries(observations).map(([name, observation]) => [
        name,
        redactObservation(name as ObservationName, observation, stand),
      ]),
    ),
    ...(samples !== undefined && {
      samples: samples.map((sample) => ({ ...sample, counters: redactCounters(sample.counters, stand) })),
    }),
  };
}

function redactObservation(name: ObservationName, observation: Observation, stand: StandIns): Observation {
  if (observation.status !== 'ok') return { ...observation, error: redactError(observation.error, stand) };
  return {
    ...observation,
    data: observation.data.map((item) => redactProperties(name, item, [], stand)),
    ...(observation.itemErrors !== undefined && {
      itemErrors: observation.itemErrors.map(({ item, message }) => ({
        ...(item !== undefined && { item: stand.of.name(item) }),
        message: stand.of.text(message),
      })),
    }),
  };
}

function redactError(error: ObservationError, stand: StandIns): ObservationError {
  return {
    kind: error.kind,
    message: stand.of.text(error.message),
    ...(error.detail !== undefined && { detail: stand.of.text(error.detail) }),
  };
}

type Properties = Readonly<Record<string, unknown>>;

function redactProperties(
  observation: ObservationName,
  properties: Properties,
  path: readonly string[],
  stand: StandIns,
): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      redactValue(observation, value, [...path, name], stand),
    ]),
  );
}

function redactValue(
  observation: ObservationName,
  value: unknown,
  path: readonly string[],
  stand: StandIns,
): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => redactValue(observation, each, path, stand));
  if (typeof value === 'object' && value !== null) {
    return redactProperties(observation, value as Properties, path, stand);
  }
  const kind = kindOfProperty(observation, path) ?? 'unknown';
  if (typeof value === 'string') return stand.of[kind](value);
  // A serial number can be all digits; other numbers are figures.
  return typeof value === 'number' && kind === 'serial' ? stand.of.serial(String(value)) : value;
}

/** Instances that are called by a Plug and Play id, as the disks of MPIO. */
const ofDevices = new Set(
  counterClasses.flatMap(({ name, instance }) => (instance === 'path' ? [name] : [])),
);

/** Names of classes and counters are Windows' own; instances carry names of the host. */
function redactCounters(
  counters: Readonly<Record<string, readonly Properties[]>>,
  stand: StandIns,
): Readonly<Record<string, readonly Properties[]>> {
  return Object.fromEntries(
    Object.entries(counters).map(([name, instances]) => [
      name,
      instances.map((instance) =>
        Object.fromEntries(
          Object.entries(instance).map(([property, value]) => [
            property,
            typeof value === 'string' && !/^\d+$/.test(value)
              ? stand.of[property === 'Instance' && ofDevices.has(name) ? 'device' : 'text'](value)
              : value,
          ]),
        ),
      ),
    ]),
  );
}
