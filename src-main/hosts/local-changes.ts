/** Changes of this machine: commands as data, run by one PowerShell session of their own. */
import type { ChangeCommand, CommandReport, QuestionAnswer } from '#shared/change-command.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { readResource } from '../platform/resources.ts';
import type { JsonValue, ScriptReply, Shell } from '../powershell/shell.ts';
import type { HostChanges } from './host.ts';
import { localGuard, type GuardFiles } from './local-guard.ts';

/** Restarts of adapters and logins take a while; an installed feature takes minutes. */
const commandDeadlineMs = 120_000;
const installDeadlineMs = 1_200_000;
const questionDeadlineMs = 60_000;

export interface LocalChangesOptions {
  /** One session, so that commands run one after the other. */
  readonly shell: Shell;
  /** The journal, the lock and the folders of guards lie in it. */
  readonly files: GuardFiles;
}

/** Data as JSON holds it: the types of commands are plain objects. */
function asJson(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

interface SaidRow {
  readonly Rows?: unknown;
  readonly Error?: { readonly Id?: unknown; readonly Message?: unknown } | null;
}

function answerOf(said: unknown): QuestionAnswer {
  const { Rows, Error: problem } = said as SaidRow;
  if (problem !== undefined && problem !== null) {
    return { error: { id: textOf(problem.Id), message: textOf(problem.Message) } };
  }
  const rows = Array.isArray(Rows) ? (Rows as readonly unknown[]) : [];
  return {
    rows: rows.filter(
      (row): row is Readonly<Record<string, unknown>> => typeof row === 'object' && row !== null,
    ),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function reportOf(reply: ScriptReply): CommandReport {
  const warnings = reply.warnings.map((text) => `Warning: ${text}`);
  if (reply.fatal !== undefined) {
    const { id = '', message } = reply.fatal;
    return { state: 'failed', output: warnings, error: { id, message } };
  }
  const [said] = reply.data as readonly { readonly State?: unknown; readonly Output?: unknown }[];
  const output = Array.isArray(said?.Output) ? (said.Output as readonly unknown[]).map(String) : [];
  const [problem] = reply.errors;
  // The runner makes errors end the command; one that did not is one all the same.
  if (problem !== undefined) {
    return {
      state: 'failed',
      output: [...warnings, ...output],
      error: { id: problem.id ?? '', message: problem.message },
    };
  }
  return { state: said?.State === 'skipped' ? 'skipped' : 'done', output: [...warnings, ...output] };
}

function withoutSecrets(report: CommandReport, secrets: Readonly<Record<string, string>>): CommandReport {
  const hidden = Object.values(secrets).filter((secret) => secret !== '');
  const clean = (text: string): string =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, '\u2022\u2022\u2022\u2022'), text);
  return {
    ...report,
    output: report.output.map(clean),
    ...(report.error !== undefined && { error: { ...report.error, message: clean(report.error.message) } }),
  };
}

export function localChanges({ shell, files }: LocalChangesOptions): HostChanges {
  const script = readResource('powershell/changes/Invoke-Step.ps1');
  return {
    journalFolder: files.journalFolder,
    guard: localGuard(shell, files),
    ask: async (questions) => {
      const reply = await shell.run({
        script,
        parameters: { Question: asJson([...questions]) },
        deadlineMs: questionDeadlineMs,
      });
      if (!reply.ok) return reply;
      const { fatal, data } = reply.value;
      if (fatal !== undefined || data.length !== questions.length) {
        return fail('bad-output', 'The host did not answer all that it was asked.', {
          detail: fatal?.message ?? `${data.length} of ${questions.length} answers`,
        });
      }
      return succeed(data.map(answerOf));
    },
    run: async (command: ChangeCommand, secrets): Promise<Result<CommandReport>> => {
      const isInstall = 'cmdlet' in command && command.cmdlet === 'Install-WindowsFeature';
      const reply = await shell.run({
        script,
        parameters: { Command: asJson(command), Secret: secrets },
        deadlineMs: isInstall ? installDeadlineMs : commandDeadlineMs,
      });
      if (!reply.ok) return reply;
      return succeed(withoutSecrets(reportOf(reply.value), secrets));
    },
    close: () => shell.close(),
  };
}
