/** The corridor once more over a changed copy of what a host said; the host itself is not asked and not touched. */
import type { Capture } from '#shared/capture.ts';
import type { Check, CheckSource } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Pairing } from '#shared/pairing.ts';
import type { Change, WhatIfAnswer } from '#shared/what-if.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { pairingOf } from '../path-graph/pairing.ts';
import { connectedTargets } from '../path-graph/targets.ts';
import { applyChanges } from '../what-if/apply-changes.ts';
import { compareChecks } from '../what-if/compare-checks.ts';
import { expectationOf } from '../what-if/expectation.ts';
import { readAddition, readFailure } from '../what-if/read-change.ts';
import { checkSnapshot } from './check.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { measuredRates } from './measured-rates.ts';

/** Pure. Changes that cannot be made say so in the answer, and the others are made. */
export function simulate(
  capture: Capture,
  source: CheckSource,
  changes: readonly Change[],
  settings?: JudgeSettings,
): WhatIfAnswer {
  const snapshot = readSnapshot(capture);
  const before = checkSnapshot(snapshot, capture, source, settings);
  const applied = applyChanges(snapshot, changes);
  const check =
    applied.snapshot === snapshot ? before : checkSnapshot(applied.snapshot, capture, source, settings);
  const measured = measuredRates(capture, before.model, before.targets, snapshot);
  return {
    changes: applied.changes,
    check,
    comparison: compareChecks(before, check),
    notes: applied.notes,
    expectations: check.targets.map((target) =>
      expectationOf(target, check, applied.snapshot, measured.get(target.id)),
    ),
    pairings: pairingsOf(check, applied.snapshot),
  };
}

function pairingsOf({ model }: Check, snapshot: Snapshot): readonly Pairing[] {
  return connectedTargets(model).map((target) => pairingOf(model, target, snapshot));
}

export type TypedChanges =
  | { readonly changes: readonly Change[] }
  | { readonly wrong: string; readonly typed: string; readonly candidates: readonly string[] };

/** Changes as people type them. Names may also be those of things that an addition makes. */
export function readTypedChanges(
  capture: Capture,
  typed: { readonly add: readonly string[]; readonly fail: readonly string[] },
): TypedChanges {
  const snapshot = readSnapshot(capture);
  const changes: Change[] = [];
  let model = buildModel(snapshot);
  for (const text of typed.add) {
    const read = readAddition(text, model);
    if ('wrong' in read) return { ...read, typed: text };
    changes.push(read.change);
    model = buildModel(applyChanges(snapshot, changes).snapshot);
  }
  for (const text of typed.fail) {
    const read = readFailure(text, model);
    if ('wrong' in read) return { ...read, typed: text };
    changes.push(read.change);
  }
  return { changes };
}
