/**
 * Reads and writes capture files. A file comes from anywhere: it is bounded in size, depth and number of values
 * before it is parsed, and every refusal names the place.
 */
import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import {
  captureFormat,
  captureVersion,
  everyObservationName,
  type Capture,
  type Observation,
  type RawItem,
} from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { cleanText, describeSystemError } from '../platform/file-words.ts';
import { writeWholeFile } from '../platform/write-file.ts';
import { isObservationFailureKind } from './classify-error.ts';

/** Above this, unpacked, a file is not read. */
const captureLimitBytes = 256 * 1024 * 1024;
/** A capture nests about six levels deep. */
const depthLimit = 64;
/** Values of a file of the largest size in which each takes some ten bytes; far more of them are a memory bomb. */
const valueLimit = 24_000_000;
const containerLimit = 6_000_000;

const unpack = promisify(gunzip);
const pack = promisify(gzip);

export interface CaptureFileOptions {
  /** Unpacked size above which a file is refused; for tests. */
  readonly limitBytes?: number;
}

const damagedRemedy = 'Take the capture again, or copy the file again from where it was taken.';
const foreignRemedy = 'Choose a file that "switchyard capture" wrote.';

/** What is wrong with a file, before its name is put in front. */
class BadFile extends Error {
  readonly remedy: string;
  readonly place: string | undefined;

  constructor(message: string, remedy: string, place?: string) {
    super(message);
    this.remedy = remedy;
    this.place = place;
  }
}

/**
 * Reads a capture, plain or gzipped (told by its content), UTF-8 or UTF-16. Fails with `bad-file` and names the file
 * and, where it is about the content, the place inside. Unknown observations and properties are kept.
 */
export async function readCaptureFile(
  path: string,
  options: CaptureFileOptions = {},
): Promise<Result<Capture>> {
  const limitBytes = options.limitBytes ?? captureLimitBytes;
  try {
    return succeed(parseCapture(await unpacked(await readBytes(path, limitBytes), limitBytes)));
  } catch (error) {
    if (error instanceof BadFile) return badFile(path, error);
    const { message, remedy } = describeSystemError(error);
    return fail('bad-file', `${cleanText(path)}: ${message}`, { remedy, detail: String(error) });
  }
}

/** A capture file whose bytes came another way than from a disk; held to the same limits. `name` stands in what is wrong. */
export async function readCaptureBytes(
  name: string,
  bytes: Buffer,
  { limitBytes = captureLimitBytes }: CaptureFileOptions = {},
): Promise<Result<Capture>> {
  try {
    if (bytes.length > limitBytes) throw tooLarge(limitBytes);
    return succeed(parseCapture(await unpacked(bytes, limitBytes)));
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    return badFile(name, error);
  }
}

function badFile(name: string, { message, place, remedy }: BadFile): Result<never> {
  const at = place === undefined ? '' : ` at ${place}`;
  return fail('bad-file', `${cleanText(name)}${at}: ${message}`, { remedy });
}

/** The capture in bytes that were read already; `path` names them where something is wrong. */
export function captureIn(path: string, bytes: Buffer): Result<Capture> {
  try {
    return succeed(parseCapture(bytes));
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    return badFile(path, error);
  }
}

/** One sample of a recording, which is read line by line; undefined where the text is none. */
export function sampleIn(text: string): Sample | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = sampleSchema.safeParse(value);
  return read.success && wayToReservedName(value) === undefined ? asSample(read.data) : undefined;
}

/** The content of a file of at most `limitBytes`. */
async function readBytes(path: string, limitBytes: number): Promise<Buffer> {
  // Without O_NONBLOCK a named pipe would wait for a writer for ever. Windows has no such flag.
  const flags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
  const file = await open(path, flags);
  try {
    const facts = await file.stat();
    if (!facts.isFile()) {
      throw new BadFile(
        facts.isDirectory() ? 'this is a folder, not a file.' : 'this is not a regular file.',
        foreignRemedy,
      );
    }
    if (facts.size > limitBytes) throw tooLarge(limitBytes);
    const chunks: Buffer[] = [];
    let length = 0;
    // The size may be wrong by the time we read (a file still being written, a file of /proc).
    for await (const chunk of file.createReadStream({ autoClose: false, end: limitBytes })) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > limitBytes) throw tooLarge(limitBytes);
    }
    return Buffer.concat(chunks, length);
  } finally {
    await file.close();
  }
}

/** Told by the content, not by the name; of at most `limitBytes` unpacked. Throws {@link BadFile}. */
async function unpacked(bytes: Buffer, limitBytes: number): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limitBytes);
    if (code === 'Z_BUF_ERROR') {
      throw new BadFile('the file ends in the middle of its packed content.', damagedRemedy);
    }
    throw new BadFile('the packed content is damaged.', damagedRemedy);
  }
}

function tooLarge(limitBytes: number): BadFile {
  const size =
    limitBytes >= 1024 * 1024 ? `${Math.floor(limitBytes / 1024 / 1024)} MB` : `${limitBytes} bytes`;
  return new BadFile(
    `the capture is larger than ${size} unpacked, which is more than is read.`,
    'Check that it is a capture file; if it is, take a capture without samples.',
  );
}

