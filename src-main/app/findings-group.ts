/** The calls of the group `findings`: the page that explains a rule. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { fail, succeed } from '#shared/result.ts';
import { readResource } from '../platform/resources.ts';
import { catalogue } from '../rules/catalogue.ts';
import type { GroupSchemas } from './request-schemas.ts';

export const findingsSchemas: GroupSchemas<'findings'> = {
  page: z.strictObject({ rule: z.string().max(100) }),
};

export const findingsHandlers: MainHandlers['findings'] = {
  page: ({ rule }) => {
    // Only an id of the catalogue becomes part of a path.
    const known = catalogue.find(({ id }) => id === rule);
    if (known === undefined) return fail('bad-request', 'There is no rule of that name.');
    return succeed({ rule: known.id, text: readResource(`rules/${known.id}.md`) });
  },
};
