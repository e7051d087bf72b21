/** Reads a capture into a snapshot: every observation that the model or a rule needs, through its probe's reader. */
import type { Capture, ItemError, ObservationError, RawItem } from '#shared/capture.ts';
import { observationFailureKinds } from '#shared/result.ts';
import type { Reading, Snapshot } from '#shared/host/snapshot.ts';
import type { AnyProbe, ReadItems } from './define-probe.ts';
import { probes, requestedProbes } from './probes/index.ts';
import { readEach } from './read-items.ts';

const notUnderstood = (what: string): Reading<never> => ({
  status: 'failed',
  error: {
    kind: 'bad-output',
    message: `The capture holds something else than an observation here: ${what}.`,
  },
});

function isObject(value: unknown): value is RawItem {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property of an object, never one that it inherits: a capture may name `constructor` or `__proto__`. */
function own(object: RawItem, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function errorOf(raw: unknown): ObservationError {
  const error = isObject(raw) ? raw : {};
  const said = own(error, 'kind');
  const detail = textOf(own(error, 'detail'));
  return {
    kind: observationFailureKinds.find((kind) => kind === said) ?? 'unexpected',
    message: textOf(own(error, 'message')) ?? 'The capture does not say why.',
    ...(detail === undefined ? {} : { detail }),
  };
}

function itemErrorsOf(raw: unknown): readonly ItemError[] {
  if (!Array.isArray(raw)) return [];
  return raw.filter(isObject).map((error) => {
    const item = textOf(own(error, 'item'));
    return {
      ...(item === undefined ? {} : { item }),
      message: textOf(own(error, 'message')) ?? 'The capture does not say why.',
    };
  });
}

/** The objects of an answer: always a list by the format; one object alone is taken for a list of one. */
function itemsOf(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data as unknown[];
  return isObject(data) ? [data] : undefined;
}

function readItems(probe: AnyProbe, items: readonly unknown[]): ReadItems<unknown> | undefined {
  if (probe.record !== undefined) return readEach(items, probe.record);
  if (probe.readAll === undefined) return undefined;
  const objects = items.filter(isObject);
  const { records, itemErrors } = probe.readAll(objects);
  const odd = items.length - objects.length;
  if (odd === 0) return { records, itemErrors };
  return { records, itemErrors: [...itemErrors, { message: `${odd} of ${items.length} are not objects.` }] };
}

function readObservation(probe: AnyProbe, observation: unknown): Reading<unknown> {
  if (observation === undefined) return { status: 'not-asked' };
  if (!isObject(observation)) return notUnderstood('not an object');
  const status = own(observation, 'status');
  if (status === 'unavailable' || status === 'failed') {
    return { status, error: errorOf(own(observation, 'error')) };
  }
  if (status !== 'ok') return notUnderstood('its status is none of ok, unavailable and failed');
  const items = itemsOf(own(observation, 'data'));
  if (items === undefined) return notUnderstood('its data is not a list');
  const read = readItems(probe, items);
  if (read === undefined) return { status: 'not-asked' };
  return {
    status: 'ok',
    records: read.records,
    itemErrors: [...itemErrorsOf(own(observation, 'itemErrors')), ...read.itemErrors],
  };
}

/**
 * Never throws, whatever the capture holds. An object that lacks a key property is named in `itemErrors`; other
 * properties that are missing, or have a form nobody knows, are undefined in their record.
 */
export function readSnapshot(capture: Capture): Snapshot {
  const observations: unknown = capture.observations;
  const readings = [...probes, ...requestedProbes]
    .filter((probe: AnyProbe) => probe.record !== undefined || probe.readAll !== undefined)
    .map((probe: AnyProbe): [string, Reading<unknown>] => [
      probe.name,
      readObservation(probe, isObject(observations) ? own(observations, probe.name) : undefined),
    ]);
  return {
    host: capture.host,
    takenAt: capture.takenAt,
    // Each reader answers the record type of its own name: defineProbe holds it to that.
    readings: Object.fromEntries(readings) as unknown as Snapshot['readings'],
  };
}