/** The capture in the bytes of an unpacked file. Throws {@link BadFile}. */
function parseCapture(bytes: Buffer): Capture {
  const { text, utf8 } = decode(bytes);
  checkShape(utf8);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const place = / position (\d+)/.exec(String(error))?.[1];
    throw new BadFile(
      'this is not valid JSON.',
      foreignRemedy,
      place === undefined ? undefined : `character ${place}`,
    );
  }
  checkFormat(parsed);
  refuseReservedNames(parsed);
  return checkFields(parsed);
}

function decode(bytes: Buffer): { text: string; utf8: Buffer } {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (encoding !== undefined) {
    const text = new TextDecoder(encoding).decode(bytes);
    return { text, utf8: Buffer.from(text, 'utf8') };
  }
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const utf8 = isMarked ? bytes.subarray(3) : bytes;
  if (!isUtf8(utf8)) throw new BadFile('this is not a text file in UTF-8 or UTF-16.', foreignRemedy);
  return { text: utf8.toString('utf8'), utf8 };
}

/**
 * Counts depth and values without building anything, so that a file made to exhaust memory or stack is refused
 * before it is parsed. Where the JSON ends too early, this says so.
 */
function checkShape(utf8: Buffer): void {
  let depth = 0;
  let containers = 0;
  let values = 1;
  let isInString = false;
  let hasContent = false;
  for (let at = 0; at < utf8.length; at += 1) {
    const byte = utf8[at];
    if (isInString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) isInString = false;
      continue;
    }
    if (byte === 0x22) isInString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      containers += 1;
      if (depth > depthLimit) {
        throw new BadFile(
          `values are nested more than ${depthLimit} levels deep, which no capture is.`,
          foreignRemedy,
          `byte ${at}`,
        );
      }
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === 0x2c) values += 1;
    if (byte !== undefined && byte > 0x20) hasContent = true;
    if (values > valueLimit || containers > containerLimit) {
      throw new BadFile(
        'it holds more values than any capture does, and is not read further.',
        foreignRemedy,
        `byte ${at}`,
      );
    }
  }
  if (!hasContent) throw new BadFile('the file is empty.', damagedRemedy);
  const begins = utf8.subarray(0, 64).toString('latin1').trimStart();
  if (begins.startsWith('{') && (depth > 0 || isInString)) {
    throw new BadFile(
      `the file ends in the middle, after ${utf8.length} bytes.`,
      damagedRemedy,
      `byte ${utf8.length}`,
    );
  }
}

/** Tells a foreign file and a newer format apart from a broken one, before fields are looked at. */
function checkFormat(parsed: unknown): asserts parsed is object {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new BadFile('this is JSON, but not a capture file.', foreignRemedy);
  }
  const format: unknown = Object.hasOwn(parsed, 'format')
    ? (parsed as { format?: unknown }).format
    : undefined;
  if (format !== captureFormat) {
    const said = typeof format === 'string' ? ` (its format is "${cleanText(format)}")` : '';
    throw new BadFile(`this is JSON, but not a capture file${said}.`, foreignRemedy, 'format');
  }
  const version = (parsed as { version?: unknown }).version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new BadFile('the format version is not a whole number.', foreignRemedy, 'version');
  }
  if (version > captureVersion) {
    throw new BadFile(
      `the file has format version ${version}; this Switchyard reads version ${captureVersion}.`,
      'Read it with a newer Switchyard.',
      'version',
    );
  }
}

/**
 * `__proto__` and its like are no property of anything a host has; they are there to confuse a reader. Answers the
 * way to the first one, innermost step first: the paths of all values would cost more than the values.
 */
function wayToReservedName(value: unknown): PropertyKey[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const way = wayToReservedName(value[index]);
      if (way !== undefined) return [...way, index];
    }
    return undefined;
  }
  for (const name of Object.keys(value)) {
    const way = name in Object.prototype ? [] : wayToReservedName((value as Record<string, unknown>)[name]);
    if (way !== undefined) return [...way, name];
  }
  return undefined;
}

function refuseReservedNames(parsed: object): void {
  const way = wayToReservedName(parsed);
  if (way === undefined) return;
  throw new BadFile('a property has a name that no capture has.', foreignRemedy, placeOf(way.reverse()));
}

