/**
 * An engine for many simulated hosts of one Windows release, one after the other: they live in this process, so that a
 * test sees their whole state, and the engine and its modules are started once for all of them.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Capture } from '#shared/capture.ts';
import { succeed } from '#shared/result.ts';
import { discover } from '../../src-main/discovery/discover.ts';
import type { HostChanges } from '../../src-main/hosts/host.ts';
import { localChanges } from '../../src-main/hosts/local-changes.ts';
import { releaseFacts } from '../../src-main/hosts/simulated-host/release.ts';
import { createHostServer } from '../../src-main/hosts/simulated-host/serve.ts';
import type { SimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import type { Launch } from '../../src-main/hosts/simulated-host/task-runner.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { ScriptReply } from '../../src-main/powershell/shell.ts';
import { prepareEngine } from './engine.ts';
import type { Release } from './windows-commands.ts';

export interface EngineLab {
  /** From now on this host answers the cmdlets; changed by the scripts of the product. */
  readonly doorsTo: (host: SimulatedHost) => HostChanges;
  /** Runs the action of a scheduled task, in a process that stays. */
  readonly launch: Launch;
  /** Through the probes of the product. */
  readonly look: () => Promise<Capture>;
  /** Runs a line as a person would who pastes it; `secret` is what that person types where it asks. */
  readonly paste: (line: string, secret: string) => Promise<ScriptReply>;
  readonly close: () => Promise<void>;
}

const deadlineMs = 60_000;

/** A person at the console: whatever is asked, the answer is the same. */
const person = `param([string] $Answer)
function Read-Host { param([switch] $AsSecureString, [string] $Prompt)
    $text = New-Object -TypeName Security.SecureString
    foreach ($sign in $Answer.ToCharArray()) { $text.AppendChar($sign) }
    , $text
}
`;

/** `hosts`: samples of what will be changed, whose commands are made known to the engine. */
export async function openEngineLab(release: Release, hosts: readonly SimulatedHost[]): Promise<EngineLab> {
  const [first] = hosts;
  if (first === undefined) throw new Error('An engine without a host has no commands.');
  let current = first;
  const server = createHostServer(
    new Proxy(first, { get: (_, property) => Reflect.get(current, property) as unknown }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const commands = new Map(
    hosts.flatMap((host) =>
      host.commands().map((name) => [name, { name, module: host.moduleOf(name) ?? '' }] as const),
    ),
  );
  const prepared = prepareEngine({
    host: {
      address: `127.0.0.1:${port}`,
      release,
      psVersion: releaseFacts[release].powershell,
      isElevated: true,
      commands: [...commands.values()],
    },
  });
  const scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-engine-lab-'));
  const guardFolder = path.join(scratch, 'guards');
  // Off Windows PowerShell takes an argument with a wildcard for the files that it fits, so there are none.
  const workingFolder = path.join(scratch, 'empty');
  mkdirSync(workingFolder);
  const engine = { ...prepared.engine, workingFolder };
  const prelude = `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`;
  const shell = openPool({ engine, size: 1, prelude });
  const tasks = openPool({ engine, size: 1, prelude: prepared.prelude });
  const changes = localChanges({
    shell,
    files: {
      journalFolder: path.join(scratch, 'journal'),
      guardFolder,
      makePrivate: (folder) => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        return succeed(undefined);
      },
    },
  });
  return {
    doorsTo: (host) => {
      current = host;
      return { ...changes, close: () => Promise.resolve() };
    },
    launch: async ({ arguments: given = '' }) => {
      const script = /-Command "(.*)"$/.exec(given)?.[1];
      if (script === undefined) throw new Error(`Not a call with a command: ${given}`);
      const reply = await tasks.run({ script, deadlineMs });
      return reply.ok && reply.value.fatal === undefined ? 0 : 1;
    },
    look: async () => {
      const looked = await discover(shell, { sideBySide: 1 });
      if (!looked.ok) throw new Error(looked.failure.message);
      return looked.value;
    },
    paste: async (line, secret) => {
      const reply = await shell.run({
        script: `${person}${line}`,
        parameters: { Answer: secret },
        deadlineMs,
      });
      if (!reply.ok) throw new Error(reply.failure.message);
      return reply.value;
    },
    close: async () => {
      await Promise.all([shell.close(), tasks.close()]);
      server.close();
      prepared.dispose();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
