/** A bounded read as the window knows it: the plan that is shown, the run under way, and what came of it. */
import type { WindowBridge } from '#shared/contract.ts';
import type { LoadFile, LoadRequest, LoadRun, ShownLoadPlan } from '#shared/load.ts';
import type { Failure } from '#shared/result.ts';

/** Main ends a read that nobody asks for; slower in a page that is not shown, and still often enough. */
const askEveryMs = 3000;

export class LoadStore {
  readonly #bridge: WindowBridge;
  #plan = $state.raw<ShownLoadPlan>();
  #run = $state.raw<LoadRun | null>(null);
  #failure = $state.raw<Failure>();
  #isPlanning = $state(false);
  #files = $state.raw<readonly LoadFile[]>();
  #filesOf = $state('');
  #script = $state.raw<string>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #asked = 0;

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  /** The plan that is shown; gone once it runs. */
  get plan(): ShownLoadPlan | undefined {
    return this.#plan;
  }

  /** The run under way, or the last one. */
  get run(): LoadRun | null {
    return this.#run;
  }

  get isRunning(): boolean {
    return this.#run !== null && this.#run.phase !== 'over';
  }

  /** What moves now is counted for the plan. */
  get isPlanning(): boolean {
    return this.#isPlanning;
  }

  /** Why the last call came to nothing. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Of the share that was asked for last; undefined until they are known. */
  get files(): readonly LoadFile[] | undefined {
    return this.#files;
  }

  /** The scripts that read; undefined until they were asked for. */
  get script(): string | undefined {
    return this.#script;
  }

  /** Listens, then asks; gives the undo. */
  async follow(): Promise<() => void> {
    const undo = this.#bridge.load.onProgress((run) => this.#keep(run));
    await this.#ask();
    return () => {
      undo();
      clearInterval(this.#timer);
    };
  }

  /** Asked again while it is under way, only the last wish counts. */
  async makePlan(request: LoadRequest): Promise<void> {
    const asked = ++this.#asked;
    this.#isPlanning = true;
    this.#failure = undefined;
    this.#plan = undefined;
    const answer = await this.#bridge.load.plan(request);
    if (asked !== this.#asked) return;
    this.#isPlanning = false;
    if (answer.ok) this.#plan = answer.value;
    else this.#failure = answer.failure;
  }

  forgetPlan(): void {
    this.#asked += 1;
    this.#isPlanning = false;
    this.#plan = undefined;
    this.#failure = undefined;
  }

  async findFiles(shareId: string): Promise<void> {
    if (this.#filesOf === shareId && this.#files !== undefined) return;
    this.#filesOf = shareId;
    this.#files = undefined;
    this.#failure = undefined;
    const answer = await this.#bridge.load.files({ shareId });
    if (this.#filesOf !== shareId) return;
    if (answer.ok) this.#files = answer.value;
    else this.#failure = answer.failure;
  }

  async readScript(): Promise<void> {
    const answer = await this.#bridge.load.script({});
    if (answer.ok) this.#script = answer.value.text;
    else this.#failure = answer.failure;
  }

  /** The shown plan. */
  async start(): Promise<void> {
    const planHash = this.#plan?.hash;
    if (planHash === undefined) return;
    const answer = await this.#bridge.load.start({ planHash });
    this.#failure = answer.ok ? undefined : answer.failure;
    if (!answer.ok) return;
    this.#plan = undefined;
    await this.#ask();
  }

  async stop(): Promise<void> {
    if (this.#run === null) return;
    const answer = await this.#bridge.load.stop({ runId: this.#run.id });
    if (!answer.ok) this.#failure = answer.failure;
  }

  async #ask(): Promise<void> {
    const answer = await this.#bridge.load.state({});
    if (answer.ok) this.#keep(answer.value);
    else this.#failure = answer.failure;
  }

  #keep(run: LoadRun | null): void {
    // An answer may be older than what was told meanwhile.
    if (this.#run?.phase === 'over' && run?.id === this.#run.id) return;
    this.#run = run;
    if (this.isRunning) {
      // What is told comes more often than it has to be asked for.
      this.#timer ??= setInterval(() => void this.#ask(), askEveryMs);
      return;
    }
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
