/**
 * The journal of changes: one line of JSON for each thing that happens, appended and written through to the disk before
 * the thing itself begins. It can be read as text, and it can end anywhere: what is whole counts.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { JournalEvent } from './journal-event.ts';
import { readJournalEvent } from './journal-schema.ts';

export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  /** What could not be read: one sentence each, with the number of the line. */
  readonly gaps: readonly string[];
}

export interface Journal {
  /** Settles when it is on the disk. */
  readonly append: (event: JournalEvent) => Result<void>;
  readonly read: () => Result<ReadJournal>;
}

const newline = 0x0a;

export function fileJournal(folder: string): Journal {
  const file = path.join(folder, 'changes.jsonl');
  return {
    append: (event) => {
      try {
        mkdirSync(folder, { recursive: true });
        const handle = openSync(file, 'a+', 0o600);
        try {
          const line = Buffer.from(`${endsInside(handle) ? '\n' : ''}${JSON.stringify(event)}\n`);
          for (let written = 0; written < line.length;) written += writeSync(handle, line, written);
          fsyncSync(handle);
        } finally {
          closeSync(handle);
        }
        return succeed(undefined);
      } catch (cause) {
        return fail('bad-file', `The journal of changes (${file}) cannot be written.`, {
          remedy: 'Free space on the system drive, or see who holds the file; then try again.',
          detail: String(cause),
        });
      }
    },
    read: () => {
      try {
        return succeed(parseJournal(readFileSync(file)));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return succeed({ events: [], gaps: [] });
        return fail('bad-file', `The journal of changes (${file}) cannot be read.`, {
          remedy: 'See who holds the file; no change is made meanwhile.',
          detail: String(cause),
        });
      }
    },
  };
}

/** A line that a crash cut off: the next one must not go on in it. */
function endsInside(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last[0] !== newline;
}

/** Of a demo: it ends with the program. */
export function memoryJournal(): Journal {
  const events: JournalEvent[] = [];
  return {
    append: (event) => {
      events.push(event);
      return succeed(undefined);
    },
    read: () => succeed({ events: [...events], gaps: [] }),
  };
}

/** Never throws, whatever the bytes are. */
export function parseJournal(bytes: Uint8Array): ReadJournal {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const events: JournalEvent[] = [];
  const gaps: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const event = eventOf(line);
    if (event !== undefined) events.push(event);
    else {
      const isLast = index === lines.length - 1;
      gaps.push(
        isLast
          ? `Line ${index + 1}, the last one, ends in the middle: Switchyard or the host stopped while it was written.`
          : `Line ${index + 1} cannot be read.`,
      );
    }
  }
  return { events, gaps };
}

function eventOf(line: string): JournalEvent | undefined {
  try {
    return readJournalEvent(JSON.parse(line));
  } catch {
    // Not JSON: the caller says which line it was.
    return undefined;
  }
}
