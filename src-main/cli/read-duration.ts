/** Lengths of time as people type them. */
import { visibleText } from '#shared/visible-text.ts';
import { WrongCall } from './command.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m`, `1h30m` or `250ms` in ms. Throws {@link WrongCall} for anything else, and outside the limits. */
export function readDuration(
  option: string,
  text: string,
  { least, most }: { readonly least: string; readonly most: string },
): number {
  const told = msOf(text);
  if (told === undefined) {
    throw new WrongCall(
      `${option} cannot be "${visibleText(text)}".`,
      `Give a length of time such as ${least}, 90s or 5m.`,
    );
  }
  if (told < (msOf(least) ?? 0) || told > (msOf(most) ?? Infinity)) {
    throw new WrongCall(`${option} can be from ${least} to ${most}.`);
  }
  return told;
}

function msOf(text: string): number | undefined {
  if (!/^(?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}
