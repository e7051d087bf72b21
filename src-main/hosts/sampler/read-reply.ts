/** What the sampling scripts print, as the rows of a sample. */
import * as z from 'zod';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { CounterRow } from '#shared/sample.ts';
import { classifyScriptError } from '../../discovery/classify-error.ts';
import { scriptError } from '../../powershell/envelope.ts';
import type { ScriptReply } from '../../powershell/shell.ts';
import { counterClasses, type CounterClass } from '../../sampling/counters.ts';
import type { ClassAnswer, SourceReading } from './counter-source.ts';

const replySchema = z.object({
  At: z.iso.datetime(),
  CpuMs: z.number().nullish(),
  Classes: z.array(
    z.union([
      z.object({ Class: z.string(), Error: scriptError }),
      z.object({
        Class: z.string(),
        Tick: z.number(),
        Columns: z.array(z.string()),
        Lines: z.array(z.string()),
      }),
    ]),
  ),
});

const classNamed = new Map<string, CounterClass>(counterClasses.map((cls) => [cls.name, cls]));

/** A count as JSON can carry it exactly; texts stay texts. */
function cellValue(text: string): number | string {
  if (!/^\d{1,20}$/.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** Rows of `Instance` and properties; elements of a list are gathered under their instance again. */
function rowsOf(columns: readonly string[], lines: readonly string[]): readonly CounterRow[] {
  const rows: CounterRow[] = [];
  const lists = new Map<string, CounterRow[]>();
  for (const line of lines) {
    const cells = line.split('\t');
    const row: Record<string, unknown> = { Instance: cells[0] ?? '' };
    const element: Record<string, unknown> = {};
    let list: string | undefined;
    for (const [index, column] of columns.entries()) {
      const text = cells[index] ?? '';
      if (index === 0 || text === '') continue;
      const [outer = '', inner] = column.split('.');
      if (inner === undefined) row[outer] = cellValue(text);
      else {
        list = outer;
        element[inner] = cellValue(text);
      }
    }
    if (list === undefined) {
      rows.push(row);
      continue;
    }
    const key = `${list}\n${String(row['Instance'])}`;
    const known = lists.get(key);
    if (known !== undefined) {
      known.push(element);
      continue;
    }
    const elements = [element];
    lists.set(key, elements);
    rows.push({ ...row, [list]: elements });
  }
  return rows;
}

/** Fails with `bad-output` where the reply has another shape, and with its own kind where the script failed. */
export function readReply(reply: ScriptReply, isElevated: boolean | undefined): Result<SourceReading> {
  const context = isElevated === undefined ? {} : { isElevated };
  if (reply.fatal !== undefined) {
    return fail(classifyScriptError(reply.fatal, context), reply.fatal.message);
  }
  const read = replySchema.safeParse(reply.data[0]);
  if (!read.success) {
    return fail('bad-output', 'PowerShell gave counters in another form than was asked for.', {
      detail: z.prettifyError(read.error),
    });
  }
  const { At, CpuMs, Classes } = read.data;
  const answers = Classes.map((answer): ClassAnswer => {
    const { Class: counterClass } = answer;
    if ('Lines' in answer) {
      return { counterClass, tickMs: answer.Tick, rows: rowsOf(answer.Columns, answer.Lines) };
    }
    const { absence } = classNamed.get(counterClass) ?? {};
    const kind = classifyScriptError(answer.Error, {
      ...context,
      ...(absence === undefined ? {} : { absence }),
    });
    return { counterClass, missing: { kind, message: answer.Error.message } };
  });
  return succeed({
    at: At,
    answers,
    durationMs: reply.durationMs,
    ...(typeof CpuMs === 'number' ? { cpuMs: CpuMs } : {}),
  });
}
