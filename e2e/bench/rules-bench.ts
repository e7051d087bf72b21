/** What all rules together cost on a host, and how that grows with the host. */
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { buildGraph } from '../../src-main/path-graph/build-graph.ts';
import { buildModel } from '../../src-main/path-graph/build-model.ts';
import { catalogue } from '../../src-main/rules/catalogue.ts';
import type { HostFacts, Rule } from '../../src-main/rules/define-rule.ts';
import { runRules } from '../../src-main/rules/run-rules.ts';
import { heading, median, milliseconds, row } from './print.ts';
import { tenfold } from './tenfold.ts';

const runs = 15;

/** Each run has a model and a snapshot of its own: lookups that rules keep of them must be paid for each time. */
function timeOf(facts: () => HostFacts, rules: readonly Rule[]): number {
  return median(
    Array.from({ length: runs }, () => {
      const asked = facts();
      const started = performance.now();
      runRules(asked, rules);
      return performance.now() - started;
    }),
  );
}

export function benchRules(large: Scenario): void {
  heading(`All ${catalogue.length} rules, median of ${runs}, without reading and joining`);
  let base: number | undefined;
  for (const times of [1, 2, 4, 8]) {
    const capture = captureOf(times === 1 ? large : tenfold(large, times));
    const snapshot = readSnapshot(capture);
    const model = buildModel(snapshot);
    const graph = buildGraph(model, snapshot);
    const facts = (): HostFacts => ({ model: { ...model }, graph, snapshot: { ...snapshot } });
    const time = timeOf(facts, catalogue);
    base ??= time;
    row(
      times === 1 ? 'large' : `${times} times large`,
      `${milliseconds(time)}  (${(time / base).toFixed(1)} times the first)`,
    );
    if (times > 1) continue;
    const each = catalogue
      .map((rule) => ({ rule, time: timeOf(facts, [rule]) }))
      .sort((a, b) => b.time - a.time);
    for (const { rule, time: one } of each.slice(0, 3)) row(`  ${rule.id} alone`, milliseconds(one));
  }
}
