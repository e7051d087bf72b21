/** The calls of the group `changes`: plans, applying them, and what became of them. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import { guardSeconds } from '../remediation/build-plan.ts';
import type { Changes } from './changes.ts';
import type { GroupSchemas } from './request-schemas.ts';

/** Only names of what was shown: findings, fixes, choices, plans. No command, script or path can be said here. */
const name = z.string().min(1).max(200);
const value = z.union([z.string().max(1000), z.array(z.string().max(1000)).max(256)]);
const typed = z.array(z.string().max(2000)).max(16);
const secrets = z.record(name, z.string().max(1000));
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const runId = z.string().max(64);

export const changesSchemas: GroupSchemas<'changes'> = {
  plan: z.strictObject({
    findings: z.array(name).min(1).max(64),
    fixes: z.record(name, name).exactOptional(),
    answers: z.record(name, value).exactOptional(),
    guardSeconds: z.int().min(guardSeconds.least).max(guardSeconds.most).exactOptional(),
  }),
  script: z.strictObject({ planHash: hash }),
  apply: z.strictObject({ planHash: hash, typed, secrets }),
  state: z.strictObject({}),
  cancel: z.strictObject({ runId }),
  stillThere: z.strictObject({ runId }),
  history: z.strictObject({}),
  rollback: z.strictObject({ id: runId, typed, secrets }),
  resume: z.strictObject({ id: runId }),
  restart: z.strictObject({ id: runId }),
  dismiss: z.strictObject({ id: runId }),
};

export function changesHandlers(changes: Changes): MainHandlers['changes'] {
  return {
    plan: (request) => changes.plan(request),
    script: ({ planHash }) => {
      const script = changes.script(planHash);
      return script.ok ? succeed({ text: script.value }) : script;
    },
    apply: (request) => changes.apply(request),
    state: async () => succeed(await changes.state()),
    cancel: (request) => succeed({ wasRunning: changes.cancel(request.runId) }),
    stillThere: (request) => succeed({ wasInTime: changes.stillThere(request.runId) }),
    history: () => succeed(changes.history()),
    rollback: (request) => changes.rollback(request.id, request.typed, request.secrets),
    resume: ({ id }) => changes.resume(id),
    restart: ({ id }) => changes.restart(id),
    dismiss: ({ id }) => changes.dismiss(id),
  };
}
