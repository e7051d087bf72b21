/** A waiver in a sentence or two. */
import type { Finding } from './finding.ts';
import type { Waived } from './settings.ts';

/** "Until 2027-03-31, by anna on 2026-11-29: the array is replaced in spring." */
export function waivedText({ reason, until, by, on }: Waived): string {
  const who = by === undefined ? '' : `, by ${by}`;
  const when = on === undefined ? '' : `${by === undefined ? ', said' : ''} on ${on}`;
  return `Until ${until}${who}${when}: ${reason}`;
}

export function waiverExpiredText(waiver: Waived): string {
  return `It was waived until ${waiver.until} and counts again. What was said then: ${waiver.reason}`;
}

/** In a line among others: "warning", or "waived warning", which counts for nothing. */
export function severityText({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): string {
  return waived === undefined ? severity : `waived ${severity}`;
}
