/** From findings to the plan that would mend them, shown in the middle. */
import type { ChangesStore } from '../state/changes.svelte.ts';
import type { ViewStore } from '../state/view.svelte.ts';

export function openPlan(changes: ChangesStore, view: ViewStore, findings: readonly string[]): void {
  void changes.open(findings);
  view.open({ name: 'plan' });
}
