/** Which view stands in the middle and which tab beside it: one place, so that every link leads there. */
import type { ObservationName } from '#shared/capture.ts';

/** `map` is where a person comes back to; the others open in its place. */
export type Stage =
  | { readonly name: 'map' }
  | { readonly name: 'findings' }
  | { readonly name: 'what-if' }
  /** Whether the traffic spreads. */
  | { readonly name: 'spread' }
  | { readonly name: 'compare' }
  | { readonly name: 'settings' }
  /** How to fix: the plan that the store of changes holds. */
  | { readonly name: 'plan' }
  /** The change under way, or the last one. */
  | { readonly name: 'change' }
  | { readonly name: 'history' }
  | { readonly name: 'tables'; readonly table: string }
  /** `item`: words that the wanted item of the answer holds. */
  | { readonly name: 'observation'; readonly observation: ObservationName; readonly item?: string };

export const tabIds = ['findings', 'targets', 'selected', 'changes', 'host'] as const;
export type TabId = (typeof tabIds)[number];

export class ViewStore {
  tab = $state<TabId>('findings');
  #stages = $state.raw<readonly Stage[]>([{ name: 'map' }]);
  /** What was pressed to open each of the stages behind the first. */
  readonly #openers: (Element | null)[] = [];

  get stage(): Stage {
    return this.#stages.at(-1) ?? { name: 'map' };
  }

  get canGoBack(): boolean {
    return this.#stages.length > 1;
  }

  /** Opens a view over the one that is there; one of the same name takes its place. */
  open(stage: Stage): void {
    if (stage.name === 'map') {
      this.#stages = [stage];
      this.#openers.length = 0;
      return;
    }
    const isSame = stage.name === this.stage.name;
    if (!isSame) this.#openers.push(document.activeElement);
    this.#stages = [...(isSame ? this.#stages.slice(0, -1) : this.#stages), stage];
  }

  /** To the view before, with the focus on what opened this one where that is still there. */
  back(): void {
    if (!this.canGoBack) return;
    this.#stages = this.#stages.slice(0, -1);
    const opener = this.#openers.pop();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }
}
