/** Plans that are shown, the change under way, and the history, as the window knows them. */
import type { WindowBridge } from '#shared/contract.ts';
import type { Check } from '#shared/finding.ts';
import type {
  ChangeRun,
  ChangesState,
  ChoiceValue,
  FixPlan,
  History,
  LeftoverChange,
  PlanWish,
  Refusal,
} from '#shared/fix-plan.ts';
import type { Failure, Result } from '#shared/result.ts';

export class ChangesStore {
  readonly #bridge: WindowBridge;
  /** All of these arrive whole. */
  #wish = $state.raw<PlanWish>();
  #plan = $state.raw<FixPlan>();
  #failure = $state.raw<Failure>();
  #run = $state.raw<ChangeRun>();
  #leftovers = $state.raw<readonly LeftoverChange[]>([]);
  #guardsUnknown = $state.raw<Failure>();
  #closed = $state.raw<Refusal>();
  #typeToConfirm = $state.raw<string>();
  #history = $state.raw<History>();
  #rollingBack = $state<string>();
  #before = $state.raw<Check>();
  #isStarting = $state(false);
  #asked = 0;
  #refreshed = 0;

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  /** What the shown plan was asked for. */
  get wish(): PlanWish | undefined {
    return this.#wish;
  }

  get plan(): FixPlan | undefined {
    return this.#plan;
  }

  /** Why the last call failed. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The change under way, or the last one of this window. */
  get run(): ChangeRun | undefined {
    return this.#run;
  }

  get isRunning(): boolean {
    return this.#isStarting || (this.#run !== undefined && this.#run.phase !== 'ended');
  }

  /** The host as it was when the change of `run` was started from this window. */
  get before(): Check | undefined {
    return this.#before;
  }

  get leftovers(): readonly LeftoverChange[] {
    return this.#leftovers;
  }

  /** Why nobody knows whether a guard is still on the host. */
  get guardsUnknown(): Failure | undefined {
    return this.#guardsUnknown;
  }

  /** Why nothing can be changed from here at all. */
  get closed(): Refusal | undefined {
    return this.#closed;
  }

  /** Has to be typed with every change of this host; undefined where it need not. */
  get typeToConfirm(): string | undefined {
    return this.#typeToConfirm;
  }

  /** Undefined until it was asked for. */
  get history(): History | undefined {
    return this.#history;
  }

