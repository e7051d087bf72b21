/** Two captures compared, from files to differences. */
import type { Capture } from '#shared/capture.ts';
import type { HostDiff } from '#shared/host-diff.ts';
import { compareLooks } from '../compare/compare-looks.ts';
import type { Look } from '../compare/things.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { checkSnapshot } from './check.ts';

function asLook(capture: Capture): Look {
  const snapshot = readSnapshot(capture);
  return { check: checkSnapshot(snapshot, capture, 'capture'), snapshot };
}

/** `before` is the older one. */
export function compareCaptures(before: Capture, after: Capture): HostDiff {
  return compareLooks(asLook(before), asLook(after));
}
