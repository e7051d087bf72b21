/**
 * Captures that grow: one line for the capture, then one for each sample, so that a file of any length is written and
 * read with little memory.
 *
 * The file is whole after each sample: its end is written with every one and taken over by the next. What was sampled
 * before a crash is there.
 */
import { Buffer } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { Capture } from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { cleanText, describeSystemError } from '../platform/file-words.ts';
import { writeWholeFile } from '../platform/write-file.ts';
import { captureIn, readCaptureFile, sampleIn } from './capture-file.ts';

const pack = promisify(gzip);
/** What the first line of such a file ends with, and the file itself. */
const samplesBegin = '"samples":[';
const samplesEnd = ']}';
/** A line is one sample, and a file a day or two of them: beyond that nothing is read, whoever made the file. */
const longestLine = 64 * 1024 * 1024;
const mostCharacters = 8 * 1024 * 1024 * 1024;

export interface Recording {
  /** Of one sample after the other; settles when it is in the file. Fails where the disk is full, or gone. */
  readonly append: (sample: Sample) => Promise<Result<void>>;
  /** Settles when all is in the file. */
  readonly close: () => Promise<void>;
}

/** Packed where the path ends in `.gz`. Replaces what was there; refuses what is no plain file. */
export async function createRecording(path: string, capture: Capture): Promise<Result<Recording>> {
  const packed = (text: string): Promise<Buffer> =>
    /\.gz$/i.test(path) ? pack(text) : Promise.resolve(Buffer.from(text, 'utf8'));
  const { samples: _, ...head } = capture;
  const begin = await packed(`${JSON.stringify(head).replace(/}$/, '')},${samplesBegin}\n`);
  const end = await packed(`${samplesEnd}\n`);
  const written = await writeWholeFile(path, Buffer.concat([begin, end]));
  if (!written.ok) return written;
  let file: FileHandle;
  try {
    file = await open(path, 'r+');
  } catch (error) {
    return notWritten(path, error);
  }
  let length = begin.length;
  let isFirst = true;
  return succeed({
    append: async (sample) => {
      try {
        const part = await packed(`${isFirst ? '' : ','}${JSON.stringify(sample)}\n`);
        const bytes = Buffer.concat([part, end]);
        await file.write(bytes, 0, bytes.length, length);
        length += part.length;
        isFirst = false;
        return succeed(undefined);
      } catch (error) {
        return notWritten(path, error);
      }
    },
    close: async () => {
      // What was written stays where the disk does not answer any more.
      await file.sync().catch(() => undefined);
      await file.close();
    },
  });
}

function notWritten(path: string, error: unknown): Result<never> {
  const { message, remedy } = describeSystemError(error);
  return fail('bad-file', `${cleanText(path)} could not be written: ${message}`, {
    remedy,
    detail: String(error),
  });
}

/** A capture with its samples still in the file. */
export interface OpenedRecording {
  readonly capture: Capture;
  /** In the order taken; may be called again. A file that ends in the middle ends with its last whole sample. */
  readonly samples: () => AsyncIterable<Sample>;
  /** ms between the first and the last sample by the clock of the host; 0 where there are fewer than two. */
  readonly lengthMs: () => Promise<number>;
}

/** Of any capture file; one that was not recorded is read as a whole. */
export async function openRecording(path: string): Promise<Result<OpenedRecording>> {
  let first: string | undefined;
  try {
    for await (const line of linesOf(path)) {
      first = line;
      break;
    }
  } catch {
    // Whatever is wrong with the file, reading it as a whole says it in full.
  }
  if (first?.endsWith(samplesBegin) !== true) {
    const whole = await readCaptureFile(path);
    if (!whole.ok) return whole;
    const { samples = [], ...capture } = whole.value;
    return succeed({
      capture,
      samples: () => iterate(samples),
      lengthMs: () => Promise.resolve(apart(samples[0]?.at, samples.at(-1)?.at)),
    });
  }
  const head = captureIn(path, Buffer.from(`${first}${samplesEnd}`, 'utf8'));
  if (!head.ok) return head;
  const { samples: _, ...capture } = head.value;
  return succeed({
    capture,
    samples: () => samplesOf(path),
    lengthMs: async () => {
      const times: [string | undefined, string | undefined] = [undefined, undefined];
      for await (const line of sampleLines(path)) {
        const at = /^\{"at":"([^"]{1,40})"/.exec(line)?.[1];
        times[0] ??= at;
        times[1] = at ?? times[1];
      }
      return apart(...times);
    },
  });
}

function apart(from: string | undefined, to: string | undefined): number {
  const passed = Date.parse(to ?? '') - Date.parse(from ?? '');
  return passed > 0 ? passed : 0;
}

async function* iterate(samples: readonly Sample[]): AsyncGenerator<Sample> {
  await Promise.resolve();
  yield* samples;
}

async function* samplesOf(path: string): AsyncGenerator<Sample> {
  for await (const line of sampleLines(path)) {
    const sample = sampleIn(line);
    if (sample === undefined) return;
    yield sample;
  }
}

async function* sampleLines(path: string): AsyncGenerator<string> {
  let isHead = true;
  for await (const line of linesOf(path)) {
    if (isHead || line === '' || line === samplesEnd) {
      isHead = false;
      continue;
    }
    yield line.startsWith(',') ? line.slice(1) : line;
  }
}

/** Lines of a file, unpacked; ends quietly where its packed content does, and where it goes beyond all reason. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r');
  const unpacked = createGunzip();
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const isPacked = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const raw = file.createReadStream({ start: 0, autoClose: false });
    const source = isPacked ? pipeline(raw, unpacked, () => undefined) : raw;
    source.setEncoding('utf8');
    let kept = '';
    let characters = 0;
    for await (const chunk of source) {
      const text = String(chunk);
      characters += text.length;
      const lines = (kept + text).split('\n');
      kept = lines.pop() ?? '';
      if (kept.length > longestLine || characters > mostCharacters) return;
      yield* lines;
    }
    if (kept !== '') yield kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw error;
  } finally {
    unpacked.destroy();
    await file.close();
  }
}
