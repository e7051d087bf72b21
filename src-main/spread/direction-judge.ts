/**
 * The verdict on one group in one direction, window after window. A fault is said once several windows in a row show
 * it, and taken back once as many do not; nothing is concluded across a gap.
 */
import type { DirectionVerdict, OpenReason, PathShare } from '#shared/spread.ts';
import type { Direction } from '#shared/path-graph.ts';
import type { Moment } from '../sampling/moment.ts';
import { isFault, judgeWindow, type WindowVerdict } from './judge-window.ts';
import type { SpreadLimits } from './limits.ts';
import type { GroupPlan } from './plan.ts';
import { countedText, messageOf, reasonOf } from './wording.ts';
import { WindowMeter, type MeteredWindow } from './window-meter.ts';

interface Seen {
  readonly judged: WindowVerdict;
  readonly window: MeteredWindow;
}

interface Shown extends Partial<Seen> {
  readonly open?: OpenReason;
  readonly pending?: DirectionVerdict['pending'];
}

export class DirectionJudge {
  readonly #group: GroupPlan;
  readonly #direction: Direction;
  readonly #limits: SpreadLimits;
  readonly #windowMs: number;
  readonly #meter: WindowMeter;
  #standing: Seen | undefined;
  #faults = 0;
  #faultSince: number | undefined;
  #clears = 0;
  #gapSince: number | undefined;
  #hasClosed = false;
  #shown: Shown = { open: 'too-short' };

  constructor(group: GroupPlan, direction: Direction, limits: SpreadLimits) {
    this.#group = group;
    this.#direction = direction;
    this.#limits = limits;
    this.#windowMs = limits.windowSeconds * 1000;
    this.#meter = new WindowMeter(group, direction, this.#windowMs, limits);
  }

  take(moment: Moment, periodMs: number): void {
    const metered = this.#meter.take(moment, periodMs);
    if (metered.state === 'no-counters') {
      this.#shown = { open: 'no-counters' };
      return;
    }
    if (metered.state === 'gap') {
      this.#gapSince ??= moment.timeMs;
      this.#restartCounts();
      if (!this.#hasClosed || moment.timeMs - this.#gapSince >= this.#windowMs) this.#forget();
      return;
    }
    this.#gapSince = undefined;
    const { window } = metered;
    const seen: Seen = { window, judged: judgeWindow(this.#plan, window.count, this.#limits) };
    if (metered.state === 'closed') {
      this.#hasClosed = true;
      this.#conclude(seen);
    } else if (!this.#hasClosed) {
      this.#shown = { ...seen, open: 'too-short' };
    }
  }

  verdict(): DirectionVerdict {
    const { judged, window, open, pending } = this.#shown;
    const verdict = open === undefined ? (judged?.verdict ?? 'not-enough-traffic') : 'not-enough-traffic';
    const why = verdict === 'not-enough-traffic' ? (open ?? judged?.open ?? 'little-traffic') : undefined;
    const about = { group: this.#group, direction: this.#direction, judged, window };
    const reason = why === undefined ? reasonOf(about) : undefined;
    return {
      direction: this.#direction,
      verdict,
      ...(why !== undefined && { open: why }),
      ...(pending !== undefined && { pending }),
      ...(why === undefined && judged?.cost !== undefined && { cost: judged.cost }),
      fairness: judged?.fairness ?? null,
      ...(isFault(verdict) && this.#faultSince !== undefined && { sinceMs: this.#faultSince }),
      window:
        window === undefined || judged === undefined
          ? null
          : { fromMs: window.fromMs, toMs: window.toMs, bytes: judged.bytes },
      shares: judged === undefined ? [] : this.#sharesOf(judged),
      counted:
        window === undefined
          ? null
          : {
              layer: window.layer,
              source: window.source,
              isEstimate: window.isEstimate,
              text: countedText(window, judged?.isByRequests === true),
            },
      message: messageOf(about, why, pending),
      ...(reason !== undefined && { reason }),
      ...(verdict === 'one-path' && this.#plan.oneBecause !== undefined && { isByConfiguration: true }),
    };
  }

  get #plan() {
    return this.#group.directions[this.#direction];
  }

  #conclude(seen: Seen): void {
    const { verdict } = seen.judged;
    const of = this.#limits.confirmWindows;
    if (verdict === 'not-enough-traffic') {
      this.#shown = seen;
      return;
    }
    const standing = this.#standing;
    const isStandingFault = standing !== undefined && isFault(standing.judged.verdict);
    if (isFault(verdict)) this.#faultSince ??= seen.window.fromMs;
    else if (!isStandingFault) this.#faultSince = undefined;
    if (isFault(verdict) === isStandingFault) {
      this.#settle(seen);
    } else if (isFault(verdict)) {
      this.#faults += 1;
      if (this.#faults >= of) this.#settle(seen);
      else this.#shown = { ...seen, open: 'unconfirmed', pending: { verdict, windows: this.#faults, of } };
    } else {
      this.#clears += 1;
      if (this.#clears >= of) this.#settle(seen);
      else this.#shown = { ...standing, pending: { verdict, windows: this.#clears, of } };
    }
  }

  #settle(seen: Seen): void {
    this.#standing = seen;
    this.#shown = seen;
    this.#faults = 0;
    this.#clears = 0;
    if (!isFault(seen.judged.verdict)) this.#faultSince = undefined;
  }

  /** Windows in a row are not across a gap; what stands goes on to stand. */
  #restartCounts(): void {
    this.#faults = 0;
    this.#clears = 0;
    const { verdict } = this.#standing?.judged ?? {};
    if (verdict === undefined || !isFault(verdict)) this.#faultSince = undefined;
  }

  #forget(): void {
    this.#standing = undefined;
    this.#faultSince = undefined;
    this.#shown = { open: 'gap' };
  }

  #sharesOf({ figures }: WindowVerdict): readonly PathShare[] {
    return this.#plan.paths.map(({ path, over, expected, expectedBecause }, at) => {
      const { bytes = 0, share = null, expectedShare = null, use = null } = figures[at] ?? {};
      return {
        path,
        over,
        expected,
        ...(expectedBecause !== undefined && { expectedBecause }),
        expectedShare,
        bytes,
        share,
        use,
      };
    });
  }
}