/** Not a record schema: that would copy every property of every item. */
const rawItem = z.custom<RawItem>(
  (item) => typeof item === 'object' && item !== null && !Array.isArray(item),
  'Invalid input: expected an object',
);
const durationMs = z.number().nonnegative().nullish();
const observationSchema = z.discriminatedUnion('status', [
  z.looseObject({
    status: z.literal('ok'),
    durationMs,
    data: z.array(rawItem),
    itemErrors: z.array(z.looseObject({ item: z.string().nullish(), message: z.string() })).nullish(),
  }),
  z.looseObject({
    status: z.enum(['unavailable', 'failed']),
    durationMs,
    error: z.looseObject({ kind: z.string(), message: z.string(), detail: z.string().nullish() }),
  }),
]);
const isoTime = z.iso.datetime({ offset: true });
const sampleSchema = z.looseObject({
  at: isoTime,
  ticks: z.record(z.string(), z.number()).nullish(),
  counters: z.record(z.string(), z.array(rawItem)),
  missing: z.record(z.string(), z.looseObject({ kind: z.string(), message: z.string() })).nullish(),
});
const captureSchema = z.looseObject({
  tool: z.looseObject({ name: z.string(), version: z.string() }).nullish(),
  takenAt: isoTime,
  host: z.looseObject({
    name: z.string(),
    elevated: z.boolean().nullish(),
    powershell: z.string().nullish(),
    languageMode: z.string().nullish(),
  }),
  redacted: z.boolean().nullish(),
  observations: z.record(z.string(), z.unknown()),
  samples: z.array(sampleSchema).nullish(),
});

type FileObservation = z.infer<typeof observationSchema>;
type FileSample = z.infer<typeof sampleSchema>;

/** Every field that is read has its type; what a lenient writer left out gets its neutral value. */
function checkFields(parsed: object): Capture {
  const capture = checked(captureSchema, parsed, []);
  const observations: Record<string, unknown> = { ...capture.observations };
  for (const name of everyObservationName) {
    // An observation of a later format is not looked at, and so not judged here either.
    if (!Object.hasOwn(observations, name)) continue;
    const observation = checked(observationSchema, observations[name], ['observations', name]);
    observations[name] = asObservation(observation);
  }
  const { tool, samples, ...rest } = capture;
  const { powershell, languageMode, elevated, ...host } = capture.host;
  return {
    ...rest,
    format: captureFormat,
    version: captureVersion,
    tool: tool ?? { name: 'unknown', version: 'unknown' },
    host: {
      ...host,
      elevated: elevated ?? false,
      ...(typeof powershell === 'string' ? { powershell } : {}),
      ...(typeof languageMode === 'string' ? { languageMode } : {}),
    },
    redacted: capture.redacted ?? false,
    observations: observations,
    ...(samples === undefined || samples === null ? {} : { samples: samples.map(asSample) }),
  };
}

function asSample({ ticks, missing, ...sample }: FileSample): Sample {
  const reasons = Object.entries(missing ?? {}).map(
    ([name, { kind, message }]) =>
      [name, { kind: isObservationFailureKind(kind) ? kind : 'unexpected', message }] as const,
  );
  return {
    ...sample,
    ...(ticks === undefined || ticks === null ? {} : { ticks }),
    ...(reasons.length === 0 ? {} : { missing: Object.fromEntries(reasons) }),
  };
}

function asObservation(observation: FileObservation): Observation {
  const duration = observation.durationMs ?? 0;
  if (observation.status === 'ok') {
    const { itemErrors, ...rest } = observation;
    if (itemErrors === undefined || itemErrors === null) return { ...rest, durationMs: duration };
    const errors = itemErrors.map(({ item, ...error }) => ({
      ...error,
      ...(typeof item === 'string' ? { item } : {}),
    }));
    return { ...rest, durationMs: duration, itemErrors: errors };
  }
  const { kind, detail, ...error } = observation.error;
  return {
    ...observation,
    durationMs: duration,
    error: {
      ...error,
      // A kind of a later format: the observation is missing all the same.
      kind: isObservationFailureKind(kind) ? kind : 'unexpected',
      ...(typeof detail === 'string' ? { detail } : {}),
    },
  };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, path: readonly PropertyKey[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new BadFile(
    `${issue?.message ?? 'not what was expected'}.`,
    'The file is damaged or was edited; take the capture again.',
    placeOf([...path, ...(issue?.path ?? [])]),
  );
}

/** `['observations', 'NetAdapter', 'data', 0]` → `observations.NetAdapter.data[0]`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${cleanText(String(part))}`,
    )
    .join('');
}

/**
 * Writes a capture whole or not at all: into a new file beside it, flushed to the disk, then renamed. Packed where the
 * path ends in `.gz`. Refuses to write through a link, or over anything that is not a regular file.
 */
export async function writeCaptureFile(path: string, capture: Capture): Promise<Result<void>> {
  const shown = cleanText(path);
  try {
    const isPacked = /\.gz$/i.test(path);
    const plain = Buffer.from(`${JSON.stringify(capture, undefined, isPacked ? 0 : 1)}\n`, 'utf8');
    if (plain.length > captureLimitBytes) throw tooLarge(captureLimitBytes);
    return await writeWholeFile(path, isPacked ? await pack(plain) : plain);
  } catch (error) {
    if (error instanceof BadFile) {
      return fail('bad-file', `${shown}: ${error.message}`, { remedy: error.remedy });
    }
    const { message, remedy } = describeSystemError(error);
    return fail('bad-file', `${shown} could not be written: ${message}`, { remedy, detail: String(error) });
  }
}
