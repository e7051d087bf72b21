/** What `switchyard spread --json` prints. Other programs read it: see docs/spread.md before changing a name. */
import type { Check } from '#shared/finding.ts';
import {
  spreadVerdicts,
  type DirectionVerdict,
  type JudgedWindow,
  type SpreadGroup,
  type TrafficJudgement,
} from '#shared/spread.ts';
import { isCostly } from '#shared/spread-words.ts';

const format = 'switchyard-spread';
const version = 1;

export function isAnythingJudged({ groups }: TrafficJudgement): boolean {
  return groups.some(({ verdict }) => verdict !== 'not-enough-traffic');
}

export function warns({ groups, targets }: TrafficJudgement): boolean {
  return targets.some(isCostly) || groups.some(({ read, write }) => isCostly(read) || isCostly(write));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function windowJson(window: JudgedWindow | null): object | null {
  return window === null
    ? null
    : { from: iso(window.fromMs), to: iso(window.toMs), bytes: Math.round(window.bytes) };
}

const round = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;

function directionJson(one: DirectionVerdict): object {
  return {
    ...one,
    fairness: round(one.fairness),
    window: windowJson(one.window),
    shares: one.shares.map(({ expectedShare, share, use, bytes, ...path }) => ({
      ...path,
      bytes: Math.round(bytes),
      share: round(share),
      expectedShare: round(expectedShare),
      use: round(use),
    })),
  };
}

function groupJson({ read, write, ...group }: SpreadGroup): object {
  return { ...group, read: directionJson(read), write: directionJson(write) };
}

export function renderSpreadJson(check: Pick<Check, 'host' | 'source'>, traffic: TrafficJudgement): object {
  const { groups, targets, whose, queues, nearCeilings, sharedMembers } = traffic;
  const seen = new Set(groups.map(({ verdict }) => verdict));
  const verdict = spreadVerdicts.find((one) => seen.has(one)) ?? 'not-enough-traffic';
  const timed = <T extends { readonly sinceMs: number; readonly untilMs: number }>({
    sinceMs,
    untilMs,
    ...rest
  }: T) => ({
    ...rest,
    since: iso(sinceMs),
    until: iso(untilMs),
  });
  return {
    format,
    version,
    source: check.source,
    host: check.host.name,
    from: iso(traffic.fromMs),
    to: iso(traffic.toMs),
    verdict,
    warns: warns(traffic),
    targets,
    groups: groups.map(groupJson),
    whose: { ...whose, window: windowJson(whose.window) },
    queues: queues.map(timed),
    nearCeilings: nearCeilings.map(timed),
    sharedMembers: sharedMembers.map(({ window, ...rest }) => ({ ...rest, window: windowJson(window) })),
  };
}
