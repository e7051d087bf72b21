/** A load as lines for a terminal: its plan, how it goes, and what it showed. */
import { phaseWords } from '#shared/load-words.ts';
import type { LoadResult, LoadRun, ShownLoadPlan } from '#shared/load.ts';
import { shortName } from '#shared/short-name.ts';
import { shareText, verdictWords } from '#shared/spread-words.ts';
import { counted, formatAmount, formatBitsPerSecond, formatBytesPerSecond } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { Page, type TextOptions } from './text-page.ts';

function rate(bitsPerSecond: number | null): string {
  return bitsPerSecond === null ? 'not known' : formatBitsPerSecond(bitsPerSecond);
}

/** Ends without a line end. */
export function renderLoadPlan(plan: ShownLoadPlan, options: TextOptions): string {
  const page = new Page(options);
  page.wrapped(`${plan.host}: read ${plan.name}`, 'bold');
  if (plan.target !== null) page.field('Target', plan.target.name);
  page.field('Opens', `${plan.opened}, to read alone; others go on reading and writing it`);
  if (plan.refusals.length === 0) {
    page.field('Runs', `first 1 reader, then ${plan.streams}, for ${counted(plan.seconds, 'second')} each`);
    page.field('At most', `${rate(plan.bitsPerSecond)} and ${formatAmount(plan.bytes)} in all`);
    page.field(
      'Ceilings',
      `single stream ${rate(plan.ceilings.singleStream)}, guaranteed ${rate(plan.ceilings.guaranteed)}, possible ${rate(plan.ceilings.possible)}`,
    );
    page.field(
      'Now',
      plan.nowBytesPerSecond === null
        ? 'what is read from it already could not be counted'
        : `${formatBytesPerSecond(plan.nowBytesPerSecond)} are read from it already`,
    );
    page.blank();
    page.wrapped(plan.takes, 'yellow', 2);
    page.wrapped('Nothing is written, and what is read is thrown away.', undefined, 2);
    page.heading('What runs');
    for (const line of plan.lines) page.wrapped(line, undefined, 2);
  } else {
    page.heading('Not read');
    for (const { message, remedy } of plan.refusals) {
      page.hanging('  - ', 4, remedy === undefined ? message : `${message} ${remedy}`, 'yellow');
    }
  }
  return page.text();
}

/** One line. */
export function renderLoadProgress({ phase, streams, progress, plan, isStopping }: LoadRun): string {
  const readers = counted(streams, 'reader');
  if (phase !== 'reading' || progress === null) return `${phaseWords[phase]} (${readers})`;
  const mean = progress.seconds === 0 ? 0 : progress.bytes / progress.seconds;
  return `${isStopping ? 'Stopping' : readers}: ${Math.floor(progress.seconds)} of ${plan.seconds} s, ${formatAmount(progress.bytes)}, ${formatBytesPerSecond(mean)}`;
}

/** Ends without a line end. */
export function renderLoadResult(result: LoadResult, options: TextOptions): string {
  const page = new Page(options);
  page.line(verdictWords[result.verdict].toUpperCase(), 'bold');
  for (const sentence of result.sentences) page.hanging('  - ', 4, sentence);
  for (const { streams, group } of result.stages) {
    if (group === null) continue;
    page.heading(`Shares with ${counted(streams, 'reader')}`);
    for (const { path, share } of group.read.shares) {
      page.line(`  ${shareText(share).padStart(11)}  ${visibleText(shortName(path))}`);
    }
  }
  return page.text();
}
