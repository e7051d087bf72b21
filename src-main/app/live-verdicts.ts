/** What the counters of a running host tell: the same judge and the same rules as for a recording. */
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { LiveVerdicts } from '#shared/live.ts';
import type { Sample } from '#shared/sample.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { applyWaivers } from '../rules/apply-waivers.ts';
import { catalogue } from '../rules/catalogue.ts';
import { runRules } from '../rules/run-rules.ts';
import { countedErrors, type CountedErrors } from '../sampling/counted-errors.ts';
import type { SpreadLimits } from '../spread/limits.ts';
import type { TrafficHost } from '../spread/traffic-host.ts';
import { rulesOf, type JudgeSettings } from './judge-settings.ts';
import { trafficHost, trafficLimits } from './traffic.ts';

/** Rules that judge what was counted. */
const countingRules: ReadonlySet<string> = new Set([
  'traffic-spread',
  'queue-depth',
  'near-ceiling',
  'storage-nic-share',
  'same-member',
  'nic-errors',
  'iscsi-errors',
  'mpio-path-shaky',
]);

/** What a look told, as far as traffic is judged by it. */
export interface JudgedBy {
  readonly host: TrafficHost;
  readonly limits: SpreadLimits;
  /** `samples`: some of the last minutes, in which errors are counted. */
  readonly judge: (
    traffic: TrafficJudgement,
    samples: readonly Sample[],
  ) => Pick<LiveVerdicts, 'findings' | 'rules' | 'isSettled'>;
}

const snapshots = new WeakMap<Capture, Snapshot>();

export function judgedBy(capture: Capture, check: Check, settings: JudgeSettings | undefined): JudgedBy {
  const snapshot = snapshots.get(capture) ?? readSnapshot(capture);
  snapshots.set(capture, snapshot);
  const { model, graph } = check;
  const counting = catalogue.filter(({ id }) => countingRules.has(id));
  const limits = trafficLimits(settings?.host);
  const set = settings && rulesOf(settings, model).rules;
  let errors: { readonly of: readonly Sample[]; readonly counted: CountedErrors } | undefined;
  const errorsIn = (samples: readonly Sample[]): CountedErrors => {
    if (errors?.of !== samples) errors = { of: samples, counted: countedErrors(samples, model, snapshot) };
    return errors.counted;
  };
  return {
    host: trafficHost(check, snapshot),
    limits,
    judge: (traffic, samples) => {
      const facts = { model, graph, snapshot, traffic, ...errorsIn(samples) };
      const { findings, rules } = runRules(facts, counting, set);
      return {
        findings:
          settings === undefined
            ? findings
            : applyWaivers(findings, settings.host.waivers, settings.today).findings,
        rules,
        // The first window begins with the first rate, and the last one does not end with the second.
        isSettled:
          traffic.toMs - traffic.fromMs >= (limits.confirmWindows + 0.5) * limits.windowSeconds * 1000,
      };
    },
  };
}