  /** Listens, then asks; gives the undo. */
  async follow(): Promise<() => void> {
    const undo = this.#bridge.changes.onProgress((run) => {
      this.#run = run;
      if (run.phase === 'ended') void this.#refresh();
    });
    await this.#refresh();
    return undo;
  }

  /** A new plan; the answers of the one before are forgotten. */
  async open(findings: readonly string[]): Promise<void> {
    this.#plan = undefined;
    await this.#ask({ findings });
  }

  async answer(id: string, value: ChoiceValue): Promise<void> {
    const { wish } = this;
    if (wish !== undefined) await this.#ask({ ...wish, answers: { ...wish.answers, [id]: value } });
  }

  async chooseFix(finding: string, fix: string): Promise<void> {
    const { wish } = this;
    if (wish !== undefined) await this.#ask({ ...wish, fixes: { ...wish.fixes, [finding]: fix } });
  }

  async waitWithGuard(seconds: number): Promise<void> {
    const { wish } = this;
    if (wish !== undefined) await this.#ask({ ...wish, guardSeconds: seconds });
  }

  /** Makes the same plan on what was seen last. */
  async planAgain(): Promise<void> {
    if (this.#wish !== undefined) await this.#ask(this.#wish);
  }

  /** The shown plan as a script; undefined where it could not be made. */
  async script(): Promise<string | undefined> {
    const planHash = this.#plan?.hash;
    if (planHash === undefined) return undefined;
    const answer = await this.#bridge.changes.script({ planHash });
    this.#failure = answer.ok ? undefined : answer.failure;
    return answer.ok ? answer.value.text : undefined;
  }

  /** `check` is the host as it is now, for the comparison afterwards. True where it began. */
  async apply(
    typed: readonly string[],
    secrets: Readonly<Record<string, string>>,
    check: Check,
  ): Promise<boolean> {
    const planHash = this.#plan?.hash;
    if (planHash === undefined || this.isRunning) return false;
    return this.#start(check, () => this.#bridge.changes.apply({ planHash, typed, secrets }));
  }

  async rollback(
    id: string,
    typed: readonly string[],
    secrets: Readonly<Record<string, string>>,
    check: Check,
  ): Promise<boolean> {
    if (this.isRunning) return false;
    this.#rollingBack = id;
    return this.#start(check, () => this.#bridge.changes.rollback({ id, typed, secrets }));
  }

  /** What has to be typed to take this change back all the same: its last attempt was refused for that harm. */
  harmToType(id: string): readonly string[] {
    const refusals = this.#rollingBack === id && this.#run?.kind === 'rollback' ? this.#run.refusals : [];
    return (refusals ?? []).flatMap(({ typeToOverride }) => typeToOverride ?? []);
  }

  async cancel(): Promise<void> {
    const runId = this.#run?.id;
    if (runId !== undefined) this.#take(await this.#bridge.changes.cancel({ runId }));
  }

  async stillThere(): Promise<void> {
    const runId = this.#run?.id;
    if (runId !== undefined) this.#take(await this.#bridge.changes.stillThere({ runId }));
  }

  async readHistory(): Promise<void> {
    this.#history = this.#take(await this.#bridge.changes.history({})) ?? this.#history;
  }

  /** True where its story is told to the end. */
  async resume(id: string): Promise<boolean> {
    return this.#goOn(() => this.#bridge.changes.resume({ id }));
  }

  /** Of a simulated host: restarts it first. */
  async restart(id: string): Promise<boolean> {
    return this.#goOn(() => this.#bridge.changes.restart({ id }));
  }

  async #goOn(call: () => Promise<Result<History>>): Promise<boolean> {
    const history = this.#take(await call());
    if (history === undefined) return false;
    this.#history = history;
    await this.#refresh();
    return true;
  }

  async dismiss(id: string): Promise<void> {
    this.#history = this.#take(await this.#bridge.changes.dismiss({ id })) ?? this.#history;
    await this.#refresh();
  }

  async #start(check: Check, call: () => Promise<Result<{ readonly runId: string }>>): Promise<boolean> {
    this.#isStarting = true;
    this.#before = check;
    const hasBegun = this.#take(await call()) !== undefined;
    if (hasBegun) await this.#refresh();
    this.#isStarting = false;
    return hasBegun;
  }

  async #ask(wish: PlanWish): Promise<void> {
    this.#wish = wish;
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#bridge.changes.plan(wish);
    // Answers may overtake each other; only that to the newest question counts.
    if (asked !== this.#asked) return;
    this.#failure = answer.ok ? undefined : answer.failure;
    this.#plan = answer.ok ? answer.value : undefined;
  }

  async #refresh(): Promise<void> {
    this.#refreshed += 1;
    const refreshed = this.#refreshed;
    const state: ChangesState | undefined = this.#take(await this.#bridge.changes.state({}));
    // A later question knows more, whichever is answered first.
    if (state === undefined || refreshed !== this.#refreshed) return;
    // An event that came meanwhile is newer than an answer about the same change.
    if (state.run !== undefined && (this.#run?.id !== state.run.id || state.run.phase === 'ended')) {
      this.#run = state.run;
    }
    this.#leftovers = state.leftovers;
    this.#guardsUnknown = state.guardsUnknown;
    this.#closed = state.closed;
    this.#typeToConfirm = state.typeToConfirm;
    if (this.#history !== undefined) await this.readHistory();
  }

  #take<T>(answer: Result<T>): T | undefined {
    this.#failure = answer.ok ? undefined : answer.failure;
    return answer.ok ? answer.value : undefined;
  }
}
