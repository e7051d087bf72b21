/** The rules about adapters, teams, switches, vNICs and addresses. */
import type { Rule } from './define-rule.ts';
import { rule as memberBindings } from './member-bindings.rule.ts';
import { rule as sameMember } from './same-member.rule.ts';

export const networkRules: readonly Rule[] = [memberBindings, sameMember];
