/** Writes the lines a session sends: one line of ASCII each, in which script and values travel as base64. */
import type { JsonValue } from './shell.ts';

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/**
 * Puts a sign in front of every text. ConvertFrom-Json turns texts that look like a date into dates, in other ways in
 * each version; with the sign none does, and the session's script takes it away again.
 */
function guardTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return `=${value}`;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(guardTexts);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, guardTexts(item)]));
  }
  return value;
}

export interface StartLine {
  /** The text of Start-Session.ps1. */
  readonly script: string;
  readonly mark: string;
  /** What PSModulePath gets; undefined leaves it. */
  readonly modulePath?: string | undefined;
  /** Text with functions for all scripts of the session. */
  readonly prelude?: string | undefined;
}

/** The first line of a process. Its reply has the id `start`. */
export function startLine({ script, mark, modulePath = '', prelude = '' }: StartLine): string {
  const block = `[ScriptBlock]::Create([System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${base64(script)}')))`;
  return `. (${block}) '${mark}' '${base64(modulePath)}' '${base64(prelude)}'`;
}

export interface RequestLine {
  /** Letters and digits. */
  readonly id: string;
  readonly script: string;
  readonly parameters?: Readonly<Record<string, JsonValue>> | undefined;
}

export function requestLine({ id, script, parameters }: RequestLine): string {
  const json = parameters === undefined ? '' : JSON.stringify(guardTexts(parameters));
  return `Invoke-SessionRequest '${id}' '${base64(script)}' '${base64(json)}'`;
}
