/** The calls of the group `load`: a bounded read that shows how the paths of a target share traffic. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { loadBounds, type LoadSource } from '#shared/load.ts';
import { fail, succeed } from '#shared/result.ts';
import { readResource } from '../platform/resources.ts';
import type { Load } from './load.ts';
import type { GroupSchemas } from './request-schemas.ts';

/** No path can be said here: files have ids, which main gave them. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().min(1).max(256);
const mostDisk = 100_000;

const { streams, seconds, bytes } = loadBounds;

export const loadSchemas: GroupSchemas<'load'> = {
  state: z.strictObject({}),
  files: z.strictObject({ shareId: id }),
  plan: z.strictObject({
    source: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('disk'), number: z.int().min(0).max(mostDisk) }),
      z.strictObject({ kind: z.literal('file'), fileId: id }),
    ]),
    // What is beyond a bound is refused in words by the plan; here only what no plan can be made of.
    streams: z
      .int()
      .min(0)
      .max(1000 * streams.most)
      .exactOptional(),
    seconds: z
      .number()
      .min(0)
      .max(1000 * seconds.most)
      .exactOptional(),
    bitsPerSecond: z.number().min(0).max(1e15).exactOptional(),
    bytes: z
      .number()
      .min(0)
      .max(1000 * bytes.most)
      .exactOptional(),
  }),
  script: z.strictObject({}),
  start: z.strictObject({ planHash: hash }),
  stop: z.strictObject({ runId: id }),
};

export function loadHandlers(load: Load): MainHandlers['load'] {
  return {
    state: () => succeed(load.run()),
    files: ({ shareId }) => load.files(shareId),
    plan: ({ source, ...wish }) => {
      const path = source.kind === 'file' ? load.fileOf(source.fileId) : '';
      if (path === undefined) return fail('bad-request', 'That file was not shown here.');
      const named: LoadSource = source.kind === 'file' ? { kind: 'file', path } : source;
      return load.plan({ ...wish, source: named });
    },
    script: () =>
      succeed({
        text: ['Start-Load', 'common']
          .map((name) => `# ${name}.ps1\n${readResource(`powershell/load/${name}.ps1`)}`)
          .join('\n'),
      }),
    start: ({ planHash }) => load.start(planHash),
    stop: ({ runId }) => succeed({ wasRunning: load.stop(runId) }),
  };
}
