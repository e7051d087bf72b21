/** The sign and the word for what becomes of a target. */
import type { Fate } from '#shared/what-if.ts';

export const fateSigns: Readonly<
  Record<Fate, { readonly kind: 'error' | 'warning' | 'info' | 'none'; readonly word: string }>
> = {
  lost: { kind: 'error', word: 'Lost' },
  slower: { kind: 'warning', word: 'Slower' },
  'fewer-paths': { kind: 'warning', word: 'Fewer paths' },
  changed: { kind: 'info', word: 'Changed' },
  faster: { kind: 'info', word: 'Faster' },
  new: { kind: 'info', word: 'New' },
  same: { kind: 'none', word: 'Unchanged' },
};
