/** The counters of the host as they are read now: how the reading goes, the newest rates, and what they tell. */
import type { WindowBridge } from '#shared/contract.ts';
import type { LiveRate, LiveState, LiveTick, LiveVerdicts } from '#shared/live.ts';
import type { Failure, Result } from '#shared/result.ts';

/** Windows of verdicts are longer by far. */
const verdictsEveryMs = 3000;
const noRates: ReadonlyMap<string, LiveRate> = new Map();

/** Never changed, but replaced. */
function ratesOf({ rates }: LiveTick): ReadonlyMap<string, LiveRate> {
  return new Map(rates.map((rate) => [rate.subjectId, rate]));
}

export class LiveStore {
  readonly #bridge: WindowBridge;
  readonly #now: () => number;
  #state = $state.raw<LiveState>();
  #tick = $state.raw<LiveTick>();
  #verdicts = $state.raw<LiveVerdicts | null>(null);
  #refused = $state.raw<Failure>();
  #verdictsAskedAt = Number.NEGATIVE_INFINITY;
  #rates = $state.raw(noRates);

  constructor(bridge: WindowBridge, now: () => number = () => performance.now()) {
    this.#bridge = bridge;
    this.#now = now;
  }

  /** Undefined until main has answered. */
  get state(): LiveState | undefined {
    return this.#state;
  }

  get isOn(): boolean {
    return this.#state !== undefined && this.#state.phase !== 'off';
  }

  get tick(): LiveTick | undefined {
    return this.#tick;
  }

  /** Readings come in, of some source at least. */
  get isMoving(): boolean {
    const { phase, sources } = this.#state ?? { phase: 'off', sources: [] };
    return (
      phase === 'running' || (phase === 'stalled' && sources.some((source) => source.phase === 'running'))
    );
  }

  /** The newest rates by the id of what they are of; empty while nothing is read, and where no source answers. */
  get rates(): ReadonlyMap<string, LiveRate> {
    return this.isOn && (this.isMoving || this.#state?.phase !== 'stalled') ? this.#rates : noRates;
  }

  /** Null where nothing was sampled yet. They stay when the reading is stopped. */
  get verdicts(): LiveVerdicts | null {
    return this.#verdicts;
  }

  /** Why the last wish came to nothing, or why nothing is sampled. */
  get failure(): Failure | undefined {
    return this.#refused ?? this.#state?.failure;
  }

  /** Listens, then asks; gives the undo. */
  async follow(): Promise<() => void> {
    const undo = [
      this.#bridge.live.onTick((tick) => this.#take(tick)),
      this.#bridge.live.onChanged(() => void this.#ask()),
      // The window may have missed something; and a new look judges by other thresholds.
      this.#bridge.host.onChanged(() => {
        void this.#ask();
        if (this.#verdicts !== null) void this.#askVerdicts();
      }),
    ];
    await this.#ask();
    if ((this.#state?.sampleCount ?? 0) > 0) await this.#askVerdicts();
    return () => undo.forEach((stop) => stop());
  }

  async toggle(): Promise<void> {
    await (this.isOn ? this.stop() : this.start());
  }

  /** Starts, or changes the pace of what runs. */
  async start(intervalMs?: number): Promise<void> {
    this.#keep(await this.#bridge.live.start(intervalMs === undefined ? {} : { intervalMs }));
  }

  async stop(): Promise<void> {
    this.#keep(await this.#bridge.live.stop({}));
    await this.#askVerdicts();
  }

  /** Of a recording alone. */
  async replay(wish: {
    readonly speed?: number;
    readonly isPaused?: boolean;
    readonly positionMs?: number;
  }): Promise<void> {
    this.#keep(await this.#bridge.live.replay(wish));
  }

  #take(tick: LiveTick): void {
    this.#tick = tick;
    this.#rates = ratesOf(tick);
    if (this.#now() - this.#verdictsAskedAt < verdictsEveryMs) return;
    // What the reading costs comes with its state.
    void this.#ask();
    void this.#askVerdicts();
  }

  async #ask(): Promise<void> {
    const before = this.#state?.phase;
    this.#keep(await this.#bridge.live.state({}), this.#refused);
    // No reading may follow: what the last ones told would never be asked for.
    if (before !== undefined && before !== this.#state?.phase) void this.#askVerdicts();
  }

  async #askVerdicts(): Promise<void> {
    this.#verdictsAskedAt = this.#now();
    const answer = await this.#bridge.live.verdicts({});
    if (!answer.ok) return;
    const { value } = answer;
    if (value === null || value.revision >= (this.#verdicts?.revision ?? 0)) this.#verdicts = value;
  }

  #keep(answer: Result<LiveState>, refused?: Failure): void {
    this.#refused = answer.ok ? refused : answer.failure;
    // Answers may overtake each other.
    if (answer.ok && answer.value.revision >= (this.#state?.revision ?? 0)) this.#state = answer.value;
  }
}
