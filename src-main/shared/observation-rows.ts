/** Every observation of the last look in one line each: what was asked, how it ended, and why where it gave less. */
import { everyObservationName, isAskedInEveryLook, type ObservationName } from './capture.ts';
import type { Check } from './finding.ts';
import { groupGaps } from './gap-text.ts';
import type { LookRecord } from './observed.ts';
import type { Column } from './table-cells.ts';

export interface ObservationRow {
  readonly name: ObservationName;
  readonly answer: string;
  readonly items?: number | null;
  readonly durationMs?: number;
  readonly reason: string | null;
}

const words = {
  ok: 'answered',
  partial: 'answered in part',
  unavailable: 'not there',
  failed: 'failed',
  'not-asked': 'not asked',
} as const;

export const observationColumns: readonly Column<ObservationRow>[] = [
  { id: 'name', title: 'Observation', value: ({ name }) => name },
  { id: 'answer', title: 'Answer', value: ({ answer }) => answer },
  { id: 'items', title: 'Items', value: ({ items }) => items },
  {
    id: 'duration',
    title: 'Took',
    value: ({ durationMs }) => durationMs,
    format: (value) =>
      value < 1000 ? `${Math.round(value)} ms` : `${Number((value / 1000).toPrecision(3))} s`,
  },
  { id: 'reason', title: 'Why', value: ({ reason }) => reason },
];

/** `record` undefined: counts and times are not known yet. */
export function observationRows(
  check: Pick<Check, 'gaps'>,
  record: LookRecord | undefined,
): readonly ObservationRow[] {
  const gaps = new Map(check.gaps.map((gap) => [gap.observation, gap]));
  const answers = new Map(record?.observations.map((answer) => [answer.name, answer]));
  const asked = everyObservationName.filter((name) => isAskedInEveryLook(name) || answers.has(name));
  return asked.map((name) => {
    const gap = gaps.get(name);
    const answer = answers.get(name);
    const isMissing = gap !== undefined && gap.status !== 'partial';
    return {
      name,
      answer: words[gap?.status ?? 'ok'],
      ...(isMissing ? { items: null } : answer?.items !== undefined && { items: answer.items }),
      ...(answer && { durationMs: answer.durationMs }),
      reason:
        gap === undefined
          ? null
          : groupGaps([gap])
              .map(({ reason }) => reason)
              .join(' '),
    };
  });
}
