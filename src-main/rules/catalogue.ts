/** Every rule, by id. Two plain lists of imports, so that it is the same under Node, in a bundle and in the tests. */
import { networkRules } from './catalogue-network.ts';
import { storageRules } from './catalogue-storage.ts';
import type { Rule } from './define-rule.ts';

export const catalogue: readonly Rule[] = [...networkRules, ...storageRules].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
