/** The catalogue of rules as a list, and the page of each. */
import type { Severity } from '#shared/finding.ts';
import type { HostSettings } from '#shared/settings.ts';
import { readResource } from '../platform/resources.ts';
import { thresholdsOf } from './thresholds.ts';
import { catalogue } from '../rules/catalogue.ts';

interface RuleSummary {
  readonly id: string;
  /** Other names that people know it by. */
  readonly aliases: readonly string[];
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
    readonly preset: number;
    readonly from: 'preset' | 'settings';
    readonly says: string;
  }[];
}

/** In the order of the catalogue: by id. With the thresholds that are in force where `settings` are those of a host. */
export function listRules(settings?: Pick<HostSettings, 'thresholds'>): readonly RuleSummary[] {
  const all = thresholdsOf(settings);
  return catalogue.map(({ id, aliases = [], severities, title, failureTitle, needs }) => ({
    id,
    aliases,
    severities,
    title,
    failureTitle,
    needs,
    thresholds: all
      .filter(({ usedBy }) => usedBy.includes(id))
      .map(({ id: full, usedBy: _, ...threshold }) => ({
        name: full.slice(full.indexOf('.') + 1),
        ...threshold,
      })),
  }));
}

/** The id of the rule that a person means: by its id, by another name that people know it by, or by a finding's id. */
export function ruleNamed(word: string): string | undefined {
  const key = word.replace(/@[0-9a-f]+$/i, '').toLowerCase();
  return catalogue.find(({ id, aliases = [] }) => id === key || aliases.includes(key))?.id;
}

/** Markdown; undefined where there is no rule of that id. */
export function rulePage(id: string): string | undefined {
  // Only an id of the catalogue becomes part of a path.
  const known = catalogue.find((rule) => rule.id === id);
  return known === undefined ? undefined : readResource(`rules/${known.id}.md`);
}
