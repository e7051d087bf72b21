/** The safe load of this machine: one PowerShell process of its own for each run, gone when the run is over. */
import { loadBounds, type LoadEnd, type LoadProgress } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import * as z from 'zod';
import { readResource } from '../../platform/resources.ts';
import type { Engine } from '../../powershell/engine.ts';
import { openSession } from '../../powershell/session.ts';
import type { ScriptReply, Shell } from '../../powershell/shell.ts';
import type { FoundFile, HostLoad, LoadOrder, RunningLoad } from '../host.ts';
import { refusedText } from './refused-text.ts';

/** Opening a file on a server that does not answer takes long. */
const openDeadlineMs = 60_000;
const askDeadlineMs = 5_000;
/** Readers may wait for the answer to their last request. */
const stopDeadlineMs = 15_000;

const ends = ['time', 'bytes', 'stopped', 'unattended', 'failed'] as const satisfies readonly LoadEnd[];

const progressShape = z.object({
  Bytes: z.number(),
  Seconds: z.number(),
  Ended: z.enum(ends).nullish(),
  IsOver: z.boolean(),
  Problem: z.string().nullish(),
  IsUnbuffered: z.boolean(),
});
const refusedShape = z.object({
  Refused: z.string(),
  Problem: z.string().nullish(),
  Code: z.number().nullish(),
});
const filesShape = z.array(z.object({ Name: z.string(), Bytes: z.number() }));

type OpenShell = (engine: Engine, prelude: string) => Shell;

const openOwnSession: OpenShell = (engine, prelude) => openSession({ engine, prelude });

/** `extra` runs after the functions of the load; tests put a file in the place of a disk with it. */
export function loadPrelude(extra = ''): string {
  return `${readResource('powershell/load/common.ps1')}\n${extra}`;
}

function failureOf({ fatal, errors }: ScriptReply): Result<never> | undefined {
  const problem = fatal ?? errors[0];
  return problem === undefined ? undefined : fail('script-error', problem.message);
}

function progressOf(reply: Result<ScriptReply>): Result<LoadProgress> {
  if (!reply.ok) return reply;
  const [said] = reply.value.data;
  const refused = refusedShape.safeParse(said);
  if (refused.success) {
    const { Refused, Problem, Code } = refused.data;
    return refusedText(Refused, Problem ?? undefined, Code ?? undefined);
  }
  const failed = failureOf(reply.value);
  if (failed !== undefined) return failed;
  const read = progressShape.safeParse(said);
  if (!read.success) return fail('bad-output', 'The readers did not say how far they are.');
  const { Bytes, Seconds, Ended, IsOver, Problem, IsUnbuffered } = read.data;
  return succeed({
    bytes: Bytes,
    seconds: Seconds,
    ...(IsOver && { ended: Ended ?? 'failed' }),
    ...(Problem !== null && Problem !== undefined && { problem: Problem }),
    isUnbuffered: IsUnbuffered,
  });
}

export function localLoad(
  findEngine: () => Result<Engine>,
  prelude: () => string = loadPrelude,
  openShell: OpenShell = openOwnSession,
): HostLoad {
  const open = async (order: LoadOrder): Promise<Result<RunningLoad>> => {
    const engine = findEngine();
    if (!engine.ok) return engine;
    const shell = openShell(engine.value, prelude());
    const { source, identity, streams, seconds, bytesPerSecond, bytes, blockBytes } = order;
    const facts = await shell.facts();
    const refuse = async (failure: Result<never>): Promise<Result<never>> => {
      await shell.close();
      return failure;
    };
    if (!facts.ok) return refuse(facts);
    if (source.kind === 'disk' && !facts.value.isElevated) return refuse(refusedText('not-elevated'));
    const begun = progressOf(
      await shell.run({
        script: readResource('powershell/load/Start-Load.ps1'),
        parameters: {
          ...(source.kind === 'disk'
            ? { Disk: source.number, UniqueId: identity?.uniqueId ?? '', Size: identity?.sizeBytes ?? 0 }
            : { Path: source.path }),
          Streams: streams,
          Seconds: seconds,
          BytesPerSecond: bytesPerSecond,
          Bytes: bytes,
          Block: blockBytes,
          LeastSize: loadBounds.leastSizeBytes,
        },
        deadlineMs: openDeadlineMs,
      }),
    );
    if (!begun.ok) return refuse(begun);
    let last = begun.value;
    const keep = (answer: Result<LoadProgress>): Result<LoadProgress> => {
      if (answer.ok) last = answer.value;
      return answer;
    };
    return succeed({
      progress: async () =>
        last.ended === undefined
          ? keep(progressOf(await shell.run({ script: 'Get-LoadProgress', deadlineMs: askDeadlineMs })))
          : succeed(last),
      stop: async () => {
        const stopped =
          last.ended === undefined
            ? keep(progressOf(await shell.run({ script: 'Close-Load', deadlineMs: stopDeadlineMs })))
            : succeed(last);
        // A reader that waits for the storage ends with its process.
        return stopped.ok && stopped.value.ended === undefined
          ? succeed({ ...stopped.value, ended: 'stopped' })
          : stopped;
      },
      close: () => shell.close(),
    });
  };
  return {
    open,
    findFiles: async (share) => {
      const engine = findEngine();
      if (!engine.ok) return engine;
      const shell = openShell(engine.value, prelude());
      try {
        const reply = await shell.run({
          script: readResource('powershell/load/Find-File.ps1'),
          parameters: { Share: share, LeastSize: loadBounds.leastSizeBytes },
          deadlineMs: openDeadlineMs,
        });
        if (!reply.ok) return reply;
        const failed = failureOf(reply.value);
        if (failed !== undefined) return failed;
        const read = filesShape.safeParse(reply.value.data);
        return read.success
          ? succeed(read.data.map(({ Name, Bytes }): FoundFile => ({ name: Name, bytes: Bytes })))
          : fail('bad-output', 'What lies on the share could not be read.');
      } finally {
        await shell.close();
      }
    },
  };
}
