/** How long ago something was, for people. */

const steps = [
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
  { seconds: 1, one: 'second', many: 'seconds' },
] as const;

/** `formatAge(90_000)` → "1 minute ago". A time ahead of the clock, by more than a minute, is said as such. */
export function formatAge(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return 'at an unknown time';
  if (ageMs < -60_000) return `${span(-ageMs)} ahead of this clock`;
  return ageMs < 5000 ? 'just now' : `${span(ageMs)} ago`;
}

function span(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const step = steps.find((candidate) => seconds >= candidate.seconds) ?? steps[3];
  const count = Math.floor(seconds / step.seconds);
  return `${count} ${count === 1 ? step.one : step.many}`;
}

/** `2026-11-22T17:00:00.000Z` → "2026-11-22 17:00 UTC"; anything else as it is. */
export function formatInstant(iso: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
