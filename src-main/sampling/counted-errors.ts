/** All errors that samples counted, each part only where its counters were read. */
import type { AdapterErrors } from '#shared/adapter-errors.ts';
import type { PathErrors, SessionErrors } from '#shared/error-counts.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Sample } from '#shared/sample.ts';
import { adapterErrors } from './adapter-errors.ts';
import { pathErrors, sessionErrors } from './storage-errors.ts';

export interface CountedErrors {
  readonly adapterErrors?: readonly AdapterErrors[];
  readonly sessionErrors?: readonly SessionErrors[];
  readonly pathErrors?: readonly PathErrors[];
}

export function countedErrors(
  samples: readonly Sample[],
  model: HostModel,
  { readings: { MpioDisk } }: Snapshot,
): CountedErrors {
  const ofAdapters = adapterErrors(samples, model);
  const ofSessions = sessionErrors(samples, model);
  const ofPaths = pathErrors(samples, model, MpioDisk.status === 'ok' ? MpioDisk.records : []);
  return {
    ...(ofAdapters !== undefined && { adapterErrors: ofAdapters }),
    ...(ofSessions !== undefined && { sessionErrors: ofSessions }),
    ...(ofPaths !== undefined && { pathErrors: ofPaths }),
  };
}
