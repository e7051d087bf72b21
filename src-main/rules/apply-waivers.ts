/** Marks the findings that a person decided to live with, and says which of these decisions came to nothing. */
import type { Finding } from '#shared/finding.ts';
import type { Waived, Waiver } from '#shared/settings.ts';
import { listed } from './wording.ts';

interface Waiving {
  readonly findings: readonly Finding[];
  /** Of waivers that cover no finding: one sentence each. */
  readonly unused: readonly string[];
}

function key(text: string): string {
  return text.trim().toLowerCase();
}

/** The finding's subjects that the waiver does not speak of; undefined where it is about another finding altogether. */
function uncovered(waiver: Waiver, finding: Finding): readonly string[] | undefined {
  if (waiver.finding !== undefined) return key(waiver.finding) === finding.id ? [] : undefined;
  if (key(waiver.rule ?? '') !== finding.rule) return undefined;
  if (waiver.subjects === undefined) return [];
  const named = new Set(waiver.subjects.map(key));
  return finding.subjects
    .filter(({ id, name }) => !named.has(key(id)) && !named.has(key(name)))
    .map(({ name }) => name);
}

function covers(waiver: Waiver, finding: Finding): boolean {
  return uncovered(waiver, finding)?.length === 0;
}

function asWaived({ reason, until, by, on }: Waiver): Waived {
  return { reason, until, ...(by !== undefined && { by }), ...(on !== undefined && { on }) };
}

function unusedText(waiver: Waiver, findings: readonly Finding[]): string {
  const what =
    waiver.finding ??
    `${waiver.rule ?? ''}${waiver.subjects === undefined ? '' : ` for ${listed(waiver.subjects)}`}`;
  const others = findings.flatMap((finding) => {
    const left = uncovered(waiver, finding);
    return left === undefined || left.length === finding.subjects.length ? [] : [left];
  });
  const [part] = others;
  return part === undefined
    ? `The waiver of ${what} covers nothing: there is no such finding now.`
    : `The waiver of ${what} covers nothing: the finding is also about ${listed(part)}.`;
}

/** `today`: YYYY-MM-DD. A waiver counts to the end of the day in `until`. Order and number of findings stay. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): Waiving {
  if (waivers.length === 0) return { findings, unused: [] };
  const marked = findings.map((finding): Finding => {
    const own = waivers.filter((waiver) => covers(waiver, finding));
    // Of several the one that holds longest.
    const last = own.toSorted((a, b) => (a.until < b.until ? 1 : -1))[0];
    if (last === undefined) return finding;
    return last.until >= today
      ? { ...finding, waived: asWaived(last) }
      : { ...finding, waiverExpired: asWaived(last) };
  });
  const unused = waivers.filter((waiver) => !findings.some((finding) => covers(waiver, finding)));
  return { findings: marked, unused: unused.map((waiver) => unusedText(waiver, findings)) };
}
