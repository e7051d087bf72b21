/** From what a rule sees of each object to its outcome: the order that keeps a missing fact from reading as health. */
import type { ObservationName } from '#shared/capture.ts';
import type { HostFacts, RuleFinding, RuleOutcome } from './define-rule.ts';
import { isGuest } from './iscsi-paths.ts';
import { fineIfRead, type Gap } from './readings.ts';

/** What one object is to a rule. A doubt is a sentence: which fact is missing. */
export type Seen<Bad> = { readonly bad: Bad } | { readonly doubt: string } | 'well' | 'not-about';

/** The answer of rules about the physical side, which a virtual machine does not see. */
const inGuest = {
  notApplicable: 'This is a virtual machine: its adapters are made redundant on its host.',
} as const;

interface Question<Thing, Bad> {
  readonly things: readonly Thing[];
  readonly see: (thing: Thing) => Seen<Bad>;
  readonly report: (bad: readonly [Bad, ...Bad[]]) => RuleFinding | readonly RuleFinding[];
  /** Why the rule is not about this host, where no object concerns it. */
  readonly none: string;
  /** Observations beyond the rule's `needs` that the list of things rests on. */
  readonly rests?: readonly ObservationName[];
  /** What is missing for the list of things to be whole. */
  readonly gap?: Gap | undefined;
  /** True for rules about what a virtual machine sees as well. */
  readonly isForGuests?: boolean;
}

/** Findings first; then what is not known; then whether there was anything to judge; only then fine. */
export function conclude<Thing, Bad>(
  facts: HostFacts,
  { things, see, report, none, rests = [], gap, isForGuests }: Question<Thing, Bad>,
): RuleOutcome {
  if (isForGuests !== true && isGuest(facts.model)) return inGuest;
  const bad: Bad[] = [];
  let doubt: string | undefined;
  let isAnyWell = false;
  for (const thing of things) {
    const seen = see(thing);
    if (seen === 'not-about') continue;
    if (seen === 'well') isAnyWell = true;
    else if ('bad' in seen) bad.push(seen.bad);
    else doubt ??= seen.doubt;
  }
  const [first, ...others] = bad;
  if (first !== undefined) {
    const said = report([first, ...others]);
    return 'message' in said ? [said] : said;
  }
  if (doubt !== undefined) return { notEvaluated: doubt };
  if (gap !== undefined) return { notEvaluated: gap.reason, remedy: gap.remedy };
  const rest = fineIfRead(facts.snapshot, rests);
  if ('notEvaluated' in rest) return rest;
  return isAnyWell ? [] : { notApplicable: none };
}
