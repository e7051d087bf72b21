/** The shape of a set of request schemas: one for each call of the contract, so that a missing one does not compile. */
import type * as z from 'zod';
import type { GroupName, MainHandlers } from '#shared/contract.ts';

export type GroupSchemas<Group extends GroupName> = {
  readonly [Name in keyof MainHandlers[Group]]: MainHandlers[Group][Name] extends (
    request: infer Request,
  ) => unknown
    ? z.ZodType<Request>
    : never;
};

export type RequestSchemas = { readonly [Group in GroupName]: GroupSchemas<Group> };
