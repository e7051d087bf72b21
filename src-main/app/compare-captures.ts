/** Two captures compared, from files to differences. */
import type { Capture } from '#shared/capture.ts';
import type { HostDiff } from '#shared/host-diff.ts';
import { compareLooks } from '../compare/compare-looks.ts';
import type { Look } from '../compare/things.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { findBetweenHosts } from '../rules/between-hosts.ts';
import type { HostFacts } from '../rules/define-rule.ts';
import { checkSnapshot } from './check.ts';
import type { JudgeSettings } from './judge-settings.ts';

function asLook(capture: Capture, settings?: JudgeSettings): Look {
  const snapshot = readSnapshot(capture);
  return { check: checkSnapshot(snapshot, capture, 'capture', settings), snapshot };
}

function factsOf({ check: { model, graph }, snapshot }: Look): HostFacts {
  return { model, graph, snapshot };
}

/**
 * `before` is the older one. Both are judged by the same settings, so that only the host makes a difference. They are
 * judged without the pinned baseline: a finding that one look differs from it would be told twice.
 */
export function compareCaptures(before: Capture, after: Capture, settings?: JudgeSettings): HostDiff {
  const same = settings && withoutBaseline(settings);
  const looks = [asLook(before, same), asLook(after, same)] as const;
  return {
    ...compareLooks(...looks),
    betweenHosts: findBetweenHosts(factsOf(looks[0]), factsOf(looks[1])),
  };
}

function withoutBaseline({ baseline: _, ...settings }: JudgeSettings): JudgeSettings {
  return settings;
}
