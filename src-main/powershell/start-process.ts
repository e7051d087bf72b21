/** Brings a PowerShell process to its first answer, or says in words for a person why it does not get there. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Failure } from '#shared/result.ts';
import { readResource } from '../platform/resources.ts';
import type { Engine } from './engine.ts';
import { askLanguageMode } from './language-mode.ts';
import { startLine } from './request-line.ts';
import { overseeProcess, type Noise, type ShellProcess, type Wire } from './shell-process.ts';
import type { ShellFacts } from './shell.ts';

/** How long an answer may take after the process complained, before its language mode is asked. */
const complaintMs = 250;
/** How long a second try would only meet the same: a policy, a missing file; a host too busy to answer at all. */
const holdRefusedMs = 5_000;
const holdSilentMs = 60_000;

/** The first one whose language the scripts are written in. */
const oldestVersion = 3;

const elsewhere = 'Demo hosts and capture files work without PowerShell.';

const factsShape = z.object({
  version: z.string(),
  languageMode: z.string(),
  isElevated: z.boolean(),
  is64Bit: z.boolean(),
  computerName: z.string(),
});

export interface StartOptions {
  readonly engine: Engine;
  readonly openWire: (engine: Engine) => Wire;
  readonly prelude: string | undefined;
  readonly deadlineMs: number;
  readonly slowMs: number;
  readonly onSlow: () => void;
  readonly onNoise: (noise: Noise) => void;
  readonly signal: AbortSignal;
}

export type Start =
  | { readonly ok: true; readonly process: ShellProcess; readonly facts: ShellFacts }
  /** `holdMs`: for how long trying again is of no use. */
  | { readonly ok: false; readonly failure: Failure; readonly holdMs: number };

function startFailed(message: string, remedy: string, detail: string, holdMs: number): Start {
  return { ok: false, failure: { kind: 'start-failed', message, remedy, detail }, holdMs };
}

function constrainedLanguage(mode: string): Start {
  return {
    ok: false,
    failure: {
      kind: 'constrained-language',
      message: `PowerShell runs in ${mode} mode here, which refuses what Switchyard needs to ask this host anything.`,
      remedy:
        'Application control sets this mode (App Control for Business, AppLocker). Allow Switchyard in that policy, ' +
        `or look from an account that the policy leaves in FullLanguage mode. ${elsewhere}`,
    },
    holdMs: holdRefusedMs,
  };
}

function refusedByWindows(engine: Engine, detail: string): Start {
  return startFailed(
    `Windows did not start PowerShell (${engine.executable}).`,
    `See whether the file is there and whether a policy blocks it, then look again. ${elsewhere}`,
    detail,
    holdRefusedMs,
  );
}

/** Starts one process and waits for its first answer. A process that does not give it is ended. */
export async function startProcess(options: StartOptions): Promise<Start> {
  const { engine, deadlineMs } = options;
  const mark = `~${randomBytes(16).toString('hex')}~`;
  const line = startLine({
    script: readResource('powershell/session/Start-Session.ps1'),
    mark,
    modulePath: engine.moduleFolders.join(path.delimiter),
    prelude: options.prelude,
  });
  let wire: Wire;
  try {
    wire = options.openWire(engine);
  } catch (error) {
    return refusedByWindows(engine, error instanceof Error ? error.message : String(error));
  }
  const shellProcess = overseeProcess({
    wire,
    mark,
    systemRoot: engine.environment['SystemRoot'],
    onNoise: options.onNoise,
  });

  /** Ends the start, because its answer can never come. */
  const over = new AbortController();
  /** Ends the question for the language mode, because the start is decided without it. */
  const decided = new AbortController();
  let mode: string | undefined;
  const askMode = async (): Promise<void> => {
    mode = await askLanguageMode(engine, AbortSignal.any([options.signal, decided.signal]));
    if (isConstrained(mode)) over.abort();
  };
  // In a constrained language every line ends in an error and the answer never comes: no need to wait for it long.
  const askSoon = async (): Promise<void> => {
    await pause(complaintMs);
    if (!decided.signal.aborted && !options.signal.aborted) await askMode();
  };
  let asking: Promise<void> | undefined;

  const slow = setTimeout(options.onSlow, options.slowMs);
  const answer = await shellProcess.exchange({
    id: 'start',
    line,
    deadlineMs,
    signal: AbortSignal.any([options.signal, over.signal]),
    onComplaint: () => {
      asking = askSoon();
    },
  });
  clearTimeout(slow);

  if (answer.ok) {
    decided.abort();
    const facts = factsShape.safeParse(answer.value.data[0]);
    const isOld = facts.success && Number.parseInt(facts.data.version, 10) < oldestVersion;
    if (facts.success && !isOld) return { ok: true, process: shellProcess, facts: facts.data };
    await shellProcess.end();
    if (facts.success) {
      return startFailed(
        `This is PowerShell ${facts.data.version}, and Switchyard needs Windows PowerShell ${oldestVersion}.0 or later.`,
        `Windows Server 2012 and later have it; on an older Windows install the Windows Management Framework. ${elsewhere}`,
        engine.executable,
        holdRefusedMs,
      );
    }
    return startFailed(
      'The functions of the session could not be loaded into PowerShell.',
      `This is a fault of Switchyard or of a script that was changed. ${elsewhere}`,
      answer.value.fatal?.message ?? z.prettifyError(facts.error),
      holdRefusedMs,
    );
  }
  const { kind, message, detail = message } = answer.failure;
  if (options.signal.aborted) return { ok: false, failure: answer.failure, holdMs: 0 };
  if (kind === 'timed-out' || kind === 'bad-output') {
    await (asking ?? askMode());
  }
  decided.abort();
  if (mode !== undefined && isConstrained(mode)) return constrainedLanguage(mode);
  if (kind === 'timed-out') {
    return startFailed(
      `PowerShell did not answer within ${deadlineMs / 1000} seconds after its start.`,
      `A busy host or a virus scanner can be the reason: look again in a minute. ${elsewhere}`,
      detail,
      holdSilentMs,
    );
  }
  if (kind === 'start-failed') return refusedByWindows(engine, detail);
  return startFailed(
    'PowerShell ended or failed while it was starting.',
    `Look again; the detail has what PowerShell said. ${elsewhere}`,
    detail,
    0,
  );
}

function isConstrained(mode: string | undefined): boolean {
  return mode !== undefined && mode !== 'FullLanguage';
}
