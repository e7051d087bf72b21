/** What `what-if`, `expect` and `pairing` print with `--json`. See docs/capture-format.md before changing a name. */
import type { Check, Finding } from '#shared/finding.ts';
import type { Pairing } from '#shared/pairing.ts';
import type { Expectation, WhatIfAnswer } from '#shared/what-if.ts';
import { renderCheckJson } from './check-json.ts';

interface Head {
  readonly source: Check['source'];
  readonly host: string;
  readonly takenAt: string;
}

function headOf(check: Pick<Check, 'source' | 'host' | 'takenAt'>): Head {
  return { source: check.source, host: check.host.name, takenAt: check.takenAt };
}

const brief = ({ id, rule, severity, title, message }: Finding): object => ({
  id,
  rule,
  severity,
  title,
  message,
});

export function renderWhatIfJson({ changes, check, comparison, notes }: WhatIfAnswer): object {
  const { come, go, differ } = comparison.findings;
  return {
    format: 'switchyard-what-if',
    version: 1,
    ...headOf(check),
    isSimulation: true,
    changes: changes.map(({ change, text }) => ({ ...change, text })),
    summary: comparison.summary,
    targets: comparison.targets.map(({ figures, ...target }) => ({
      ...target,
      figures: figures.map((figure) => ({ ...figure, unit: 'bit/s' })),
    })),
    lostDisks: comparison.lostDisks,
    lostShares: comparison.lostShares,
    findings: {
      come: come.map(brief),
      go: go.map(brief),
      differ: differ.map(({ finding, before }) => ({ ...brief(finding), before })),
    },
    noLongerEvaluated: comparison.noLongerEvaluated,
    notes,
    check: renderCheckJson(check),
  };
}

export function renderExpectationJson(check: Check, expectations: readonly Expectation[]): object {
  return { format: 'switchyard-expect', version: 1, ...headOf(check), targets: expectations };
}

export function renderPairingJson(check: Check, pairings: readonly Pairing[]): object {
  return { format: 'switchyard-pairing', version: 1, ...headOf(check), targets: pairings };
}
