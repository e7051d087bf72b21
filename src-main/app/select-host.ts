/** Which host is meant: a capture file, a demo, or this machine. */
import path from 'node:path';
import type { Capture } from '#shared/capture.ts';
import type { CheckSource } from '#shared/finding.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { captureHost } from '../hosts/capture-host.ts';
import type { Host } from '../hosts/host.ts';
import { localChanges } from '../hosts/local-changes.ts';
import { localHost } from '../hosts/local-host.ts';
import { demoHost, demoScenarios } from '../hosts/simulated-host/demo-host.ts';
import { makePrivateFolder, machineFolder } from '../platform/private-folder.ts';
import { readResource } from '../platform/resources.ts';
import { findEngine } from '../powershell/engine.ts';
import { openSession } from '../powershell/session.ts';
import { nearest } from './nearest.ts';

export interface HostChoice {
  readonly capture?: string | undefined;
  readonly demo?: string | undefined;
  /** Of the replay of a capture: so many times as fast as it was recorded. */
  readonly speed?: number | undefined;
  /** `local` is the only one there is. */
  readonly host?: string | undefined;
}

/** What kind of host a choice means, before it is looked at. */
export function sourceOf({ capture, demo }: HostChoice): CheckSource {
  return capture !== undefined ? 'capture' : demo !== undefined ? 'demo' : 'local';
}

export interface DemoSummary {
  readonly id: string;
  readonly title: string;
  readonly story: string;
}

/** The demo that a shell opens where there is no host to look at and the person named none. */
export const defaultDemo = 'iscsi-on-team';

export function listDemos(): readonly DemoSummary[] {
  return demoScenarios();
}

/**
 * Fails with `bad-request` where the choice itself is wrong, and with `start-failed` where this machine was meant and
 * cannot be looked at. Nothing is opened or started yet.
 */
export function selectHost(choice: HostChoice, platform: NodeJS.Platform = process.platform): Result<Host> {
  const named = [choice.capture, choice.demo, choice.host].filter((value) => value !== undefined);
  if (named.length > 1) {
    return fail('bad-request', 'Only one host can be looked at.', {
      remedy: 'Give one of --capture, --demo and --host.',
    });
  }
  if (choice.capture !== undefined) {
    return choice.capture === ''
      ? fail('bad-request', '--capture needs the name of a file.')
      : succeed(captureHost(choice.capture, choice.speed));
  }
  if (choice.demo !== undefined) return selectDemo(choice.demo);
  if (choice.host !== undefined && choice.host !== 'local') {
    return fail('bad-request', `There is no host "${choice.host}".`, {
      remedy: 'Use --host local, which is this machine, --capture FILE or --demo NAME.',
    });
  }
  if (platform !== 'win32') {
    return fail(
      'start-failed',
      'This machine does not run Windows, so there is no Hyper-V host to look at.',
      {
        remedy: `Give --capture FILE to check a capture of a host, or --demo ${defaultDemo} to see a demo host.`,
      },
    );
  }
  return succeed(thisMachine());
}

/** PowerShell for changes starts with the first plan: whoever only looks has one process less. */
function thisMachine(): Host {
  const engine = findEngine();
  if (!engine.ok) return localHost();
  return localHost({
    changes: localChanges({
      shell: openSession({ engine: engine.value, prelude: readResource('powershell/probes/common.ps1') }),
      files: {
        journalFolder: path.join(machineFolder(), 'changes'),
        guardFolder: path.join(machineFolder(), 'guards'),
        makePrivate: makePrivateFolder,
      },
    }),
  });
}

function selectDemo(name: string): Result<Host> {
  const ids = demoScenarios().map(({ id }) => id);
  if (ids.includes(name)) {
    const demo = demoHost(name);
    return demo.ok ? succeed(lookedAtNow(demo.value)) : demo;
  }
  const meant = nearest(name, ids);
  return fail('bad-request', `There is no demo host "${name}".`, {
    remedy: meant === undefined ? `There are: ${ids.join(', ')}.` : `Did you mean --demo ${meant}?`,
  });
}

/** A scenario stands still in time, and so do its captures; a person who looks at a demo looks at it now. */
function lookedAtNow(host: Host): Host {
  return {
    ...host,
    look: async (options) => {
      // What was seen may be as old as the beginning of the look.
      const now = Date.now();
      const captured = await host.look(options);
      return captured.ok ? succeed(takenAt(captured.value, now)) : captured;
    },
  };
}

function takenAt(capture: Capture, now: number): Capture {
  const later = now - Date.parse(capture.takenAt);
  return {
    ...capture,
    takenAt: new Date(now).toISOString(),
    ...(capture.samples && {
      samples: capture.samples.map((sample) => ({
        ...sample,
        at: new Date(Date.parse(sample.at) + later).toISOString(),
      })),
    }),
  };
}
