/** Whether others than administrators could exchange what an elevated Switchyard runs or believes. */
import { win32 } from 'node:path';
import * as z from 'zod';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import { othersWhoWrite, ownerOf, type FolderUse } from '../platform/folder-rights.ts';
import { readResource } from '../platform/resources.ts';
import { findEngine } from '../powershell/engine.ts';
import { openSession } from '../powershell/session.ts';
import type { Shell } from '../powershell/shell.ts';

const deadlineMs = 30_000;

const answerShape = z.array(z.object({ Path: z.string(), Sddl: z.string(), Problem: z.string() }));

export interface FolderRights {
  readonly folder: string;
  /** SDDL; empty where the folder could not be asked. */
  readonly sddl: string;
  /** Why not, in the words of Windows. */
  readonly problem: string;
}

/** One for each folder, in their order. */
export async function readFolderRights(
  shell: Pick<Shell, 'run'>,
  folders: readonly string[],
): Promise<Result<readonly FolderRights[]>> {
  const reply = await shell.run({
    script: readResource('powershell/machine/Get-FolderRights.ps1'),
    parameters: { Path: folders },
    deadlineMs,
  });
  if (!reply.ok) return reply;
  const read = answerShape.safeParse(reply.value.data);
  if (reply.value.fatal !== undefined || !read.success) {
    return fail('bad-output', 'Windows did not say who may write in the folders of Switchyard.', {
      ...(reply.value.fatal !== undefined && { detail: reply.value.fatal.message }),
    });
  }
  return succeed(
    read.data.map(({ Path, Sddl, Problem }) => ({ folder: Path, sddl: Sddl, problem: Problem })),
  );
}

/** The folder and all above it, up to the drive. */
export function withParents(folder: string): readonly string[] {
  const above = win32.dirname(folder);
  return above === folder ? [folder] : [folder, ...withParents(above)];
}

/** One sentence for each of `folders` that others can exchange things in; folders above them count less. */
export function openFolders(
  rights: readonly FolderRights[],
  folders: readonly string[],
  options: { readonly isOwnersAlright?: boolean } = {},
): readonly string[] {
  return rights.flatMap(({ folder, sddl }) => {
    const use: FolderUse | undefined = folders.includes(folder)
      ? 'own'
      : folders.some((one) => withParents(one).includes(folder))
        ? 'above'
        : undefined;
    if (use === undefined || sddl === '') return [];
    const others = othersWhoWrite(sddl, use, options.isOwnersAlright === true ? ownerOf(sddl) : undefined);
    if (others === undefined) return [`Who may write in ${folder} could not be understood.`];
    return others.length === 0
      ? []
      : [`${folder} can be ${use === 'own' ? 'written to' : 'exchanged'} by ${others.join(', ')}.`];
  });
}

export const programFolderWayOut =
  'Move it to a folder below Program Files, where only administrators write, or install it; or start it without elevation.';

/**
 * Why a program in this folder may not run with administrator rights: somebody without them could put another file in
 * its place, which would then run with them. Undefined where only administrators write, where it is not elevated, or
 * where Windows does not tell.
 */
export async function elevationRefusal(shell: Shell, folder: string): Promise<Failure | undefined> {
  const facts = await shell.facts();
  if (!facts.ok || !facts.value.isElevated) return undefined;
  const rights = await readFolderRights(shell, withParents(folder));
  if (!rights.ok) return undefined;
  const open = openFolders(rights.value, [folder]);
  if (open.length === 0) return undefined;
  return {
    kind: 'refused',
    message: `Switchyard does not run with administrator rights from ${folder}. ${open.join(' ')}`,
    remedy: programFolderWayOut,
  };
}

/** The same, asked with a PowerShell of its own; for the desktop program, which somebody may start by its file. */
export async function refuseElevationFrom(folder: string): Promise<Failure | undefined> {
  const engine = findEngine();
  if (!engine.ok) return undefined;
  const shell = openSession({ engine: engine.value });
  try {
    return await elevationRefusal(shell, folder);
  } finally {
    await shell.close();
  }
}
