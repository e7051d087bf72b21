/** How long counters showed something, for people. */
import type { Measured } from './finding.ts';
import { formatInstant } from './age.ts';
import { counted } from './units.ts';

const shortMs = 120_000;

/** `190 000` → "3 minutes"; below two minutes in seconds. */
export function lengthText(ms: number): string {
  return ms < shortMs ? counted(Math.round(ms / 1000), 'second') : counted(Math.round(ms / 60_000), 'minute');
}

export function measuredText({ sinceMs, untilMs }: Measured): string {
  return `Counters showed it for ${lengthText(untilMs - sinceMs)}, until ${formatInstant(new Date(untilMs).toISOString())}`;
}
