/** The catalogue of rules as a list, and the page of each. */
import type { Severity } from '#shared/finding.ts';
import { readResource } from '../platform/resources.ts';
import { catalogue } from '../rules/catalogue.ts';

interface RuleSummary {
  readonly id: string;
  /** Each severity that a finding of it may have. */
  readonly severities: readonly Severity[];
  /** What is true where all is well. */
  readonly title: string;
  readonly failureTitle: string;
  /** Observations without which it gives no verdict; of a list inside the list, one is enough. */
  readonly needs: readonly (string | readonly string[])[];
  readonly thresholds: readonly {
    readonly name: string;
    readonly value: number;
    readonly unit: string;
    readonly says: string;
  }[];
}

/** In the order of the catalogue: by id. */
export function listRules(): readonly RuleSummary[] {
  return catalogue.map(({ id, severities, title, failureTitle, needs, thresholds }) => ({
    id,
    severities,
    title,
    failureTitle,
    needs,
    thresholds: Object.entries(thresholds ?? {}).map(([name, threshold]) => ({ name, ...threshold })),
  }));
}

/** Markdown; undefined where there is no rule of that id. */
export function rulePage(id: string): string | undefined {
  // Only an id of the catalogue becomes part of a path.
  const known = catalogue.find((rule) => rule.id === id);
  return known === undefined ? undefined : readResource(`rules/${known.id}.md`);
}
