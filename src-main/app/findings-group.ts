/** The calls of the group `findings`: the page that explains a rule. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { fail, succeed } from '#shared/result.ts';
import type { GroupSchemas } from './request-schemas.ts';
import { rulePage } from './rule-list.ts';

export const findingsSchemas: GroupSchemas<'findings'> = {
  page: z.strictObject({ rule: z.string().max(100) }),
};

export const findingsHandlers: MainHandlers['findings'] = {
  page: ({ rule }) => {
    const text = rulePage(rule);
    return text === undefined
      ? fail('bad-request', 'There is no rule of that name.')
      : succeed({ rule, text });
  },
};
