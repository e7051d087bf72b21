/** The pages of the rules, each asked for when it is first opened. */
import { SvelteMap } from 'svelte/reactivity';
import type { RulePage, WindowBridge } from '#shared/contract.ts';
import type { Result } from '#shared/result.ts';

export class RulePageStore {
  readonly #bridge: WindowBridge;
  readonly #pages = new SvelteMap<string, Result<RulePage> | 'asking'>();

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get(rule: string): Result<RulePage> | 'asking' | undefined {
    return this.#pages.get(rule);
  }

  /** A page that could not be had is asked for again. */
  async open(rule: string): Promise<void> {
    const known = this.#pages.get(rule);
    if (known === 'asking' || known?.ok === true) return;
    this.#pages.set(rule, 'asking');
    this.#pages.set(rule, await this.#bridge.findings.page({ rule }));
  }
}
