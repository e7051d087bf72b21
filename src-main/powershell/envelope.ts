/** Unpacks the payload of a reply: base64 of gzip of UTF-8 JSON. */
import { gunzip } from 'node:zlib';
import * as z from 'zod';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { ScriptError, ScriptReply } from './shell.ts';

/** Limits of one answer. The script keeps to the first two itself; see Start-Session.ps1. */
export const maximumWireLength = 8 * 1024 * 1024;
export const maximumBytes = 64 * 1024 * 1024;

const textOrNothing = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === '' ? undefined : text));
const numberOrNothing = z
  .number()
  .nullish()
  .transform((number) => number ?? undefined);

export const scriptError = z
  .object({
    message: z.string(),
    id: textOrNothing,
    category: textOrNothing,
    exception: textOrNothing,
    hresult: numberOrNothing,
    nativeError: numberOrNothing,
    command: textOrNothing,
    target: textOrNothing,
    kind: textOrNothing,
  })
  .transform(
    (error) =>
      Object.fromEntries(
        Object.entries(error).filter(([, value]) => value !== undefined),
      ) as unknown as ScriptError,
  );

const envelope = z.object({
  status: z.enum(['ok', 'failed', 'too-large']),
  durationMs: z.number(),
  data: z.array(z.unknown()),
  errors: z.array(scriptError),
  warnings: z.array(z.string()),
  fatal: scriptError.nullish(),
  bytes: z.number().optional(),
  isTooLargePacked: z.boolean().optional(),
});

function unpack(packed: Buffer, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(packed, { maxOutputLength: limitBytes }, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}

/** `limitBytes` is the limit that the answer passed. */
export function tooLarge(limitBytes: number, detail: string): Result<never> {
  return fail('too-large', `PowerShell's answer is larger than ${limitBytes / 1024 / 1024} MB.`, {
    remedy: 'No host is expected to have that much to say: the detail has the size.',
    detail,
  });
}

export function badOutput(detail: string): Result<never> {
  return fail('bad-output', 'PowerShell gave an incomplete answer.', {
    remedy: 'Look again. If it comes back, the log has what PowerShell wrote instead.',
    detail,
  });
}

/** The reply behind a payload. Fails with `too-large` or `bad-output`; never answers a part of a reply. */
export async function openEnvelope(payload: string, limitBytes = maximumBytes): Promise<Result<ScriptReply>> {
  let json: unknown;
  try {
    const bytes = await unpack(Buffer.from(payload, 'base64'), limitBytes);
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const isBomb =
      error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isBomb ? tooLarge(limitBytes, `more than ${limitBytes} bytes unpacked`) : badOutput(detail);
  }
  const read = envelope.safeParse(json);
  if (!read.success) return badOutput(z.prettifyError(read.error));
  const { status, durationMs, data, errors, warnings, fatal } = read.data;
  if (status === 'too-large') {
    const detail = `${read.data.bytes ?? 'an unknown number of'} bytes unpacked`;
    return tooLarge(read.data.isTooLargePacked ? maximumWireLength : maximumBytes, detail);
  }
  if (status === 'failed' && !fatal) return badOutput('a failed reply without its error');
  return succeed({ durationMs, data, errors, warnings, ...(fatal ? { fatal } : {}) });
}
